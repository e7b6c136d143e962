package nad.check;

import java.util.ArrayList;
import java.util.List;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.report.Problem;
import nad.report.Span;
import nad.syntax.Tree;
import nad.tensor.Layout;

/// Assignments inside a dump's adjoint blocks: they write to bars in place.
final class BlockWriter {
    private final Elaborator elaborator;
    private final Elaborator.Frame frame;
    private final ProgramBuilder program;

    BlockWriter(Elaborator elaborator, Elaborator.Frame frame) {
        this.elaborator = elaborator;
        this.frame = frame;
        this.program = elaborator.program;
    }

    void write(Tree.Assign a) {
        Binding b = frame.names.get(a.target().text());
        Span at = frame.span(a.at());
        if (a.subscripts() == null && a.relation().equals("=")) {
            if (b instanceof Binding.Bar bar) throw new Mistake(new Problem.SetTwice(frame.span(a.target().at()), a.target().text(), frame.span(bar.at())));
            if (!a.clauses().isEmpty()) throw new Mistake(new Problem.Misplaced(frame.span(a.clauses().getFirst().at()), "`for`", "an assignment to a whole value"));
            frame.names.put(a.target().text(), new Binding.Bar(define(a, at), a.target().at()));
            return;
        }
        if (b instanceof Binding.Unknown) throw new Mistake(null);
        if (!(b instanceof Binding.Bar bar)) throw new Mistake(new Problem.NotABar(frame.span(a.target().at()), a.target().text()));
        Program.Kind kind = switch (a.relation()) {
            case "=" -> Program.Kind.SET;
            case "+=" -> Program.Kind.ADD;
            default -> Program.Kind.SUBTRACT;
        };
        write(a, bar.variable(), kind, a.clauses());
    }

    /// All entries at once; where a subscript is no affine one, one after the other along its index.
    private void write(Tree.Assign a, int bar, Program.Kind kind, List<Tree.Range> clauses) {
        ProgramBuilder.Mark mark = program.mark();
        List<Value.Axis> axes = new ArrayList<>();
        try {
            frame.expressions.comprehensions.withAxes(clauses, axes, () -> {
                Value whole = Value.of(program.operand(bar));
                Value place = a.subscripts() == null ? whole : frame.expressions.index(whole, a.subscripts());
                Value source = frame.expressions.value(a.value());
                elaborator.requireFits(source, place.own(), a, frame);
                program.write(kind, program.ref(place.spread(axes, place.own())), program.ref(source.spread(axes, place.own())), frame.span(a.at()));
                return null;
            });
        } catch (NeedsUnrolling n) {
            program.rollback(mark);
            frame.expressions.comprehensions.forEach(clauses.getFirst(), () -> write(a, bar, kind, clauses.subList(1, clauses.size())));
        }
    }

    /// A new bar: zeros, the result of an operation, or a copy.
    private int define(Tree.Assign a, Span at) {
        String name = a.target().text();
        if (a.value() instanceof Tree.Call c && c.name().text().equals("zeros") && c.prime() == null) {
            int[] shape = frame.expressions.integers.shape(c.arguments().stream().map(Tree.Argument::value).toList());
            int v = program.variable(name, shape);
            program.zeros(v, at);
            return v;
        }
        int mark = program.variables();
        Value v = frame.expressions.value(a.value());
        if (v.operand() instanceof Operand.View w && w.variable() >= mark && w.variable() == program.variables() - 1
                && w.layout().isWhole(program.shape(w.variable())) && program.target(program.length() - 1) == w.variable()) {
            program.rename(w.variable(), name);
            return w.variable();
        }
        int[] shape = v.own();
        int bar = program.variable(name, shape);
        program.write(Program.Kind.SET, program.ref(new Operand.View(bar, Layout.whole(shape))), program.ref(v.operand()), at);
        return bar;
    }
}
