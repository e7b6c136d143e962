package nad.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import nad.core.Operand;
import nad.core.Program;
import nad.report.Interrupt;
import nad.tensor.Shapes;

/// The computational graph of a program in Graphviz's language: parameters, statements and results from top to bottom, an
/// edge from each value to the statements that read it. Where the program has adjoint blocks, each bar stands beside its
/// variable, and dashed edges lead from the bar of a statement to the bars that its block contributes to: the reverse sweep
/// runs them upwards.
public final class Dot {
    private static final int LONGEST = 48;
    private static final int OUTSIDE = -1;
    private static final int UNUSED = -2;

    private final Program p;
    private final IntFunction<String> text;
    private final StringBuilder out = new StringBuilder();
    private final int forward;
    /// For each variable of the reverse sweep that lives within one block only, the bars and inputs that it is made of.
    private final Map<Integer, Set<Integer>> local = new HashMap<>();
    /// For each variable the only block that reads it; OUTSIDE where it is read elsewhere or by several.
    private final int[] readBy;
    /// The variables of the forward part by name.
    private final Map<String, Integer> numbers = new HashMap<>();

    private Dot(Program p) {
        this.p = p;
        this.text = Printer.statements(p);
        this.readBy = new int[p.variables()];
        int first = 0;
        while (first < p.forwardLength() && p.kind(first) == Program.Kind.APPLY) first++;
        this.forward = p.blocks() == 0 ? p.length() : first;
        for (int v = 0; v < p.variables(); v++) if (p.isNamed(v) && isForward(v)) numbers.put(p.name(v), v);
    }

    public static String print(Program p) {
        Dot d = new Dot(p);
        d.program();
        return d.out.toString();
    }

    private void program() {
        out.append("digraph ").append(quoted(p.name())).append(" {\n");
        out.append("  rankdir=TB; nodesep=0.3; ranksep=0.4;\n");
        out.append("  node [fontname=\"Helvetica\", fontsize=11, shape=box, style=\"rounded,filled\", fillcolor=white, margin=\"0.12,0.06\"];\n");
        out.append("  edge [arrowsize=0.6, color=\"#444444\"];\n");
        for (Program.Parameter x : p.parameters())
            node(x.variable(), declared(x.name(), x.shape()) + (x.data() ? "\ndata" : ""), x.data() ? "#e8e8e8" : "#cfe3f7");
        for (int i = 0; i < forward; i++) {
            if (p.name(p.target(i)) == null) continue;
            node(p.target(i), shortened(text.apply(i)) + shapeOf(p.target(i)), "#ffffff");
            for (int v : inputs(i)) edge(v, p.target(i), "");
        }
        List<Operand> results = p.results();
        for (int k = 0; k < results.size(); k++) result(k, results.get(k));
        if (p.blocks() > 0) adjoints();
        out.append("}\n");
    }

    private void result(int k, Operand r) {
        boolean gradient = false;
        Set<Integer> from = new LinkedHashSet<>();
        r.forEachView(v -> from.add(v.variable()));
        for (int v : from) gradient |= !isForward(v);
        if (gradient) return;
        String id = k == 0 ? "return" : "return " + (k + 1);
        out.append("  ").append(quoted(id)).append(" [label=").append(quoted(id)).append(", shape=plaintext, style=\"\"];\n");
        for (int v : from) out.append("  ").append(quoted(p.name(v))).append(" -> ").append(quoted(id)).append(";\n");
    }

    private boolean isForward(int v) {
        return p.definition(v) < forward;
    }

    /// The named variables that instruction i reads, through the values that stand inside it.
    private Set<Integer> inputs(int i) {
        Set<Integer> found = new LinkedHashSet<>();
        for (int k = 0; k < p.arity(i); k++) p.operand(i, k).forEachView(v -> {
            if (p.isNamed(v.variable())) found.add(v.variable());
            else found.addAll(inputs(p.definition(v.variable())));
        });
        return found;
    }

    // ---- the reverse sweep

    private void adjoints() {
        Arrays.fill(readBy, UNUSED);
        for (int b = 0; b < p.blocks(); b++)
            for (int i = p.blockStart(b); i < p.blockEnd(b); i++) {
                int block = b;
                for (int k = 0; k < p.arity(i); k++) p.operand(i, k).forEachView(v -> reads(v.variable(), block));
            }
        for (Operand r : p.results()) r.forEachView(v -> readBy[v.variable()] = OUTSIDE);
        Map<Integer, Set<Integer>> contributions = new LinkedHashMap<>();
        int i = forward;
        for (int b = 0; b < p.blocks(); b++) {
            for (; i < p.blockStart(b); i++) contributions.computeIfAbsent(p.target(i), v -> new LinkedHashSet<>()).addAll(inputs(i));
            block(b, contributions);
            i = p.blockEnd(b);
        }
        Set<Integer> returned = new HashSet<>();
        for (Operand r : p.results()) r.forEachView(v -> returned.add(v.variable()));
        contributions.forEach((bar, from) -> {
            int of = variableOf(bar);
            boolean gradient = returned.contains(bar);
            out.append("  ").append(quoted(p.name(bar))).append(" [label=").append(quoted(p.name(bar) + (gradient ? "\nreturn" : "")))
                    .append(", color=\"#b03030\", fontcolor=\"#b03030\", fillcolor=\"").append(gradient ? "#fbe3e3" : "#ffffff").append("\"];\n");
            if (of >= 0) out.append("  { rank=same; ").append(quoted(p.name(of))).append("; ").append(quoted(p.name(bar))).append("; }\n");
        });
        contributions.forEach((bar, from) -> from.forEach(v -> edge(v, bar, " [color=\"#b03030\", style=dashed, constraint=false]")));
    }

    private void reads(int variable, int block) {
        readBy[variable] = readBy[variable] == UNUSED || readBy[variable] == block ? block : OUTSIDE;
    }

    private void block(int b, Map<Integer, Set<Integer>> contributions) {
        for (int i = p.blockStart(b); i < p.blockEnd(b); i++) {
            int t = p.target(i);
            Set<Integer> from = new LinkedHashSet<>();
            for (int k = 0; k < p.arity(i); k++) p.operand(i, k).forEachView(v -> bars(v.variable(), from));
            boolean within = readBy[t] == b && p.definition(t) >= p.blockStart(b);
            if (within) local.computeIfAbsent(t, v -> new LinkedHashSet<>()).addAll(from);
            else contributions.computeIfAbsent(t, v -> new LinkedHashSet<>()).addAll(from);
        }
    }

    private void bars(int v, Set<Integer> into) {
        if (local.containsKey(v)) into.addAll(local.get(v));
        else if (!isForward(v)) into.add(v);
    }

    /// The variable whose name the bar's begins with, or −1.
    private int variableOf(int bar) {
        String name = p.name(bar);
        for (int end = name.lastIndexOf('_'); end > 0; end = name.lastIndexOf('_', end - 1)) {
            Integer v = numbers.get(name.substring(0, end));
            if (v != null) return v;
        }
        return -1;
    }

    // ---- text

    private void node(int variable, String label, String fill) {
        Interrupt.heed();
        out.append("  ").append(quoted(p.name(variable))).append(" [label=").append(quoted(label)).append(", fillcolor=\"").append(fill).append("\"];\n");
    }

    private void edge(int from, int to, String attributes) {
        out.append("  ").append(quoted(p.name(from))).append(" -> ").append(quoted(p.name(to))).append(attributes).append(";\n");
    }

    private static String declared(String name, int[] shape) {
        return shape.length == 0 ? name : name + ": " + Shapes.brackets(shape);
    }

    private String shapeOf(int v) {
        return p.shape(v).length == 0 ? "" : "\n" + Shapes.brackets(p.shape(v));
    }

    private static String shortened(String s) {
        return s.codePointCount(0, s.length()) <= LONGEST ? s : s.substring(0, s.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    private static String quoted(String s) {
        return "\"" + s.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
