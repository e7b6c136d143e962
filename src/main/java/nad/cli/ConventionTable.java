package nad.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.check.Kinks;
import nad.dictionary.Choice;
import nad.dictionary.Elementary;
import nad.dictionary.Kink;
import nad.dictionary.Selections;

/// What each convention selects at the kinks of each entry, where that is not the default, and where it departs from the framework that
/// it is named after.
final class ConventionTable {
    private static final String DIFFERENT = "*";
    private static final String SILENT = "°";
    /// A tie in a row is shown for so many entries.
    private static final int ROW = 3;
    private static final int POINTS = 34;

    private static final String WORDS = """
            claims, other, left, … : the derivative of the piece that claims the kink; of the other piece, or a share of it; of the piece
            that is entered where the first variable falls (left) or rises (right); the mean of all; what of them is nearest to 0
            """;

    private ConventionTable() {}

    /// For each kink of an entry the place, such as `at 0`.
    private static Map<String, Kink> kinks(Elementary e, Selections s) {
        Map<String, Kink> out = new LinkedHashMap<>();
        if (e.kink == null || e.inPrime) return out;
        if (e.declared == null) {
            Rational[] zeros = new Rational[e.kind == Elementary.Kind.POINTWISE ? e.arity : ROW];
            Arrays.fill(zeros, Rational.ZERO);
            Kink k = e.kink.at(zeros, s);
            out.put(k.set().equals("simplex") ? "ties" : "0", k);
        } else if (e.arity == 1) Kinks.of(e, s).forEach((t, k) -> out.put(t.literal(), k));
        else if (bends(e)) out.put("where pieces meet", null);
        return out;
    }

    /// Whether gradients differ anywhere that pieces of a declared function of several variables meet (those of huber agree), as far as
    /// points near such places show. The variables behind the first are taken positive there: they are widths, slopes, ends of ranges.
    private static boolean bends(Elementary e) {
        for (int n = 0; n < POINTS; n++) {
            Quantity[] x = new Quantity[e.arity];
            for (int k = 0; k < x.length; k++) x[k] = Rational.of((n * (2 * k + 3) + 5 * k) % 17 + (k == 0 ? -8 : 1), 2);
            try {
                if (e.near.to(x, 0, Selections.DEFAULT) != null) return true;
            } catch (ArithmeticException leaves) {
                return true;
            }
        }
        return false;
    }

    /// What is selected at a kink; null stands for that of a declared function of several variables.
    private static String selected(Elementary e, Kink k, Selections s) {
        if (k == null) return ofPieces(s.choice(e.name, e.declared.prelude()));
        List<Quantity> q = k.selected();
        if (k.set().equals("ball") || q.size() == 1) return text(q.getFirst());
        boolean shared = q.stream().allMatch(q.getFirst()::equals);
        return shared ? text(q.getFirst()) + " each" : q.stream().map(ConventionTable::text).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String text(Quantity q) {
        return q instanceof Rational r ? r.literal() : Numbers.text(q, Arithmetic.FLOAT64);
    }

    private static String ofPieces(Choice c) {
        if (c == null) return "claims";
        if (c.value() != null) return c.value().sign() == 0 ? "claims" : c.value().equals(Rational.ONE) ? "other" : c.value().literal() + " other";
        return switch (c.side()) {
            case CLAIMED -> "claims";
            case LEFT -> "left";
            case RIGHT -> "right";
            case MIDDLE -> "mean";
            case LEAST -> "least";
        };
    }

    /// The selections in force at the kinks of an entry, for a column of the dictionary's table.
    static String inForce(Elementary e, Selections s) {
        List<String> parts = new ArrayList<>();
        kinks(e, s).forEach((at, k) -> parts.add(at + ": " + selected(e, k, s) + (k != null && e.clarke != null && k.set().equals("interval")
                ? " in [" + e.clarke[0].literal() + ", " + e.clarke[1].literal() + "]" : "")));
        return String.join("; ", parts);
    }

    static String text(List<Elementary> entries) {
        List<String> head = new ArrayList<>(List.of("operation", "kink"));
        head.addAll(Selections.CONVENTIONS);
        Table table = new Table(head.toArray(String[]::new));
        StringBuilder notes = new StringBuilder();
        boolean any = false;
        boolean silent = false;
        boolean words = false;
        for (Elementary e : entries) {
            for (String at : kinks(e, Selections.DEFAULT).keySet()) {
                any = true;
                List<String> row = new ArrayList<>(List.of(DictionaryCommand.call(e), at));
                for (String c : Selections.CONVENTIONS) row.add(cell(e, at, c));
                silent |= row.toString().contains(SILENT);
                words |= e.declared != null && e.arity > 1;
                table.row(row.toArray(String[]::new));
            }
            e.departures.forEach((c, does) -> notes.append(DictionaryCommand.call(e)).append(" at 0: what ").append(c).append(" is modelled on returns ").append(does).append('\n'));
        }
        if (!any) return "";
        return "selections at kinks by convention\n\n" + table + "\n" + DIFFERENT + " not the default's\n"
                + (silent ? SILENT + " the convention says nothing of it\n" : "") + (words ? WORDS : "") + notes;
    }

    private static String cell(Elementary e, String at, String convention) {
        Selections s = Selections.of(convention);
        String own = selected(e, kinks(e, s).get(at), s);
        return own + (own.equals(selected(e, kinks(e, Selections.DEFAULT).get(at), Selections.DEFAULT)) ? "" : DIFFERENT)
                + (s.speaksOf(e.name, e.declared != null && e.declared.prelude()) || e.declared == null ? "" : SILENT);
    }

    /// By kink, and for each by convention.
    static Map<String, Object> object(Elementary e) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (String at : kinks(e, Selections.DEFAULT).keySet()) {
            Map<String, Object> by = new LinkedHashMap<>();
            for (String c : Selections.CONVENTIONS) by.put(c, selected(e, kinks(e, Selections.of(c)).get(at), Selections.of(c)));
            out.put(at, by);
        }
        return out;
    }
}
