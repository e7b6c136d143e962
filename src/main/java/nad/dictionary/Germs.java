package nad.dictionary;

import java.util.List;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;

/// The [Germ] of a term of a declared function along a curve x + d·t + e·t² from a point, t > 0.
///
/// @param x       germs of the parameters
/// @param rounded whether constants are taken as float64 has them
record Germs(Germ[] x, boolean rounded) {
    static Germs along(Rational[] x, Rational[] d, Rational[] e, boolean rounded) {
        Germ[] g = new Germ[x.length];
        for (int i = 0; i < g.length; i++) g[i] = Germ.curve(x[i], d[i], e[i]);
        return new Germs(g, rounded);
    }

    /// @throws Germ.Unknown where a function has no series there, or the enclosures do not decide
    Germ of(Term t) {
        return switch (t) {
            case Term.Arg a -> x[a.k()];
            case Term.Literal l -> Germ.constant(rounded ? Rational.of(l.value().toDouble()) : l.value());
            case Term.Irrational c -> Germ.constant(rounded ? Rational.of(c.value()) : new Interval(Math.nextDown(c.value()), Math.nextUp(c.value())));
            case Term.Apply a -> apply(a.f(), a.args().stream().map(this::of).toList());
            default -> throw Germ.Unknown.IT;
        };
    }

    private Germ apply(Elementary f, List<Germ> args) {
        if (f.declared != null) return declared(f, args);
        Germ u = args.getFirst();
        Germ w = args.getLast();
        return switch (f.name) {
            case "+" -> u.plus(w);
            case "-" -> args.size() == 1 ? u.negate() : u.minus(w);
            case "*" -> u.times(w);
            case "/" -> u.over(w);
            case "relu" -> definite(u) > 0 ? u : Germ.ZERO;
            case "abs" -> definite(u) < 0 ? u.negate() : u;
            case "max" -> definite(u.minus(w)) < 0 ? w : u;
            case "min" -> definite(u.minus(w)) > 0 ? w : u;
            case "exp" -> exp(u);
            case "expm1" -> exp(u).minus(one());
            case "log" -> log(f, u);
            case "log1p" -> log(Standard.LOGARITHM, u.plus(one()));
            case "sin" -> wave(u)[0];
            case "cos" -> wave(u)[1];
            case "tan" -> wave(u)[0].over(wave(u)[1]);
            case "sinh" -> exp(u).minus(exp(u.negate())).times(half());
            case "cosh" -> exp(u).plus(exp(u.negate())).times(half());
            case "tanh" -> exp(u.plus(u)).minus(one()).over(exp(u.plus(u)).plus(one()));
            case "sigmoid" -> one().over(one().plus(exp(u.negate())));
            case "softplus" -> log(Standard.LOGARITHM, one().plus(exp(u)));
            case "sqrt" -> u.sqrt(q -> value(f, q));
            case "hypot" -> u.times(u).plus(w.times(w)).sqrt(q -> value(Standard.ROOT, q));
            case "atan" -> u.integrated(value(f, u.start()), one().over(one().plus(u.times(u))));
            case "asin", "acos" -> {
                Germ slope = one().over(one().minus(u.times(u)).sqrt(q -> value(Standard.ROOT, q)));
                yield u.integrated(value(f, u.start()), f.name.equals("asin") ? slope : slope.negate());
            }
            case "pow" -> power(u, w);
            default -> throw Germ.Unknown.IT;
        };
    }

    private static int definite(Germ u) {
        int s = u.sign();
        if (s == 2) throw Germ.Unknown.IT;
        return s;
    }

    private static Germ one() {
        return Germ.constant(Rational.ONE);
    }

    private static Germ half() {
        return Germ.constant(Rational.HALF);
    }

    private static Germ exp(Germ u) {
        return u.exp(q -> value(Standard.EXPONENTIAL, q));
    }

    private static Germ log(Elementary f, Germ u) {
        if (definite(u) <= 0 || u.start().sign() != 1) throw Germ.Unknown.IT;
        return u.integrated(value(f, u.start()), one().over(u));
    }

    private static Germ[] wave(Germ u) {
        return u.wave(value(Standard.SINE, u.start()), value(Standard.COSINE, u.start()));
    }

    private static Germ power(Germ u, Germ w) {
        if (!w.whole() || w.c().length > 1 || w.c().length == 1 && w.order() != 0) return exp(w.times(log(Standard.LOGARITHM, u)));
        Integer n = w.isZero() ? Integer.valueOf(0) : w.c()[0] instanceof Rational r && r.isInteger() ? r.asInt() : null;
        if (n == null || Math.abs((long) n) > 64) return exp(w.times(log(Standard.LOGARITHM, u)));
        Germ out = one();
        for (int k = 0; k < Math.abs(n); k++) out = out.times(u);
        return n < 0 ? one().over(out) : out;
    }

    private Germ declared(Elementary f, List<Germ> args) {
        if (f.inPrime) throw Germ.Unknown.IT;
        Germs inner = new Germs(args.toArray(Germ[]::new), rounded);
        for (Declared.Piece p : f.declared.pieces()) {
            if (p.condition() == null) return inner.of(p.value());
            Boolean holds = p.condition().holds(inner.of(p.condition().difference()).sign());
            if (holds == null) throw Germ.Unknown.IT;
            if (holds) return inner.of(p.value());
        }
        return inner.of(f.declared.pieces().getLast().value());
    }

    /// Exactly where that is a fraction, else enclosed.
    private static Quantity value(Elementary f, Quantity q) {
        if (q instanceof Rational r) {
            Integer known = switch (f.name) {
                case "exp", "cos" -> r.sign() == 0 ? 1 : null;
                case "sin", "atan", "asin" -> r.sign() == 0 ? 0 : null;
                case "log" -> r.equals(Rational.ONE) ? 0 : null;
                default -> null;
            };
            if (known != null) return Rational.of(known);
            try {
                return f.primitive(false).exact(new Quantity[] {q});
            } catch (ArithmeticException leaves) {
                // enclosed
            }
        }
        Quantity out = f.primitive(false).exact(new Quantity[] {Interval.of(q)});
        if (out instanceof Interval i && i.isNone()) throw Germ.Unknown.IT;
        return out;
    }
}
