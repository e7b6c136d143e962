package nad.check;

import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import nad.core.Activity;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;

/// What a program computes for nothing: definitions that are never read, and statements that only such use.
final class Unused {
    private final Map<Span, String> unused = new LinkedHashMap<>();
    private final Set<Span> used = new HashSet<>();
    /// The variables of unused values.
    private final BitSet told = new BitSet();

    /// A name's definition ends: another takes its place, or the text is over.
    ///
    /// @param maybeAgain whether the same text may be written out several times, and be used here and not there
    void release(Binding old, String name, Elaborator.Frame f, boolean maybeAgain) {
        if (!(old instanceof Binding.Known k) || f.items.prelude) return;
        if (!k.used) {
            unused.put(f.span(k.at), name);
            k.value.operand().forEachView(v -> told.set(v.variable()));
        } else if (maybeAgain) used.add(f.span(k.at));
    }

    /// Warns of them, when all definitions were released.
    void warn(List<Problem> problems) {
        unused.keySet().removeAll(used);
        unused.forEach((at, name) -> problems.add(new Problem.UnusedValue(at, name)));
    }

    /// Statements that only others without an effect on the result use. Of one that is written out several times all must be such.
    void warnDead(Program p, BitSet temporaries, Source source, List<Problem> problems) {
        IntPredicate useful = Activity.useful(p);
        Map<Span, String> dead = new LinkedHashMap<>();
        for (int i = 0; i < p.length(); i++) {
            int v = p.target(i);
            if (!useful.test(v) && !told.get(v) && !temporaries.get(v) && p.span(i).source() == source) dead.putIfAbsent(p.span(i), p.name(v));
        }
        if (dead.isEmpty()) return;
        for (int i = 0; i < p.length(); i++) if (useful.test(p.target(i))) dead.remove(p.span(i));
        dead.forEach((at, name) -> problems.add(new Problem.DeadStatement(at, name)));
    }
}
