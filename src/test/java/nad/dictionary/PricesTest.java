package nad.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Primitive;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.dictionary.Choice.Side;
import nad.dictionary.Term.Contribution;
import org.junit.jupiter.api.Test;

/// What primitives cost by each model, what is counted, and what conventions choose.
class PricesTest {
    private static Rational price(CostModel m, Elementary f) {
        return m.price(f.primitive(false));
    }

    @Test
    void modelsPriceByKind() {
        assertThat(CostModel.NAMES.stream().map(CostModel::named).map(CostModel::name)).containsExactlyElementsOf(CostModel.NAMES);
        assertThatThrownBy(() -> CostModel.named("none")).isInstanceOf(IllegalArgumentException.class);
        Map<Elementary, String> wanted = Map.of(Standard.ADD, "1 0 1", Standard.MULTIPLY, "1 1 1", Standard.DIVIDE, "1 1 4", Standard.ROOT, "1 1 4", Standard.EXPONENTIAL, "1 1 10",
                Standard.RELU_, "1 0 1", Standard.MAXIMUM, "1 0 1", Standard.NEG, "1 0 1");
        wanted.forEach((f, p) -> assertThat(price(CostModel.UNIT, f) + " " + price(CostModel.MULTIPLICATIVE, f) + " " + price(CostModel.WEIGHTED, f)).as(f.toString()).isEqualTo(p));
        assertThat(CostModel.MULTIPLICATIVE.price(Standard.MULTIPLY.primitive(true))).isEqualTo(Rational.ZERO);
        assertThat(CostModel.WEIGHTED.price(Standard.DIVIDE.primitive(true))).isEqualTo(Rational.of(4));
        assertThat(CostModel.MULTIPLICATIVE.price(Standard.DIVIDE.primitive(true))).isEqualTo(Rational.ZERO);
    }

    /// A prime without a price of its own costs what its function does; a composition what it is made of.
    @Test
    void aDictionarysOwnPricesAreInherited() {
        CostModel m = CostModel.of("mine", Map.of("relu", Rational.of(7), "*", Rational.of(3), "max'1", Rational.of(5)));
        assertThat(m.name()).isEqualTo("mine");
        assertThat(price(m, Standard.RELU_)).isEqualTo(Rational.of(7));
        assertThat(price(m, Standard.RELU_PRIME)).isEqualTo(Rational.of(7));
        assertThat(price(m, Standard.MAX_1)).isEqualTo(Rational.of(5));
        assertThat(price(m, Standard.MAX_2)).isEqualTo(Rational.ONE);
        assertThat(price(m, Standard.ADD)).isEqualTo(Rational.ONE);
    }

    private static Declared declared(Rational cost) {
        Term x = new Term.Arg(0);
        Declared.Condition positive = new Declared.Condition(x, ">", Standard.lit(0));
        return new Declared("bend", List.of("x"), List.of(new Declared.Piece(positive, Standard.times(x, Standard.times(x, x))), new Declared.Piece(null, Standard.plus(x, x))), cost, false);
    }

    /// The condition and the dearest piece: a comparison and two products, or one sum; or the price that is set.
    @Test
    void declaredFunctionsCostTheirConditionsAndTheDearestPiece() {
        Primitive own = declared(null).entries().getFirst().primitive(false);
        assertThat(CostModel.UNIT.price(own)).isEqualTo(Rational.of(3));
        assertThat(CostModel.MULTIPLICATIVE.price(own)).isEqualTo(Rational.of(2));
        assertThat(CostModel.UNIT.price(declared(Rational.of(9)).entries().getFirst().primitive(false))).isEqualTo(Rational.of(9));
        CostModel sums = CostModel.of("sums", Map.of("+", Rational.of(20)));
        assertThat(sums.price(own)).isEqualTo(Rational.of(21));
    }

    @Test
    void aTallyAddsUp() {
        Tally t = new Tally();
        assertThat(t.isEmpty()).isTrue();
        t.add(Standard.ADD.primitive(false), 0);
        assertThat(t.isEmpty()).isTrue();
        t.add(Standard.MULTIPLY.primitive(false), 2);
        t.add(Standard.ADD.primitive(false), 3);
        t.add(Standard.HYPERBOLIC_TANGENT.primitive(false), 1);
        Tally sum = new Tally();
        sum.add(t);
        sum.add(t);
        assertThat(sum.isEmpty()).isFalse();
        assertThat(sum.of(Standard.ADD.primitive(false))).isEqualTo(6);
        assertThat(sum.of(Standard.DIVIDE.primitive(false))).isZero();
        assertThat(sum.byName()).isEqualTo(Map.of("+", Rational.of(6), "*", Rational.of(4), "tanh", Rational.of(2)));
        assertThat(sum.byName().keySet()).containsExactly("+", "*", "tanh");
        assertThat(CostModel.WEIGHTED.cost(sum)).isEqualTo(Rational.of(6 + 4 + 20));
        assertThat(CostModel.UNIT.cost(sum)).isEqualTo(sum.byName().values().stream().reduce(Rational.ZERO, Rational::plus));
        assertThat(sum.toString()).isEqualTo(sum.byName().toString());
    }

    /// What is composed is counted as its parts; a declared function by name with its unit cost.
    @Test
    void compositionsAndDeclaredFunctionsCountAsWhatTheyDo() {
        Tally t = new Tally();
        t.add(Standard.EUCLIDEAN.primitive(false), 2);
        long parts = Standard.EUCLIDEAN.counts().stream().mapToLong(c -> c.of(1)).sum();
        assertThat(CostModel.UNIT.cost(t)).isEqualTo(Rational.of(2 * parts));
        assertThat(t.byName()).doesNotContainKey("hypot");
        Tally d = new Tally();
        d.add(declared(null).entries().getFirst().primitive(false), 2);
        assertThat(d.byName()).isEqualTo(Map.of("bend", Rational.of(6)));
    }

    // ---- conventions

    @Test
    void conventionsSpeakOfWhatTheyAreModelledOn() {
        Selections pytorch = Selections.of("pytorch");
        assertThat(pytorch.speaksOf("relu", false)).isTrue();
        assertThat(pytorch.speaksOf("clip", true)).isTrue();
        assertThat(pytorch.speaksOf("selu", true)).isTrue();
        assertThat(pytorch.speaksOf("clip", false)).isFalse();
        assertThat(pytorch.speaksOf("selu", false)).isFalse();
        assertThat(pytorch.speaksOf("huber", true)).isFalse();
        assertThat(pytorch.with("mine", Rational.ONE, Rational.ZERO).speaksOf("mine", false)).isTrue();
        assertThat(pytorch.with("mine", Rational.ONE).speaksOf("mine", false)).isTrue();
        assertThat(Selections.of("jax").speaksOf("softshrink", true)).isFalse();
        assertThat(Selections.of("left").speaksOf("whatever", false)).isTrue();
        assertThatThrownBy(() -> Selections.of("none")).isInstanceOf(IllegalArgumentException.class);
        assertThat(pytorch.named("mine").convention()).isEqualTo("mine");
        assertThat(pytorch.named("mine").at("max")).isEqualTo(Rational.HALF);
    }

    @Test
    void aChoiceIsMadeOnlyWhereSomethingIsChosen() {
        assertThat(Selections.DEFAULT.choice("clip", true)).isNull();
        assertThat(Selections.of("left").choice("clip", true).side()).isEqualTo(Side.LEFT);
        assertThat(Selections.of("pytorch").choice("clip", true).value()).isEqualTo(Rational.ONE);
        assertThat(Selections.of("pytorch").choice("clip", false)).isNull();
        assertThat(Selections.DEFAULT.with("clip", Rational.HALF).choice("clip", false).value()).isEqualTo(Rational.HALF);
        Choice points = Selections.DEFAULT.with("g", Rational.of(1, 3), Rational.ONE).with("g", Rational.of(2), Rational.ZERO).choice("g", false);
        assertThat(points.at(Rational.of(1, 3))).isEqualTo(Rational.ONE);
        assertThat(points.at(Rational.of(2))).isEqualTo(Rational.ZERO);
        assertThat(points.at(Rational.of(3))).isNull();
        assertThat(points.at(new Real(1 / 3.0))).isEqualTo(Rational.ONE);
        assertThat(points.at(new Real((float) (1 / 3.0)))).isEqualTo(Rational.ONE);
        assertThat(points.at(new Real(1 / 3.0 + 1e-9))).isNull();
        assertThat(points.at(Rational.of(1 / 3.0))).as("the fraction that a rounded third is").isNull();
    }

    // ---- tangents

    private static final Term X = new Term.Arg(0);
    private static final Term DX = new Term.Dot(0);
    private static final Term DY = new Term.Dot(1);

    @Test
    void aTangentIsTheSumOfWhatTheRuleGives() {
        Term v = new Term.Bar();
        assertThat(Tangents.ofRule(List.of(new Contribution(0, false, v), new Contribution(1, false, v)))).isEqualTo(Standard.plus(DX, DY));
        assertThat(Tangents.ofRule(List.of(new Contribution(0, false, v), new Contribution(1, true, v)))).isEqualTo(Standard.minus(DX, DY));
        assertThat(Tangents.ofRule(List.of(new Contribution(0, true, v)))).isEqualTo(Standard.call(Standard.NEG, DX));
        assertThat(Tangents.ofRule(List.of())).isNull();
    }

    /// What is zero is left out: the term has no operand's tangent but those that are active, and is null where none is.
    @Test
    void tangentsThatAreZeroAreLeftOut() {
        assertThat(pruned(Standard.plus(DX, DY), 0)).isEqualTo(DX);
        assertThat(pruned(Standard.plus(DX, DY), 1)).isEqualTo(DY);
        assertThat(pruned(Standard.plus(DX, DY))).isNull();
        assertThat(pruned(Standard.minus(DX, DY), 0)).isEqualTo(DX);
        assertThat(pruned(Standard.minus(DX, DY), 1)).isEqualTo(Standard.call(Standard.NEG, DY));
        assertThat(pruned(Standard.minus(DX, DY))).isNull();
        assertThat(pruned(Standard.minus(DX, DY), 0, 1)).isEqualTo(Standard.minus(DX, DY));
        assertThat(pruned(Standard.times(DX, X), 0)).isEqualTo(Standard.times(DX, X));
        assertThat(pruned(Standard.times(DX, X), 1)).isNull();
        for (Term t : views(DX)) {
            assertThat(pruned(t, 0)).isEqualTo(t);
            assertThat(pruned(t, 1)).isNull();
        }
        assertThat(pruned(new Term.Stacked(List.of(DX, DY)), 1)).isEqualTo(new Term.Stacked(List.of(Standard.lit(0), DY)));
        assertThat(pruned(new Term.Stacked(List.of(DX, DY)))).isNull();
        Term scan = Standard.first(0, X, DX);
        assertThat(pruned(scan, 0)).isEqualTo(scan);
        assertThat(pruned(scan, 1)).isEqualTo(X);
    }

    private static List<Term> views(Term t) {
        return List.of(new Term.Expand(t), new Term.Transpose(t), new Term.Column(t), new Term.Row(t), new Term.Entry(t, 2));
    }

    private static Term pruned(Term t, int... active) {
        return Tangents.pruned(t, k -> java.util.Arrays.stream(active).anyMatch(a -> a == k));
    }

    @Test
    void partsOfATermAreReplacedEverywhereButNotInWhatComesIn() {
        for (Term t : views(X)) assertThat(t.replaced(s -> s.equals(X) ? DX : null)).isEqualTo(views(DX).get(views(X).indexOf(t)));
        assertThat(new Term.Stacked(List.of(X, DY)).replaced(s -> s.equals(X) ? DX : null)).isEqualTo(new Term.Stacked(List.of(DX, DY)));
        assertThat(Standard.times(X, DY).replaced(s -> s.equals(X) ? Standard.plus(X, X) : null)).isEqualTo(Standard.times(Standard.plus(X, X), DY));
        for (Term leaf : List.of(X, DX, new Term.Result(), new Term.Bar(), Standard.lit(2), new Term.Irrational(0.5))) assertThat(leaf.replaced(s -> null)).isSameAs(leaf);
    }

    // ---- texts

    @Test
    void termsAreWrittenWithTheFewestBrackets() {
        List<String> names = List.of("x", "y");
        Term y = new Term.Arg(1);
        Map<String, Term> texts = Map.ofEntries(Map.entry("x + y + x", Standard.plus(Standard.plus(X, y), X)), Map.entry("x + (y + x)", Standard.plus(X, Standard.plus(y, X))),
                Map.entry("(x - y) * x", Standard.times(Standard.minus(X, y), X)), Map.entry("x - (y - x)", Standard.minus(X, Standard.minus(y, X))),
                Map.entry("x * y - x", Standard.minus(Standard.times(X, y), X)), Map.entry("-(x + y)", Standard.call(Standard.NEG, Standard.plus(X, y))),
                Map.entry("-x * y", Standard.times(Standard.call(Standard.NEG, X), y)), Map.entry("x / (y * x)", Standard.over(X, Standard.times(y, X))),
                Map.entry("-(x * y)", Standard.call(Standard.NEG, Standard.times(X, y))), Map.entry("exp(x - y)", Standard.call(Standard.EXPONENTIAL, Standard.minus(X, y))),
                Map.entry("relu'(x; v)", Standard.call(Standard.RELU_PRIME, X, new Term.Bar())), Map.entry("max'1(x, y; z)", Standard.call(Standard.MAX_1, X, y, new Term.Result())),
                Map.entry("max(x, y)", Standard.call(Standard.MAXIMUM, X, y)), Map.entry("[x, y_dot][2]", new Term.Entry(new Term.Stacked(List.of(X, DY)), 1)),
                Map.entry("(x + y).T", new Term.Transpose(Standard.plus(X, y))), Map.entry("column(x + y)", new Term.Column(Standard.plus(X, y))), Map.entry("row(x)", new Term.Row(X)),
                Map.entry("x * 0.5", Standard.times(new Term.Expand(X), new Term.Irrational(0.5))), Map.entry("x - -2", Standard.minus(X, Standard.lit(-2))),
                Map.entry("x * (-2)", Standard.times(X, Standard.lit(-2))));
        texts.forEach((text, t) -> assertThat(TermText.of(t, names)).isEqualTo(text));
        assertThat(TermText.of(new Declared.Condition(X, "<=", Standard.plus(y, y)), names)).isEqualTo("x <= y + y");
    }

    @Test
    void operandsAreNamedByTheDeclaration() {
        List<Elementary> all = new ArrayList<>(declared(null).entries());
        assertThat(all.stream().map(e -> e + " " + TermText.operands(e))).containsExactly("bend/1 [x]", "bend'/2 [x, tangent]", "bend'L/3 [s1, x, tangent]");
        assertThat(TermText.operands(Standard.MULTIPLY)).containsExactly("x", "y", "w");
        assertThat(TermText.ofRule(Standard.MULTIPLY, Standard.MULTIPLY.rule(0).getFirst().term())).isEqualTo("v * y");
        assertThat(declared(null).text()).isEqualTo("x * (x * x) when x > 0; x + x otherwise");
    }
}
