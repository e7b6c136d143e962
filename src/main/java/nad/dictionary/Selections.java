package nad.dictionary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import nad.arithmetic.Rational;
import nad.dictionary.Choice.Side;

/// [kink-select] Which element of the Clarke set stands for the derivative at each kink: numbers for functions by name, and for the
/// functions in pieces that have none a [Side].
///
/// @param values  what is chosen by name; see [Choice]
/// @param prelude what frameworks do at functions of the prelude, which a file's own of the same name do not inherit
/// @param points  what is chosen at single kinks of declared functions of one variable
public record Selections(String convention, Map<String, Rational> values, Map<String, Rational> prelude, Map<String, Map<Rational, Rational>> points,
        Side pieces) {
    public static final Selections DEFAULT = of("default");

    /// Functions of the prelude at whose kinks the piece that claims the point is what the framework does.
    private static final Map<String, Set<String>> ALIKE = Map.of("pytorch", Set.of("leaky_relu", "hardtanh", "relu6", "selu", "softshrink"), "jax", Set.of("selu"));

    /// The conventions by name; spec/7-kinks.md says what each is modelled on and where it departs from that.
    public static final List<String> CONVENTIONS = List.of("default", "pytorch", "jax", "left", "right", "mid", "minnorm");

    public static Selections of(String convention) {
        return switch (convention) {
            case "default" -> of(convention, "0", "0", "1", Map.of(), Side.CLAIMED);
            case "pytorch" -> of(convention, "0", "0", "0.5", Map.of("clip", Rational.ONE), Side.CLAIMED);
            case "jax" -> of(convention, "0", "1", "0.5",
                    Map.of("clip", Rational.HALF, "relu6", Rational.HALF, "hardtanh", Rational.ONE, "leaky_relu", Rational.ONE), Side.CLAIMED);
            case "left" -> of(convention, "0", "-1", "1", Map.of(), Side.LEFT);
            case "right" -> of(convention, "1", "1", "0", Map.of(), Side.RIGHT);
            case "mid" -> of(convention, "0.5", "0", "0.5", Map.of(), Side.MIDDLE);
            case "minnorm" -> of(convention, "0", "0", "0.5", Map.of(), Side.LEAST);
            default -> throw new IllegalArgumentException(convention);
        };
    }

    private static Selections of(String convention, String relu, String abs, String tie, Map<String, Rational> prelude, Side pieces) {
        Map<String, Rational> v = new LinkedHashMap<>();
        v.put("relu", Rational.parse(relu));
        v.put("abs", Rational.parse(abs));
        v.put("max", Rational.parse(tie));
        v.put("min", Rational.parse(tie));
        return new Selections(convention, v, prelude, Map.of(), pieces);
    }

    /// The same under another name, for a dictionary to choose on top of.
    public Selections named(String name) {
        return new Selections(name, values, prelude, points, pieces);
    }

    /// With what is chosen for a function chosen for another one too.
    Selections alike(String function, String other) {
        Selections s = values.containsKey(function) ? with(other, values.get(function)) : this;
        for (Map.Entry<Rational, Rational> e : points.getOrDefault(function, Map.of()).entrySet()) s = s.with(other, e.getKey(), e.getValue());
        return s;
    }

    public Selections with(String function, Rational value) {
        Map<String, Rational> v = new LinkedHashMap<>(values);
        v.put(function, value);
        return new Selections(convention, v, prelude, points, pieces);
    }

    public Selections with(String function, Rational point, Rational value) {
        Map<String, Map<Rational, Rational>> all = new LinkedHashMap<>(points);
        Map<Rational, Rational> own = new TreeMap<>(all.getOrDefault(function, Map.of()));
        own.put(point, value);
        all.put(function, own);
        return new Selections(convention, values, prelude, all, pieces);
    }

    /// The number at the kink of an entry of D; for a tie the weight of the first that ties.
    public Rational at(String function) {
        return values.get(function);
    }

    /// Whether a convention says something of the function; one that is modelled on a framework is silent on what that does not have.
    public boolean speaksOf(String function, boolean ofPrelude) {
        return !ALIKE.containsKey(convention) || values.containsKey(function) || points.containsKey(function)
                || ofPrelude && (prelude.containsKey(function) || ALIKE.get(convention).contains(function));
    }

    /// What is chosen for a function, or null where its own definition decides.
    ///
    /// @param ofPrelude whether it is the prelude's, and no file's own of that name
    public Choice choice(String function, boolean ofPrelude) {
        Rational value = values.get(function);
        if (value == null && ofPrelude) value = prelude.get(function);
        Map<Rational, Rational> own = points.getOrDefault(function, Map.of());
        return value == null && own.isEmpty() && pieces == Side.CLAIMED ? null : new Choice(value, own, pieces);
    }
}
