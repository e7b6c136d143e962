package nad.dictionary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Rational;

/// [kink-select] Which element of the Clarke set stands for the derivative at each kink. For a function of one variable the value is
/// that derivative; for a tie of max or min it is the weight of the first argument: 1 takes the first, 0 the last, ½
/// shares equally (1/k each among k).
public record Selections(String convention, Map<String, Rational> values) {
    public static final Selections DEFAULT = of("default");

    /// The conventions by name; spec/7-kinks.md says what each is modelled on and where it departs from that.
    public static final List<String> CONVENTIONS = List.of("default", "pytorch", "jax", "left", "right", "mid", "minnorm");

    public static Selections of(String convention) {
        return switch (convention) {
            case "default" -> of(convention, "0", "0", "1");
            case "pytorch" -> of(convention, "0", "0", "0.5").with("clip", Rational.ONE);
            case "jax" -> of(convention, "0", "1", "0.5").with("clip", Rational.HALF).with("relu6", Rational.HALF).with("hardtanh", Rational.ONE)
                    .with("leaky_relu", Rational.ONE);
            case "left" -> of(convention, "0", "-1", "1");
            case "right" -> of(convention, "1", "1", "0");
            case "mid" -> of(convention, "0.5", "0", "0.5").with("clip", Rational.HALF).with("relu6", Rational.HALF).with("hardtanh", Rational.HALF);
            case "minnorm" -> of(convention, "0", "0", "0.5");
            default -> throw new IllegalArgumentException(convention);
        };
    }

    private static Selections of(String convention, String relu, String abs, String tie) {
        Map<String, Rational> v = new LinkedHashMap<>();
        v.put("relu", Rational.parse(relu));
        v.put("abs", Rational.parse(abs));
        v.put("max", Rational.parse(tie));
        v.put("min", Rational.parse(tie));
        return new Selections(convention, v);
    }

    public Selections with(String function, Rational value) {
        Map<String, Rational> v = new LinkedHashMap<>(values);
        v.put(function, value);
        return new Selections(convention, v);
    }

    /// The selection at the kink of `function`, or null where the function's own definition decides.
    public Rational at(String function) {
        return values.get(function);
    }
}
