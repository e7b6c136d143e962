package nad.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import nad.arithmetic.Cells;
import nad.arithmetic.Primitive;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Registers;

/// One entry of D or D': all that NAD knows about an operation. Shapes, value, cost, adjoint rule, kinks and text stand
/// here together, and every stage reads them from here.
public final class Elementary {
    /// How an entry treats the axes of its operands. All axes before those named are batch axes, which every operand has.
    public enum Kind {
        /// a scalar function, entry by entry
        POINTWISE,
        /// rows (the trailing `rank` axes) to one entry each
        REDUCTION,
        /// rows to rows
        NORMALISATION,
        /// rows and one entry each to rows: the pullback of a reduction
        SCATTER,
        /// products of two operands of rank 1 or 2, summed over the shared axis
        CONTRACTION,
        /// rows, and as many directions for each of their entries (along a last axis of the second operand), to rows
        SCAN
    }

    /// What is known of an entry's derivative.
    public enum Smoothness { SMOOTH, PIECEWISE, NOT_LIPSCHITZ, DISCONTINUOUS }

    /// The value of an entry that works on rows: `in[k]` and `out` are the cells of one row of operand k and of the
    /// result. For a contraction the rows are the two factors of one entry of the result.
    @FunctionalInterface
    public interface Kernel {
        void row(Cells cells, int[] out, int[][] in, Context context);
    }

    /// A kernel of primitives alone, the same ones whatever the values are: its steps can be statements of their own.
    @FunctionalInterface
    public interface Fold {
        void row(Registers registers, int[] out, int[][] in, Context context);
    }

    /// What a kernel needs to know of its statement: the rank (see [#rule]), whether a factor is constant, and the
    /// selections in force.
    public record Context(int rank, boolean constant, Selections selections) {}

    /// `count = each · n + once` applications of a primitive for a row of n entries; a scan looks at the row and at each of its
    /// d directions, so counts d + 1 times as many.
    public record Count(Primitive primitive, int each, int once) {
        public long of(long n) {
            return each * n + once;
        }

        /// What is counted where a factor is a constant.
        public Primitive primitive(boolean byConstant) {
            return byConstant && primitive == Primitives.TIMES ? Primitives.SCALE : primitive;
        }
    }

    public final String name;
    public final Kind kind;
    public final int arity;
    public final Smoothness smoothness;
    /// Why backprop refuses the entry, or the place where its derivative fails; else null.
    public final String caveat;
    public final String doc;
    /// How papers write an application, in LaTeX: a template in which `#k` stands for argument k (from 1) and `!k` for it in
    /// brackets unless it is an atom; or, without either, what stands for the name before the arguments. Null: the name.
    public final String latex;
    public final Kink.Test kink;
    /// Where there is a kink test: which piece arguments belong to.
    public final Kink.Pieces pieces;
    /// Where there is a kink test: the kink nearest to arguments.
    public final Kink.Proximity near;
    /// Positive where the entry is defined and smooth around the arguments, kinks aside; null where it is everywhere.
    public final Function<Quantity[], Quantity> margin;
    /// Whether a declared function takes pieces as smooth that are made of functions with kinks.
    public final boolean assumedSmooth;
    /// Says what is wrong with float64 arguments outside the domain, or null where nothing is; may itself be null.
    public final Function<double[], String> domain;
    /// The declaration, for a function that a file declares; else null.
    public final Declared declared;
    public final boolean inPrime;
    /// Least and greatest value that a selection at this entry's kink may take, or null.
    public final Rational[] clarke;

    /// By convention: what the framework that it is named after returns at the kink, where NAD does otherwise.
    public final Map<String, String> departures;

    private final Primitive primitive;
    private final Primitive withConstant;
    private final Function<Choice, Primitive> selecting;
    private final String selects;
    private final Kernel kernel;
    /// The kernel again, where it is one; else null.
    public final Fold fold;
    /// For an entry on rows, the same on doubles; null where an engine has to know better (contractions) or cannot run it.
    public final RealRows.Row realRow;
    private final List<Count> counts;
    private final IntFunction<List<Term.Contribution>> rule;
    private final Map<Integer, List<Term.Contribution>> rules = new ConcurrentHashMap<>();
    private final IntFunction<Term> tangent;
    private final IntFunction<UnaryOperator<Term>> along;
    private final Map<Choice, Primitive> selected = new ConcurrentHashMap<>();

    private Elementary(Builder b) {
        name = b.name;
        kind = b.kind;
        arity = b.arity;
        smoothness = b.smoothness;
        caveat = b.caveat;
        doc = b.doc;
        latex = b.latex;
        kink = b.kink;
        pieces = b.pieces;
        near = b.near;
        margin = b.margin;
        domain = b.domain;
        declared = b.declared;
        inPrime = b.inPrime;
        assumedSmooth = declared != null && !inPrime && declared.assumesSmooth();
        clarke = b.clarke;
        departures = b.departures;
        primitive = b.primitive;
        withConstant = b.withConstant;
        selecting = b.selecting;
        selects = b.selects;
        kernel = b.kernel;
        fold = b.fold;
        realRow = b.realRow;
        counts = b.counts.isEmpty() && primitive != null ? List.of(new Count(primitive, 0, 1)) : List.copyOf(b.counts);
        rule = b.rule;
        tangent = b.tangent;
        along = b.along;
    }

    /// The scalar function of a pointwise entry. With `constant` set, one operand (for `/`: the divisor) is a constant,
    /// which some cost models price differently.
    public Primitive primitive(boolean constant) {
        return constant && withConstant != null ? withConstant : primitive;
    }

    /// The scalar function of a pointwise entry under given selections.
    public Primitive primitive(boolean constant, Selections selections) {
        if (selecting == null) return primitive(constant);
        Choice c = selections.choice(selects, declared != null && declared.prelude());
        return c == null ? primitive : selected.computeIfAbsent(c, selecting);
    }

    /// Whether the entry counts differently where this operand is a constant.
    public boolean pricesConstant(int operand) {
        return withConstant != null && (operand == 1 || operand == 0 && (primitive == null || primitive.pricing != Primitive.Pricing.QUOTIENT));
    }

    public Kernel kernel() {
        return kernel;
    }

    /// The primitives that one row of n entries (one entry, for pointwise entries: n = 1) is counted as.
    public List<Count> counts() {
        return counts;
    }

    /// What each operand receives from the cotangent of the result; null where backprop refuses the entry. `rank` is
    /// that of the statement: trailing axes reduced, or 10·r + s for a contraction of operands of rank r and s.
    public List<Term.Contribution> rule(int rank) {
        return rule == null ? null : rules.computeIfAbsent(rank, rule::apply);
    }

    public boolean differentiable() {
        return rule != null;
    }

    /// [forward-tangent] The tangent of the result: linear in the tangents of the operands, each [Term.Dot]. Where the entry says nothing else
    /// it is derived from the rule, for the derivative of a scalar function is its own transpose: each contribution with the
    /// operand's tangent in the place of the cotangent, and their sum.
    public Term tangent(int rank, Tangents.Way way) {
        Term t = tangent != null ? tangent.apply(rank) : Tangents.ofRule(rule(rank));
        return way == Tangents.Way.SELECTION ? t : along(rank, t);
    }

    /// A term of the rule, or of the tangent, with every kink decided along the tangents of the operands: the row rule of
    /// LD-derivatives (spec/9-forward.md [forward-along]). A term of a smooth entry is itself.
    public Term along(int rank, Term t) {
        return along == null ? t : t.replaced(along.apply(rank));
    }

    /// Whether the entry is known to be locally Lipschitz around the arguments. A declared function is if every piece is smooth that may
    /// hold near them.
    public boolean isLipschitz(Quantity[] x) {
        if (declared != null && !inPrime) return declared.isLipschitz(x);
        return margin == null || margin.apply(x).sign() == 1;
    }

    /// True for an operation written between or before its operands.
    public boolean isSign() {
        return !Character.isLetter(name.charAt(0));
    }

    @Override
    public String toString() {
        return name + "/" + arity;
    }

    // ---- building an entry

    public static Builder pointwise(Primitive primitive) {
        return new Builder(primitive.name, Kind.POINTWISE, primitive.arity, primitive);
    }

    public static Builder rows(String name, Kind kind, int arity, Kernel kernel) {
        Builder b = new Builder(name, kind, arity, null);
        b.kernel = kernel;
        return b;
    }

    public static Builder fold(String name, Kind kind, int arity, Fold fold) {
        Builder b = rows(name, kind, arity, fold::row);
        b.fold = fold;
        return b;
    }

    public static final class Builder {
        private final String name;
        private final Kind kind;
        private final int arity;
        private final Primitive primitive;
        private Primitive withConstant;
        private Function<Choice, Primitive> selecting;
        private String selects;
        private Kernel kernel;
        private Fold fold;
        private RealRows.Row realRow;
        private final List<Count> counts = new ArrayList<>();
        private IntFunction<List<Term.Contribution>> rule;
        private IntFunction<Term> tangent;
        private IntFunction<UnaryOperator<Term>> along;
        private Smoothness smoothness = Smoothness.SMOOTH;
        private String caveat;
        private String doc = "";
        private String latex;
        private Kink.Test kink;
        private Kink.Pieces pieces;
        private Kink.Proximity near;
        private Function<Quantity[], Quantity> margin;
        private Function<double[], String> domain;
        private Declared declared;
        private boolean inPrime;
        private Rational[] clarke;
        private Map<String, String> departures = Map.of();

        private Builder(String name, Kind kind, int arity, Primitive primitive) {
            this.name = name;
            this.kind = kind;
            this.arity = arity;
            this.primitive = primitive;
        }

        public Builder means(String doc) {
            this.doc = doc;
            return this;
        }

        public Builder latex(String template) {
            this.latex = template;
            return this;
        }

        public Builder onDoubles(RealRows.Row row) {
            this.realRow = row;
            return this;
        }

        public Builder withConstant(Primitive p) {
            this.withConstant = p;
            return this;
        }

        /// The primitive depends on the selection made at the kinks of `function`.
        public Builder selecting(String function, Function<Choice, Primitive> p) {
            this.selects = function;
            this.selecting = p;
            return this;
        }

        public Builder counts(Primitive p, int each, int once) {
            counts.add(new Count(p, each, once));
            return this;
        }

        public Builder counts(Map<Primitive, Integer> composition) {
            composition.forEach((p, n) -> counts(p, 0, n));
            return this;
        }

        public Builder rule(Term.Contribution... contributions) {
            List<Term.Contribution> list = List.of(contributions);
            this.rule = rank -> list;
            return this;
        }

        public Builder rule(IntFunction<List<Term.Contribution>> byRank) {
            this.rule = byRank;
            return this;
        }

        public Builder tangent(IntFunction<Term> byRank) {
            this.tangent = byRank;
            return this;
        }

        /// How the kinks are decided along the tangents: what takes the place of a part of the rule, or null where it stays.
        public Builder along(IntFunction<UnaryOperator<Term>> byRank) {
            this.along = byRank;
            return this;
        }

        public Builder piecewise(Kink.Test kink, Kink.Pieces pieces, Kink.Proximity near, Rational... clarke) {
            this.smoothness = Smoothness.PIECEWISE;
            this.kink = kink;
            this.pieces = pieces;
            this.near = near;
            this.clarke = clarke.length == 0 ? null : clarke;
            return this;
        }

        public Builder departsFrom(Map<String, String> departures) {
            this.departures = new java.util.TreeMap<>(departures);
            return this;
        }

        public Builder notLipschitz(String where) {
            this.smoothness = Smoothness.NOT_LIPSCHITZ;
            this.caveat = where;
            return this;
        }

        public Builder discontinuous(String why) {
            this.smoothness = Smoothness.DISCONTINUOUS;
            this.caveat = why;
            return this;
        }

        /// Where the entry is defined and smooth: at arguments of which this is positive.
        public Builder smoothWhere(Function<Quantity[], Quantity> margin) {
            this.margin = margin;
            return this;
        }

        public Builder domain(Function<double[], String> domain) {
            this.domain = domain;
            return this;
        }

        public Builder declared(Declared d) {
            this.declared = d;
            return this;
        }

        public Builder prime() {
            this.inPrime = true;
            return this;
        }

        public Elementary build() {
            return new Elementary(this);
        }
    }
}
