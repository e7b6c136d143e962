package nad.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.core.Operand;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.Parser;
import nad.syntax.Tree;

/// Values that are given outside of a file, as constant expressions of the language: `x = 1.5, v = [1, 2/3, pi]`.
public final class Constants {
    private static final int DEEPEST = 1000;

    /// @param value exact where it is rational; null where it is wrong, which was told
    public record Setting(String name, Span nameAt, Span valueAt, Operand.Constant value) {}

    private final Source source;
    private final Elaborator.Frame frame;
    private final List<Problem> problems;

    private Constants(Source source, Items scope, Map<String, Integer> sizes, List<Problem> problems) {
        this.source = source;
        this.frame = Elaborator.scratch(scope, source, problems);
        this.problems = problems;
        sizes.forEach((name, n) -> frame.names.put(name, new Binding.Index(Affine.of(n))));
    }

    /// Reads and evaluates settings.
    ///
    /// @param scope the items whose names may be used, or null for the prelude's
    /// @param sizes size parameters that may be used, with their values
    /// @return the settings in order, or null where the text is none
    public static List<Setting> read(Source source, Items scope, Map<String, Integer> sizes, List<Problem> problems) {
        Source text = new Source(source.name(), Parser.normalized(source.text()));
        List<Tree.Const> settings = Parser.settings(text, problems);
        if (settings == null) return null;
        Constants c = new Constants(text, scope == null ? Checker.PRELUDE : scope, sizes, problems);
        List<Setting> out = new ArrayList<>();
        Map<String, Span> seen = new HashMap<>();
        for (Tree.Const s : settings) {
            Setting read = c.setting(s);
            Span first = seen.putIfAbsent(read.name, read.nameAt);
            if (first == null) out.add(read);
            else problems.add(new Problem.DefinedTwice(read.nameAt, read.name, first));
        }
        return out;
    }

    private Setting setting(Tree.Const s) {
        Span at = Tree.span(source, s.value().at());
        return new Setting(s.name().text(), Tree.span(source, s.name().at()), at, value(s.value(), at, "`" + s.name().text() + "`"));
    }

    private Operand.Constant value(Tree.Expr e, Span at, String what) {
        try {
            Value v = frame.expressions.value(e);
            if (v.operand() instanceof Operand.Constant c) return c;
            problems.add(new Problem.NotConstant(at, what));
        } catch (Mistake m) {
            if (m.problem != null) problems.add(m.problem);
        } catch (StackOverflowError deep) {
            problems.add(new Problem.TooDeep(at, DEEPEST));
        }
        return null;
    }
}
