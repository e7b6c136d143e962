package nad.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import nad.dictionary.Elementary;
import nad.report.Problem;
import nad.report.Span;

/// [back-needed] Which variables a derivative needs: those that depend on a parameter that is differentiated by, and that reach a result.
public final class Activity {
    private final Program p;
    private static final byte ACTIVE = 1;
    private static final byte USEFUL = 2;

    /// In bits, for each variable: whether it depends on such a parameter, and whether it reaches a result.
    private final byte[] facts;

    /// @param wrt for each parameter whether it is differentiated by
    public Activity(Program p, boolean[] wrt) {
        this(p, wrt, false);
    }

    /// @param held whether the scans' decisions are taken as given, so that no derivative passes through them
    public Activity(Program p, boolean[] wrt, boolean held) {
        this.p = p;
        this.facts = new byte[p.variables()];
        for (int k = 0; k < wrt.length; k++) if (wrt[k]) facts[p.parameters().get(k).variable()] = ACTIVE;
        if (all(wrt) && !scans()) {
            for (int v = 0; v < facts.length; v++) if (p.dependent(v)) facts[v] = ACTIVE;
            markUseful(p, facts);
            return;
        }
        for (int i = 0; i < p.length(); i++) {
            if (held && p.operation(i) != null && p.operation(i).kind == Elementary.Kind.SCAN) continue;
            boolean a = false;
            for (int k = 0; k < p.arity(i) && !a; k++) a = touchesActive(p.ref(i, k)) && p.carries(i, k);
            if (a) facts[p.target(i)] |= ACTIVE;
        }
        markUseful(p, facts);
    }

    private static boolean all(boolean[] wrt) {
        for (boolean w : wrt) if (!w) return false;
        return true;
    }

    private boolean scans() {
        for (Elementary f : p.operations()) if (f.kind == Elementary.Kind.SCAN) return true;
        return false;
    }

    /// Which variables reach a result.
    public static IntPredicate useful(Program p) {
        byte[] facts = new byte[p.variables()];
        markUseful(p, facts);
        return v -> facts[v] == USEFUL;
    }

    private static void markUseful(Program p, byte[] facts) {
        for (Operand r : p.results()) r.forEachView(v -> facts[v.variable()] |= USEFUL);
        for (int i = p.length() - 1; i >= 0; i--)
            if ((facts[p.target(i)] & USEFUL) != 0) for (int k = 0; k < p.arity(i); k++) mark(p, p.ref(i, k), facts);
    }

    /// For each parameter whether it is among those named; null stands for all that are not data. Null where a name is unknown
    /// or the program has adjoint blocks, which is told.
    public static boolean[] wrt(Program p, List<String> names, List<Problem> problems) {
        if (p.blocks() > 0) {
            problems.add(new Problem.Misplaced(p.span(p.blockStart(0)), "an adjoint block", "a program that is differentiated: its blocks must become statements first"));
            return null;
        }
        boolean[] wrt = new boolean[p.parameters().size()];
        for (int k = 0; k < wrt.length; k++) wrt[k] = names == null && !p.parameters().get(k).data();
        if (names == null) return wrt;
        List<String> known = p.parameters().stream().map(Program.Parameter::name).toList();
        for (String n : names) {
            if (known.contains(n)) wrt[known.indexOf(n)] = true;
            else problems.add(new Problem.UnknownWrt(Span.NONE, n, known));
        }
        return known.containsAll(names) ? wrt : null;
    }

    private boolean touchesActive(int ref) {
        if (ref >= 0) return (facts[ref] & ACTIVE) != 0;
        return switch (p.operand(ref)) {
            case Operand.View v -> (facts[v.variable()] & ACTIVE) != 0;
            case Operand.Constant c -> false;
            case Operand.Stack s -> {
                boolean[] found = new boolean[1];
                s.forEachView(v -> found[0] |= (facts[v.variable()] & ACTIVE) != 0);
                yield found[0];
            }
        };
    }

    private static void mark(Program p, int ref, byte[] facts) {
        if (ref >= 0) facts[ref] |= USEFUL;
        else if (p.operand(ref) instanceof Operand.View v) facts[v.variable()] |= USEFUL;
        else p.operand(ref).forEachView(v -> facts[v.variable()] |= USEFUL);
    }

    public boolean needed(int variable) {
        return facts[variable] == (ACTIVE | USEFUL);
    }

    /// Whether any of the operand's variables is needed.
    public boolean needed(Operand o) {
        boolean[] found = new boolean[1];
        o.forEachView(v -> found[0] |= needed(v.variable()));
        return found[0];
    }

    public boolean neededRef(int ref) {
        return ref >= 0 ? needed(ref) : needed(p.operand(ref));
    }

    /// [back-refused] Each statement that is needed and whose entry has no derivative there, one problem for a place in the text.
    public List<Problem> refusals() {
        List<Problem> out = new ArrayList<>();
        Set<Span> told = new HashSet<>();
        for (int i = 0; i < p.length(); i++) {
            Elementary f = p.operation(i);
            if (f == null || !needed(p.target(i)) || accepted(i, f)) continue;
            if (told.add(p.span(i))) out.add(new Problem.NotPathDifferentiable(p.span(i), f.name, f.caveat));
        }
        return out;
    }

    /// A prime is linear in its last argument, and has a derivative where only that one is needed.
    private boolean accepted(int i, Elementary f) {
        if (!f.differentiable()) return false;
        if (f.smoothness != Elementary.Smoothness.DISCONTINUOUS) return true;
        for (int k = 0; k < p.arity(i); k++) {
            int arg = k;
            if (neededRef(p.ref(i, k)) && f.rule(p.rank(i)).stream().noneMatch(c -> c.arg() == arg)) return false;
        }
        return true;
    }
}
