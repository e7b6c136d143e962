package nad.dictionary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.arithmetic.Interval;
import nad.arithmetic.Library;
import nad.arithmetic.Primitive;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.dictionary.Term.Contribution;

/// An elementary function that a file declares: a continuous selection of pieces, each with the condition under which it
/// holds. The pieces are terms in the parameters ([Term.Arg]); the last has no condition.
///
/// Its prime applies the derivative of the piece that claims the point; the derivative is found once, by forward
/// differentiation of the piece with the rules of the entries it is made of. Along directions, the piece that is entered takes
/// the place of the one that claims: the difference of each condition's sides is followed by a scan, and a prime with those
/// signs for further arguments applies that piece's derivative.
///
/// @param cost the price that the declaration sets, or null
public record Declared(String name, List<String> parameters, List<Piece> pieces, Rational cost, boolean prelude) {

    /// @param condition null for `otherwise`
    public record Piece(Condition condition, Term value) {}

    /// `left relation right`, the relation one of `<`, `<=`, `>`, `>=`, `==`.
    public record Condition(Term left, String relation, Term right) {
        /// left − right, whose sign decides.
        public Term difference() {
            return isLiteral(right, 0) ? left : Standard.minus(left, right);
        }

        /// Whether it holds where left − right has this sign; null where the sign is undecided.
        public Boolean holds(int sign) {
            if (sign == 2) return null;
            return switch (relation) {
                case "<" -> sign < 0;
                case "<=" -> sign <= 0;
                case ">" -> sign > 0;
                case ">=" -> sign >= 0;
                default -> sign == 0;
            };
        }
    }

    /// The entry itself and its primes, `g'` for one parameter and `g'1`, `g'2`, … for more; of several pieces also `g'L` or
    /// `g'L1`, `g'L2`, …, the primes of the piece that given signs of the conditions claim.
    public List<Elementary> entries() {
        int p = parameters.size();
        Primitive value = Primitive.declared(name, p, conditionCost(), valueCosts(), cost, x -> value(reals(x)).toDouble(), this::value)
                .computed(() -> MachineForm.value(this));
        List<Elementary> out = new ArrayList<>();
        Elementary[] primes = new Elementary[p];
        for (int i = 0; i < p; i++) primes[i] = prime(i, primes);
        Contribution[] rule = new Contribution[p];
        for (int i = 0; i < p; i++) {
            List<Term> args = new ArrayList<>();
            for (int k = 0; k < p; k++) args.add(new Term.Arg(k));
            args.add(new Term.Bar());
            rule[i] = new Contribution(i, false, new Term.Apply(primes[i], 0, args));
        }
        Elementary.Builder b = Elementary.pointwise(value).declared(this).rule(rule).means(text());
        Elementary[] entered = new Elementary[pieces.size() > 1 ? p : 0];
        for (int i = 0; i < entered.length; i++) entered[i] = entered(i, entered);
        b.smoothWhere(this::margin);
        if (pieces.size() > 1) {
            Boundary boundary = new Boundary(this);
            Meetings meetings = new Meetings(boundary);
            b.piecewise((x, s) -> meetings.kink(x, s.choice(name, prelude)), boundary::piece, (x, within, s) -> meetings.near(x, s.choice(name, prelude)))
                    .along(rank -> t -> alongConditions(t, primes, entered));
        }
        out.add(b.build());
        out.addAll(List.of(primes));
        out.addAll(List.of(entered));
        return out;
    }

    /// The prime by parameter i, asked at the piece that the conditions' signs claim.
    private Elementary entered(int i, Elementary[] entered) {
        int p = parameters.size();
        int m = (int) pieces.stream().filter(q -> q.condition != null).count();
        String primed = name + (p == 1 ? "'L" : "'L" + (i + 1));
        Primitive f = Primitive.declared(primed, m + p + 1, Map.of(Primitives.COMPARE, m), derivativeCosts(i), null,
                x -> entered(reals(x), i, m).toDouble(), x -> entered(x, i, m))
                .computed(() -> MachineForm.entered(this, i));
        return Elementary.pointwise(f).declared(this).prime()
                .means("the derivative" + (p == 1 ? "" : " by " + parameters.get(i)) + " of the piece of " + name + " that the signs claim, applied to v")
                .discontinuous(primed + " jumps where a sign changes").rule(rank -> List.of(ofLast(entered[i]))).build();
    }

    private Quantity entered(Quantity[] signsXv, int i, int m) {
        int[] sign = new int[pieces.size()];
        for (int k = 0, j = 0; k < sign.length; k++) if (pieces.get(k).condition != null) sign[k] = signsXv[j++].sign();
        Quantity[] x = java.util.Arrays.copyOfRange(signsXv, m, m + parameters.size());
        return slope(new Boundary(this).claimed(sign), x, i, signsXv[signsXv.length - 1]);
    }

    private Term alongConditions(Term t, Elementary[] primes, Elementary[] entered) {
        for (int i = 0; i < primes.length; i++) {
            if (!(t instanceof Term.Apply a) || a.f() != primes[i]) continue;
            List<Term> args = new ArrayList<>();
            for (Piece p : pieces) if (p.condition != null) args.add(Standard.first(0, p.condition.difference(), tangent(p.condition.difference())));
            args.addAll(a.args());
            return new Term.Apply(entered[i], 0, args);
        }
        return null;
    }

    /// The tangent of a term in the parameters.
    private Term tangent(Term t) {
        Term sum = Standard.lit(0);
        for (int i = 0; i < parameters.size(); i++) {
            Term part = simplified(Standard.MULTIPLY, List.of(new Term.Dot(i), derivative(t, i)));
            if (isLiteral(part, 0)) continue;
            sum = isLiteral(sum, 0) ? part : Standard.plus(sum, part);
        }
        return sum;
    }

    /// A prime is linear in its last argument, and its own transpose by that.
    private static Contribution ofLast(Elementary prime) {
        List<Term> args = new ArrayList<>();
        for (int k = 0; k < prime.arity - 1; k++) args.add(new Term.Arg(k));
        args.add(new Term.Bar());
        return new Contribution(prime.arity - 1, false, new Term.Apply(prime, 0, args));
    }

    /// The rule of the prime by parameter i of a function of one piece: second derivatives are those of its expression.
    private List<Contribution> smoothPrime(int i, Elementary prime) {
        List<Contribution> rule = new ArrayList<>();
        for (int k = 0; k < parameters.size(); k++) {
            Term second = derivative(derivative(pieces.getFirst().value, i), k);
            if (!isLiteral(second, 0)) rule.add(new Contribution(k, false, Standard.times(Standard.times(new Term.Bar(), new Term.Arg(parameters.size())), second)));
        }
        rule.add(ofLast(prime));
        return rule;
    }

    private static boolean isSmooth(Term t) {
        return !(t instanceof Term.Apply a) || a.f().smoothness != Elementary.Smoothness.PIECEWISE
                && a.f().smoothness != Elementary.Smoothness.DISCONTINUOUS && a.args().stream().allMatch(Declared::isSmooth);
    }

    private Elementary prime(int i, Elementary[] primes) {
        int p = parameters.size();
        String primed = name + (p == 1 ? "'" : "'" + (i + 1));
        Primitive.Exact exact = x -> derivative(x, i, null);
        Primitive f = Primitive.declared(primed, p + 1, conditionCost(), derivativeCosts(i), null, x -> derivative(reals(x), i, null).toDouble(), exact)
                .computed(() -> MachineForm.prime(this, i));
        Elementary.Builder b = Elementary.pointwise(f).declared(this).prime()
                .means("the derivative of " + name + (p == 1 ? "" : " by " + parameters.get(i)) + ", applied to v");
        if (pieces.size() == 1 && isSmooth(derivative(pieces.getFirst().value, i))) return b.rule(rank -> smoothPrime(i, primes[i])).build();
        return b.rule(rank -> List.of(ofLast(primes[i])))
                .discontinuous(primed + " is the prime of a function in pieces, and may jump where they meet")
                .selecting(name, c -> Primitive.declared(primed, p + 1, conditionCost(), derivativeCosts(i), null,
                        x -> derivative(reals(x), i, c).toDouble(), x -> derivative(x, i, c)).computed(() -> MachineForm.prime(this, i, c)))
                .build();
    }

    /// The entries that its pieces and conditions apply.
    public Set<Elementary> applied() {
        Set<Elementary> out = new LinkedHashSet<>();
        Set<Term> seen = written();
        for (Piece p : pieces) {
            applied(p.value, out, seen);
            if (p.condition == null) continue;
            applied(p.condition.left, out, seen);
            applied(p.condition.right, out, seen);
        }
        return out;
    }

    private static void applied(Term t, Set<Elementary> into, Set<Term> seen) {
        if (!(t instanceof Term.Apply a) || !seen.add(t)) return;
        into.add(a.f());
        for (Term s : a.args()) applied(s, into, seen);
    }

    /// A short reading for tables: the pieces, in the file's words.
    public String text() {
        StringBuilder out = new StringBuilder();
        for (Piece p : pieces) {
            if (!out.isEmpty()) out.append("; ");
            out.append(TermText.of(p.value, parameters));
            if (p.condition != null) out.append(" when ").append(TermText.of(p.condition, parameters));
            else if (pieces.size() > 1) out.append(" otherwise");
        }
        return out.toString();
    }

    // ---- cost

    /// What each piece costs; the dearest counts, and all conditions.
    private List<Map<Primitive, Integer>> valueCosts() {
        List<Map<Primitive, Integer>> out = new ArrayList<>();
        for (Piece p : pieces) {
            Map<Primitive, Integer> c = new LinkedHashMap<>();
            count(p.value, c, written());
            out.add(c);
        }
        return out;
    }

    /// What the derivative of each piece costs, and its product with v: one by a constant where the piece is linear.
    private List<Map<Primitive, Integer>> derivativeCosts(int i) {
        List<Map<Primitive, Integer>> out = new ArrayList<>();
        for (Piece p : pieces) {
            Map<Primitive, Integer> c = new LinkedHashMap<>();
            Term derivative = derivative(p.value, i);
            count(derivative, c, new HashSet<>());
            c.merge(constant(derivative) ? Primitives.SCALE : Primitives.TIMES, 1, Integer::sum);
            out.add(c);
        }
        return out;
    }

    private Map<Primitive, Integer> conditionCost() {
        Map<Primitive, Integer> c = new LinkedHashMap<>();
        for (Piece p : pieces) {
            if (p.condition == null) continue;
            count(p.condition.left, c, written());
            count(p.condition.right, c, written());
            c.merge(Primitives.COMPARE, 1, Integer::sum);
        }
        return c;
    }

    /// Remembers terms by identity: what is written twice counts twice, but not the square that a power reuses.
    private static Set<Term> written() {
        return java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    }

    /// Applications in a term, each of those that `seen` does not know.
    private static void count(Term t, Map<Primitive, Integer> into, Set<Term> seen) {
        if (!(t instanceof Term.Apply a) || !seen.add(t) || constant(t)) return;
        for (Term arg : a.args()) count(arg, into, seen);
        boolean byConstant = a.f().arity == 2 && (constant(a.args().get(1)) && a.f().pricesConstant(1)
                || constant(a.args().get(0)) && a.f().pricesConstant(0));
        into.merge(a.f().primitive(byConstant), 1, Integer::sum);
    }

    private static boolean constant(Term t) {
        return switch (t) {
            case Term.Literal l -> true;
            case Term.Irrational c -> true;
            case Term.Apply a -> a.args().stream().allMatch(Declared::constant);
            default -> false;
        };
    }

    // ---- value

    private static Quantity[] reals(double[] x) {
        Quantity[] q = new Quantity[x.length];
        for (int k = 0; k < x.length; k++) q[k] = new Real(x[k]);
        return q;
    }

    private Quantity value(Quantity[] x) {
        return select(x, 0, p -> eval(p.value, x));
    }

    private Quantity derivative(Quantity[] xv, int i, Choice choice) {
        int p = parameters.size();
        Quantity v = xv[p];
        Quantity[] x = java.util.Arrays.copyOf(xv, p);
        Kink kink = choice == null || v instanceof Interval ? null : new Boundary(this).kink(x, choice);
        if (kink != null) return kink.selected().get(i).sign() == 0 ? v.zero() : kink.selected().get(i).times(v);
        return select(x, 0, piece -> slope(piece, x, i, v));
    }

    /// The derivative of a piece, applied to v. One that does not depend on x gives 0, not 0·v: v may be infinite.
    private static Quantity slope(Piece piece, Quantity[] x, int i, Quantity v) {
        Term d = derivative(piece.value, i);
        if (isLiteral(d, 0)) return v.zero();
        return isLiteral(d, 1) ? v : eval(d, x).times(v);
    }

    /// [piece-claims] The first piece whose condition holds; of an undecided interval the hull of all that may.
    private Quantity select(Quantity[] x, int from, java.util.function.Function<Piece, Quantity> read) {
        Piece p = pieces.get(from);
        if (p.condition == null || from == pieces.size() - 1) return read.apply(p);
        Boolean holds = p.condition.holds(difference(p.condition, x));
        if (holds == null) {
            if (!(x[0] instanceof Interval)) return x[0].zero().over(x[0].zero()); // NaN meets no condition
            return ((Interval) read.apply(p)).hull((Interval) select(x, from + 1, read));
        }
        return holds ? read.apply(p) : select(x, from + 1, read);
    }

    /// The sign of left − right.
    static int difference(Condition c, Quantity[] x) {
        Quantity l = eval(c.left, x);
        Quantity r = eval(c.right, x);
        if (l instanceof Real a && r instanceof Real b) return a.value() == b.value() ? 0 : a.value() < b.value() ? -1 : a.value() > b.value() ? 1 : 2;
        return l.minus(r).sign();
    }

    /// The value of a term in the parameters.
    public static Quantity eval(Term t, Quantity[] x) {
        return switch (t) {
            case Term.Arg a -> x[a.k()];
            case Term.Literal l -> x[0].constant(l.value());
            case Term.Irrational c -> switch (x[0]) {
                case Rational r -> throw new Library.Leaves("a function of constants", "rationals");
                case Interval i -> new Interval(Math.nextDown(c.value()), Math.nextUp(c.value()));
                default -> new Real(c.value());
            };
            case Term.Apply a -> {
                Quantity[] args = new Quantity[a.args().size()];
                for (int k = 0; k < args.length; k++) args[k] = eval(a.args().get(k), x);
                yield a.f().primitive(false).exact(args);
            }
            default -> throw new IllegalStateException("no view in a declared function");
        };
    }

    // ---- derivative

    /// The derivative of a term by parameter i, by the entries' own rules, with 0 and 1 simplified.
    public static Term derivative(Term t, int i) {
        return derivative(t, i, new HashMap<>());
    }

    private static Term derivative(Term t, int i, Map<Term, Term> known) {
        if (t instanceof Term.Arg a) return Standard.lit(a.k() == i ? 1 : 0);
        if (!(t instanceof Term.Apply a)) return Standard.lit(0);
        Term found = known.get(t);
        if (found != null) return found;
        Term sum = Standard.lit(0);
        List<Contribution> rule = a.f().rule(0);
        if (rule == null) return sum; // a jump between pieces is for the conditions to make, never for a piece
        for (Contribution c : rule) {
            Term tangent = derivative(a.args().get(c.arg()), i, known);
            if (isLiteral(tangent, 0)) continue;
            Term part = substitute(c.term(), a, tangent);
            sum = isLiteral(sum, 0) ? c.negative() ? negated(part) : part
                    : c.negative() ? Standard.minus(sum, part) : Standard.plus(sum, part);
        }
        known.put(t, sum);
        return sum;
    }

    public static Term negated(Term t) {
        return t instanceof Term.Literal l ? new Term.Literal(l.value().negate()) : Standard.call(Standard.NEG, t);
    }

    /// The rule's term with the operands of `at` for its names and `bar` for the cotangent: for a scalar function the
    /// pullback and the tangent are the same product.
    private static Term substitute(Term t, Term.Apply at, Term bar) {
        return switch (t) {
            case Term.Arg a -> at.args().get(a.k());
            case Term.Result r -> at;
            case Term.Bar b -> bar;
            case Term.Apply a -> {
                List<Term> args = new ArrayList<>();
                for (Term s : a.args()) args.add(substitute(s, at, bar));
                yield simplified(a.f(), args);
            }
            default -> t;
        };
    }

    private static Term simplified(Elementary f, List<Term> a) {
        boolean literals = a.stream().allMatch(t -> t instanceof Term.Literal);
        if (f == Standard.MULTIPLY) {
            if (isLiteral(a.get(0), 0) || isLiteral(a.get(1), 0)) return Standard.lit(0);
            if (isLiteral(a.get(0), 1)) return a.get(1);
            if (isLiteral(a.get(1), 1)) return a.get(0);
        }
        if (literals && (f == Standard.ADD || f == Standard.SUBTRACT || f == Standard.MULTIPLY || f == Standard.DIVIDE && !isLiteral(a.get(1), 0))) {
            Quantity[] q = a.stream().map(t -> (Quantity) ((Term.Literal) t).value()).toArray(Quantity[]::new);
            return new Term.Literal((Rational) f.primitive(false).exact(q));
        }
        return new Term.Apply(f, 0, a);
    }

    static boolean isLiteral(Term t, long n) {
        return t instanceof Term.Literal l && l.value().equals(Rational.of(n));
    }

    // ---- kinks of what pieces are made of

    /// [kink-assumed] Whether a piece is made of functions with kinks, which are taken as smooth.
    public boolean assumesSmooth() {
        return pieces.stream().anyMatch(q -> hasKinks(q.value));
    }

    private static boolean hasKinks(Term t) {
        return t instanceof Term.Apply a && (a.f().kink != null || a.args().stream().anyMatch(Declared::hasKinks));
    }

    /// Positive where all that the piece at hand is made of is smooth around the arguments; of an undecided interval, all pieces.
    private Quantity margin(Quantity[] x) {
        return select(x, 0, p -> margin(p.value, x, true));
    }

    /// Whether each piece that may hold near the arguments is smooth around them, kinks inside it aside: those up to the first condition that holds there with
    /// its two sides apart.
    boolean isLipschitz(Quantity[] x) {
        for (Piece p : pieces) {
            int sign = p.condition == null ? 1 : difference(p.condition, x);
            if (sign == 2) return false;
            boolean certain = p.condition == null || sign != 0 && p.condition.holds(sign);
            if ((certain || sign == 0) && margin(p.value, x, false).sign() != 1) return false;
            if (certain) return true;
        }
        return true;
    }

    private static Quantity margin(Term t, Quantity[] x, boolean kinks) {
        if (!(t instanceof Term.Apply a)) return x[0].one();
        Quantity[] args = a.args().stream().map(s -> eval(s, x)).toArray(Quantity[]::new);
        Quantity least = a.f().margin == null ? x[0].one() : a.f().margin.apply(args);
        if (kinks && a.f().kink != null && a.f().kink.at(args, Selections.DEFAULT) != null) least = least.min(x[0].zero());
        for (Term s : a.args()) least = least.min(margin(s, x, kinks));
        return least;
    }
}
