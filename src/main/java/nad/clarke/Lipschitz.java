package nad.clarke;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.core.Activity;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Elementary;
import nad.dictionary.Selections;
import nad.run.Interpreter;
import nad.run.Tensor;

/// [clarke-lipschitz] Whether P is known to be locally Lipschitz around a point: each statement that the result depends on, and that
/// depends on a differentiated parameter, is asked at its arguments. Without that no limit of gradients says anything: the root of t for
/// positive t, else 0, has the one-sided derivative 0 from the left at 0, and no Clarke subdifferential.
public final class Lipschitz {
    private final Program watched;
    /// The statements that are not locally Lipschitz everywhere.
    private final List<Integer> asked = new ArrayList<>();

    /// @param wrt for each parameter whether it is differentiated by
    public Lipschitz(Program p, boolean[] wrt) {
        Activity activity = new Activity(p, wrt);
        List<Operand> read = new ArrayList<>();
        for (int i = 0; i < p.length(); i++) {
            Elementary f = p.operation(i);
            if (f == null || f.kind != Elementary.Kind.POINTWISE || f.margin == null || !activity.needed(p.target(i))) continue;
            asked.add(i);
            for (int k = 0; k < p.arity(i); k++) read.add(p.operand(i, k));
        }
        this.watched = asked.isEmpty() ? null : ProgramBuilder.extending(p, p.name()).build(read);
    }

    /// The first statement that may not be locally Lipschitz around its arguments; −1 where there is none.
    public int violatedAt(Map<String, Tensor> at, Arithmetic arithmetic) throws Interpreter.Stopped {
        if (watched == null) return -1;
        List<Tensor> seen = Interpreter.run(watched, at, arithmetic, Selections.DEFAULT, false).results();
        int next = 0;
        for (int i : asked) {
            Elementary f = watched.operation(i);
            List<Tensor> x = seen.subList(next, next + watched.arity(i));
            next += x.size();
            for (int e = 0; e < x.getFirst().size(); e++) {
                Quantity[] arguments = new Quantity[x.size()];
                for (int k = 0; k < arguments.length; k++) arguments[k] = x.get(k).get(e);
                if (!f.isLipschitz(Interval.alike(arguments))) return i;
            }
        }
        return -1;
    }
}
