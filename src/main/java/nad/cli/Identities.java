package nad.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.clarke.Contradictions;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;

/// [kink-identities] Which identities between functions with kinks a row of selections breaks. The identities are programs of the resource
/// `identities.nad`, 0 everywhere; backprop at 0 says whether their derivative is 0 too, and [Contradictions] which operations are at odds.
final class Identities {
    private static final Pattern SIDES = Pattern.compile("program (\\w+).*\\n  left = (.*)\\n  right = (.*)\\n");

    /// @param text       such as `relu(x) + relu(-x) = abs(x)`
    /// @param derivative of the left side minus that of the right, by parameter
    /// @param operations those whose selections contradict each other
    record Broken(String text, List<Quantity> derivative, Set<String> operations) {}

    /// @param looked at how many identities
    record Check(int looked, List<Broken> broken) {}

    private Identities() {}

    /// @param only identities of these operations with kinks only; null for all
    static Check of(Selections selections, List<String> only) {
        String text = text();
        Checker c = Checker.readText(new DiskFiles(), "identities.nad", text);
        List<Broken> broken = new ArrayList<>();
        int looked = 0;
        for (MatchResult m : SIDES.matcher(text).results().toList()) {
            Program p = c.elaborate(m.group(1), Checker.Options.STANDARD);
            if (only != null && !Arrays.stream(p.operations()).filter(f -> f.kink != null).map(f -> f.name).allMatch(only::contains)) continue;
            looked++;
            Broken b = broken(p, m.group(2) + " = " + m.group(3), selections);
            if (b != null) broken.add(b);
        }
        return new Check(looked, broken);
    }

    private static Broken broken(Program p, String text, Selections selections) {
        try {
            return broken(p, text, selections, Arithmetic.RATIONAL);
        } catch (Interpreter.Stopped leaves) {
            return inDoubles(p, text, selections);
        }
    }

    private static Broken inDoubles(Program p, String text, Selections selections) {
        try {
            return broken(p, text, selections, Arithmetic.FLOAT64);
        } catch (Interpreter.Stopped e) {
            throw new IllegalStateException(e.problem.toString());
        }
    }

    private static Broken broken(Program p, String text, Selections selections, Arithmetic arithmetic) throws Interpreter.Stopped {
        Map<String, Tensor> zero = new LinkedHashMap<>();
        for (Program.Parameter x : p.parameters()) zero.put(x.name(), Tensor.of(x.shape(), new Rational[] {Rational.ZERO}));
        List<Problem> problems = new ArrayList<>();
        Run run = Interpreter.run(Backprop.of(p, null, problems), zero, arithmetic, selections, false);
        List<Quantity> derivative = run.results().stream().skip(1).map(t -> t.get(0)).toList();
        if (derivative.stream().allMatch(q -> q.sign() == 0)) return null;
        Set<String> operations = new TreeSet<>();
        for (Contradictions.Contradiction c : Contradictions.of(p, null, zero, arithmetic, selections, problems)) {
            operations.add(p.operation(c.first()).name);
            operations.add(p.operation(c.second()).name);
        }
        return new Broken(text, derivative, operations);
    }

    private static String text() {
        try (InputStream in = Identities.class.getResourceAsStream("/nad/identities.nad")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Check c) {
        if (c.looked == 0) return "";
        if (c.broken.isEmpty()) return "identities: these selections break none of " + c.looked + '\n';
        Table t = new Table("identity", "derivatives at 0 differ by", "contradict each other");
        for (Broken b : c.broken) t.row(b.text, b.derivative.stream().map(Identities::text).collect(Collectors.joining(", ")), String.join(", ", b.operations));
        return "identities that these selections break: " + c.broken.size() + " of " + c.looked + "\n\n" + t;
    }

    private static String text(Quantity q) {
        return q instanceof Rational r ? r.literal() : Numbers.text(q, Arithmetic.FLOAT64);
    }

    static List<Map<String, Object>> object(Check c) {
        List<Map<String, Object>> out = new ArrayList<>();
        for (Broken b : c.broken) {
            Map<String, Object> x = new LinkedHashMap<>();
            x.put("identity", b.text);
            x.put("derivatives_differ_by", b.derivative.stream().map(Identities::text).toList());
            x.put("contradict", List.copyOf(b.operations));
            out.add(x);
        }
        return out;
    }
}
