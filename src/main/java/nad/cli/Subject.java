package nad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nad.repl.Session;
import nad.report.Problem;
import nad.report.Span;
import nad.syntax.Mentions;
import nad.syntax.Parser;
import nad.syntax.Tree;

/// What a command at the prompt is about: a program of a text, and values of its parameters.
///
/// @param open whether a parameter has no value
record Subject(String program, String text, List<String> at, boolean open) {
    /// A value of the session, a program, or any expression; what was set last where nothing is said.
    static Subject of(Workbench bench, String what) throws Refusal {
        Session s = bench.state().session();
        if (what.isEmpty()) {
            what = bench.state().subject();
            if (what == null) throw new Refusal(new Problem.MissingArgument(Span.NONE, "a value, a program or an expression"));
        }
        if (s.knows(what)) return of(bench.isFunction(what) ? s.returning(List.of(what)) : s.program(what));
        Pipeline pipe = bench.read(s.declarations());
        List<String> parameters = pipe.checker().parameters(what);
        if (parameters != null) {
            List<String> at = new ArrayList<>();
            for (String p : parameters) if (s.inputs().containsKey(p)) at.add(p + " = " + s.inputs().get(p).value());
            return new Subject(what, s.declarations().text(), at, at.size() < parameters.size());
        }
        List<Problem> problems = new ArrayList<>();
        Tree.Expr e = Parser.expression(bench.placed(what, s.nextLine() + 1), problems);
        if (!problems.isEmpty()) throw new Refusal(problems);
        Set<String> reads = Mentions.of(e).read();
        return of(s.returning(what, reads));
    }

    private static Subject of(Session.Document d) {
        return new Subject(d.program(), d.text(), d.at(), false);
    }
}
