package nad.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.check.Files.Refused;
import nad.report.Interrupt;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Tensor;

/// The numbers of one array as a text gives them: decimals and quotients (`-1.5e-3`, `3/4`), exactly or rounded once.
final class Numbers {
    private static final String DECIMAL = "[+-]?+(?:[0-9]++\\.?+[0-9]*+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+";
    private static final Pattern NUMBER = Pattern.compile("(" + DECIMAL + ")(?:/([0-9]+))?");
    private static final Pattern NOT_FINITE = Pattern.compile("[+-]?(nan|inf|infinity)");
    /// Longer numbers are refused.
    static final int LONGEST = 1 << 20;
    /// Longer exact ones, and those of more digits before or after the point, would take forever to expand.
    private static final int LONGEST_EXACT = 20_000;
    private static final int MOST_DIGITS = 400;

    private final Content content;
    private double[] real;
    private Quantity[] exact;
    private int size;
    private Span notFinite;

    Numbers(Content content) {
        this.content = content;
        if (content.exact) exact = new Quantity[8];
        else real = new double[8];
    }

    /// Whether a text is meant as a number, be it NaN.
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches() || isNotFinite(text);
    }

    private static boolean isNotFinite(String text) {
        return text.length() <= 9 && NOT_FINITE.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }

    /// Adds a number, in any case one. Null, or what is wrong with it.
    ///
    /// @throws Refused if there are more than there is room for
    Problem add(String text, Supplier<Span> at) throws Refused {
        Interrupt.heed();
        if (isNotFinite(text)) {
            if (notFinite == null) notFinite = at.get();
            String word = text.toLowerCase(Locale.ROOT);
            put(word.endsWith("nan") ? Double.NaN : word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
            return null;
        }
        int longest = real != null && text.indexOf('/') < 0 ? LONGEST : LONGEST_EXACT;
        Matcher m = text.length() <= longest ? NUMBER.matcher(text) : null;
        if (m == null || !m.matches()) {
            put(0);
            return m == null ? new Problem.NumberTooLarge(at.get(), text) : new Problem.BadInput(at.get(), "`" + text + "`", "it is no number");
        }
        return real != null && m.group(2) == null ? addReal(text, at) : addExact(m, at);
    }

    private Problem addReal(String text, Supplier<Span> at) throws Refused {
        double d = Double.parseDouble(text);
        put(d);
        return Double.isInfinite(d) ? new Problem.NumberTooLarge(at.get(), text) : null;
    }

    private Problem addExact(Matcher m, Supplier<Span> at) throws Refused {
        BigDecimal d = decimal(m.group(1));
        BigInteger over = m.group(2) == null ? BigInteger.ONE : new BigInteger(m.group(2));
        if (d == null || over.signum() == 0) {
            put(0);
            return d == null ? new Problem.NumberTooLarge(at.get(), m.group()) : new Problem.DivisionByZero(at.get());
        }
        Rational r = Rational.of(d);
        put(over.equals(BigInteger.ONE) ? r : r.over(Rational.of(over, BigInteger.ONE)));
        return null;
    }

    private static BigDecimal decimal(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e >= 0 && text.substring(e + 1).replaceFirst("^[+-]?0*", "").length() > 5) return null;
        BigDecimal d = new BigDecimal(text);
        if (d.signum() == 0) return BigDecimal.ZERO;
        int digits = d.precision() - d.scale();
        return digits > MOST_DIGITS || digits < -MOST_DIGITS ? null : d;
    }

    private void put(double d) throws Refused {
        grow();
        if (exact == null) real[size++] = d;
        else exact[size++] = d == 0 ? Rational.ZERO : new Real(d);
    }

    private void put(Rational r) throws Refused {
        grow();
        if (exact == null) real[size++] = r.toDouble();
        else exact[size++] = r;
    }

    private void grow() throws Refused {
        int room = exact == null ? real.length : exact.length;
        if (size < room) return;
        content.requireRoom(size + 1L);
        int more = (int) Math.min(2L * room, content.room.mostEntries(content.exact));
        if (exact == null) real = Arrays.copyOf(real, Math.max(more, size + 1));
        else exact = Arrays.copyOf(exact, Math.max(more, size + 1));
    }

    int size() {
        return size;
    }

    /// Columns of one length, beside each other.
    static Given columns(Span at, List<Numbers> columns) {
        int n = columns.size();
        Numbers first = columns.getFirst();
        int[] shape = {first.size, n};
        Span notFinite = columns.stream().map(c -> c.notFinite).filter(Objects::nonNull).min(Comparator.comparingInt(Span::begin)).orElse(null);
        double[] real = first.exact == null ? new double[first.size * n] : null;
        Quantity[] exact = first.exact == null ? null : new Quantity[first.size * n];
        for (int k = 0; k < first.size * n; k++)
            if (real != null) real[k] = columns.get(k % n).real[k / n];
            else exact[k] = columns.get(k % n).exact[k / n];
        return new Given(at, real != null ? Tensor.of(shape, real) : Tensor.of(shape, exact), notFinite);
    }

    /// The numbers added so far, in a shape of that many entries.
    Given given(Span at, int[] shape) {
        Tensor t = exact == null ? Tensor.of(shape, Arrays.copyOf(real, size)) : Tensor.of(shape, Arrays.copyOf(exact, size));
        return new Given(at, t, notFinite);
    }
}
