package nad.compile;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The vectors that loops work with: the machine's longest, of eight lanes at most, since eight partial results is what a
/// sum has. Touched only where the Vector API is present.
final class Lanes {
    static final VectorSpecies<Double> DOUBLES =
            DoubleVector.SPECIES_PREFERRED.length() > 8 ? DoubleVector.SPECIES_512 : DoubleVector.SPECIES_PREFERRED;

    static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    /// For sums, which have eight partial results.
    static final VectorSpecies<Float> EIGHT_FLOATS = FloatVector.SPECIES_256;

    private Lanes() {}

    /// Lanes of a loop's vectors.
    static int length(LoopShape shape) {
        return !shape.single() ? DOUBLES.length() : shape.sums().isEmpty() ? FLOATS.length() : EIGHT_FLOATS.length();
    }

    /// The field of this class that has them.
    static String field(LoopShape shape) {
        return !shape.single() ? "DOUBLES" : shape.sums().isEmpty() ? "FLOATS" : "EIGHT_FLOATS";
    }
}
