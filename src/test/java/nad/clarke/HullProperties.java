package nad.clarke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nad.arithmetic.Rational;
import nad.forward.Calculus;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Every answer about a hull or a cone is a proof of itself.
class HullProperties {
    @Property(tries = 300)
    void weightsOrAHyperplaneProveMembership(@ForAll("points") List<Rational[]> points, @ForAll("point") Rational[] g) {
        switch (Hull.of(points, g)) {
            case Hull.Inside in -> {
                Rational[] mean = Calculus.rationals(0, 0, 0);
                Rational sum = Rational.ZERO;
                for (int k = 0; k < points.size(); k++) {
                    assertThat(in.weights()[k].sign()).isNotNegative();
                    sum = sum.plus(in.weights()[k]);
                    for (int e = 0; e < 3; e++) mean[e] = mean[e].plus(in.weights()[k].times(points.get(k)[e]));
                }
                assertThat(sum).isEqualTo(Rational.ONE);
                assertThat(mean).isEqualTo(g);
            }
            case Hull.Outside out -> {
                assertThat(Calculus.inner(out.normal(), g)).isEqualTo(out.point()).isGreaterThan(out.hull());
                for (Rational[] v : points) assertThat(Calculus.inner(out.normal(), v)).isLessThanOrEqualTo(out.hull());
            }
        }
    }

    @Property(tries = 200)
    void verticesSpanTheSameHullAndNoneIsAMeanOfTheOthers(@ForAll("points") List<Rational[]> points) {
        List<Rational[]> vertices = Hull.vertices(points);
        for (Rational[] p : points) assertThat(Hull.of(vertices, p)).isInstanceOf(Hull.Inside.class);
        if (vertices.size() == 1) return;
        for (Rational[] v : vertices) assertThat(Hull.of(vertices.stream().filter(w -> w != v).toList(), v)).isInstanceOf(Hull.Outside.class);
    }

    /// By Gordan's theorem a cone is empty exactly if 0 is a mean of its forms.
    @Property(tries = 300)
    void aConeHasADirectionOrZeroIsAMeanOfItsForms(@ForAll("points") List<Rational[]> forms) {
        Rational[] d = Cones.direction(forms, 3);
        boolean zeroInside = Hull.of(forms, Calculus.rationals(0, 0, 0)) instanceof Hull.Inside;
        assertThat(d == null).isEqualTo(zeroInside);
        if (d != null) for (Rational[] f : forms) assertThat(Calculus.inner(f, d).sign()).isPositive();
    }

    @Provide
    Arbitrary<Rational[]> point() {
        return Arbitraries.integers().between(-3, 3).list().ofSize(3).map(n -> n.stream().map(Rational::of).toArray(Rational[]::new));
    }

    @Provide
    Arbitrary<List<Rational[]>> points() {
        return point().list().ofMinSize(1).ofMaxSize(7);
    }
}
