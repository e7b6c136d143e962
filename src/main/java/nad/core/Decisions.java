package nad.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;

/// [forward-decisions] Whether what a scan along a single direction finds only decides: which piece, or which unit vector, a derivative
/// along that same direction is taken by. Such uses are those of one-sided derivatives, positively homogeneous in the direction; any
/// other hands the value itself on.
final class Decisions {
    private final Program p;
    private final Map<Integer, List<Integer>> users = new HashMap<>();
    /// Programs are shared by threads.
    private final Map<Integer, Boolean> known = new ConcurrentHashMap<>();

    Decisions(Program p) {
        this.p = p;
        for (int i = 0; i < p.length(); i++) {
            int user = i;
            for (int k = 0; k < p.arity(i); k++) p.operand(i, k).forEachView(v -> users.computeIfAbsent(v.variable(), x -> new ArrayList<>()).add(user));
        }
        for (Operand r : p.results()) r.forEachView(v -> users.computeIfAbsent(v.variable(), x -> new ArrayList<>()).add(-1));
    }

    /// @param scan an instruction that applies a scan along a single direction
    boolean only(int scan) {
        return known.computeIfAbsent(scan, this::decide);
    }

    private boolean decide(int scan) {
        int s = p.target(scan);
        Operand d = p.operand(scan, 1);
        d = d.at(d.rank() - 1, 0);
        for (int u : of(s)) if (u < 0 || !decides(u, s, d)) return false;
        return true;
    }

    private List<Integer> of(int variable) {
        return users.getOrDefault(variable, List.of());
    }

    private boolean decides(int u, int s, Operand d) {
        Elementary f = p.operation(u);
        if (f == null) return false;
        Operand last = p.operand(u, p.arity(u) - 1);
        if (f.declared != null) return f.inPrime && f.name.contains("'L") && !mentions(last, s);
        return switch (f.name) {
            case "relu'", "abs'", "max'", "min'" -> p.ref(u, 0) == s && last.equals(d);
            case "max'1", "max'2", "min'1", "min'2" -> wins(u, s, d, last);
            case "norm2", "hypot" -> of(p.target(u)).stream().allMatch(w -> w >= 0 && isRadial(w) && p.ref(w, 0) == p.target(u) && !mentions(p.operand(w, 1), p.target(u)));
            case "*" -> isProduct(u, s, d) && reachesRadial(p.target(u), s);
            default -> false;
        };
    }

    /// One of two that tie: the other has its part too, unless it does not move.
    private boolean wins(int u, int s, Operand d, Operand last) {
        String name = p.operation(u).name;
        int k = name.charAt(name.length() - 1) - '1';
        if (!part(p.operand(u, 0), s, 0) || !part(p.operand(u, 1), s, 1) || !last.equals(d.at(d.rank() - 1, k))) return false;
        if (d.at(d.rank() - 1, 1 - k) instanceof Operand.Constant) return true;
        String other = name.substring(0, name.length() - 1) + (2 - k);
        return of(s).stream().anyMatch(w -> w >= 0 && p.operation(w) != null && p.operation(w).name.equals(other));
    }

    private boolean part(Operand o, int s, int k) {
        Operand whole = p.operand(s);
        return whole.rank() > 0 && o.equals(whole.at(whole.rank() - 1, k));
    }

    /// The direction times what was found, entry for entry.
    private boolean isProduct(int u, int s, Operand d) {
        Operand a = p.operand(u, 0);
        Operand b = p.operand(u, 1);
        if (mentions(a, s) == mentions(b, s)) return false;
        Operand found = mentions(a, s) ? a : b;
        Operand other = found == a ? b : a;
        if (found.equals(p.operand(s))) return other.equals(d);
        for (int k = 0; k < 2; k++) if (d.rank() > 0 && k < d.shape()[d.rank() - 1] && part(found, s, k) && other.equals(d.at(d.rank() - 1, k))) return true;
        return false;
    }

    /// Whether a value is used in sums alone that are divided by the norm of what was found.
    private boolean reachesRadial(int variable, int s) {
        for (int w : of(variable)) {
            if (w < 0 || p.operation(w) == null) return false;
            Elementary f = p.operation(w);
            if (isRadial(w) ? mentions(p.operand(w, 0), variable) || !isNorm(p.ref(w, 0), s) : f != Standard.ADD && f != Standard.SUM || !reachesRadial(p.target(w), s)) return false;
        }
        return true;
    }

    private boolean isRadial(int i) {
        return p.operation(i) != null && p.operation(i).name.equals("norm2'");
    }

    private boolean isNorm(int variable, int s) {
        int i = variable < 0 ? -1 : p.definition(variable);
        if (i < 0 || p.operation(i) == null || !p.operation(i).name.equals("norm2") && !p.operation(i).name.equals("hypot")) return false;
        for (int k = 0; k < p.arity(i); k++) if (!mentions(p.operand(i, k), s)) return false;
        return true;
    }

    private static boolean mentions(Operand o, int variable) {
        boolean[] found = new boolean[1];
        o.forEachView(v -> found[0] |= v.variable() == variable);
        return found[0];
    }
}
