package nad.compile;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// The vectors that loops work with: the machine's longest, of eight lanes at most, since eight partial results is what a
/// sum has. Touched only where the Vector API is present.
final class Lanes {
    static final VectorSpecies<Double> DOUBLES =
            DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    private Lanes() {}

    static int length() {
        return DOUBLES.length();
    }
}
