package nad.repl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What was typed, as one program that grows: inputs with their values, statements over them, and items. A value: each change
/// gives another session, so that a mistake leaves the old one.
///
/// Statements keep the order in which they were typed.
///
/// @param inputs by name
/// @param steps  the statements of the program
/// @param items  programs, elementary functions, dictionaries, constants, `use`
public record Session(Map<String, Input> inputs, List<Step> steps, List<Item> items) {
    /// What the session is called in messages.
    public static final String NAME = "session";
    public static final Session EMPTY = new Session(Map.of(), List.of(), List.of());

    /// @param type  `real` or `real[2, 3]`
    /// @param value a constant expression
    public record Input(String name, String type, String value) {}

    /// @param reads what it takes from before; a name in `sets` too where the old value matters
    /// @param value the expression where the statement is `name = expression`, else null
    public record Step(String text, Set<String> sets, Set<String> reads, String value) {}

    /// @param name what it declares; the path of `use`
    public record Item(String name, String text) {}

    /// A text of the language and the values for the parameters of its last program.
    ///
    /// @param program the program's name
    public record Document(String program, String text, List<String> at) {}

    // ---- names

    public boolean knows(String name) {
        return inputs.containsKey(name) || defines(name);
    }

    /// Whether a statement sets the name.
    public boolean defines(String name) {
        return steps.stream().anyMatch(s -> s.sets.contains(name));
    }

    /// Names that statements set, each where it was set last.
    public List<String> defined() {
        Set<String> names = new LinkedHashSet<>();
        for (Step s : steps) for (String n : s.sets) {
            names.remove(n);
            names.add(n);
        }
        return List.copyOf(names);
    }

    /// Whether a value that is made of these names changes with the name.
    public boolean depends(Collection<String> reads, String name) {
        return slice(reads, steps.size()).touched.contains(name);
    }

    /// The defined names that change with the name, in order.
    public List<String> dependents(String name) {
        return defined().stream().filter(n -> !n.equals(name) && depends(List.of(n), name)).toList();
    }

    // ---- changes

    public Session with(Input x) {
        Map<String, Input> next = new LinkedHashMap<>(inputs);
        next.put(x.name, x);
        return new Session(next, without(x.name), items);
    }

    public Session with(Item x) {
        List<Item> next = new ArrayList<>(items);
        int k = 0;
        while (k < next.size() && !next.get(k).name.equals(x.name)) k++;
        if (k < next.size()) next.set(k, x);
        else next.add(x);
        return new Session(inputs, steps, next);
    }

    /// [repl-version] A new version of what the statement sets.
    public Session append(Step s) {
        List<Step> next = new ArrayList<>(steps);
        next.add(s);
        return new Session(inputs, next, items);
    }

    /// [repl-replaced] The name stands for something else from the start: the statement takes the place of those that set it. Where it
    /// reads what was set later, it moves behind that, and what depends on it moves with it.
    public Session define(String name, Step s) {
        Map<String, Input> rest = new LinkedHashMap<>(inputs);
        rest.remove(name);
        int place = 0;
        while (place < steps.size() && !steps.get(place).sets.contains(name)) place++;
        List<Step> kept = without(name);
        if (place == steps.size() && !inputs.containsKey(name)) {
            kept.add(s);
            return new Session(rest, kept, items);
        }
        if (place == steps.size()) place = 0;
        boolean early = kept.subList(Math.min(place, kept.size()), kept.size()).stream().noneMatch(k -> !Collections.disjoint(k.sets, s.reads));
        if (early) {
            kept.add(Math.min(place, kept.size()), s);
            return new Session(rest, kept, items);
        }
        List<Step> behind = kept.stream().filter(k -> !k.sets.contains(name) && depends(k.reads, name)).toList();
        kept.removeAll(behind);
        kept.add(s);
        kept.addAll(behind);
        return new Session(rest, kept, items);
    }

    private List<Step> without(String name) {
        return new ArrayList<>(steps.stream().filter(s -> !s.sets.contains(name)).toList());
    }

    // ---- as a text

    private record Slice(boolean[] kept, Set<String> needed, Set<String> touched) {}

    /// The statements among the first `length` that values of these names need.
    private Slice slice(Collection<String> wanted, int length) {
        Set<String> needed = new HashSet<>(wanted);
        Set<String> touched = new HashSet<>(wanted);
        boolean[] kept = new boolean[steps.size()];
        for (int k = length - 1; k >= 0; k--) {
            Step s = steps.get(k);
            if (Collections.disjoint(s.sets, needed)) continue;
            kept[k] = true;
            if (s.value != null) needed.removeAll(s.sets);
            needed.addAll(s.reads);
            touched.addAll(s.reads);
        }
        return new Slice(kept, needed, touched);
    }

    /// The items alone.
    public Document declarations() {
        return new Document(null, items.stream().map(i -> i.text + "\n").collect(Collectors.joining()), List.of());
    }

    /// The program that returns these names.
    public Document returning(List<String> names) {
        return document(NAME, slice(names, steps.size()), "return " + String.join(", ", names));
    }

    /// The program that returns an expression of these names.
    public Document returning(String expression, Set<String> reads) {
        return document(NAME, slice(reads, steps.size()), "return (\n" + expression + "\n)");
    }

    /// The program that is named after what it returns where that is a statement's value, so that the statement's own operations
    /// are its last ones.
    public Document program(String name) {
        for (int k = steps.size() - 1; k >= 0; k--) {
            Step s = steps.get(k);
            if (!s.sets.contains(name)) continue;
            if (s.value == null) break;
            Session before = new Session(inputs, steps.subList(0, k), items);
            return before.document(name, before.slice(s.reads, k), "return (" + s.value + "\n)");
        }
        return returning(List.of(name));
    }

    /// The session as one reads it: its items, and a program that returns what was set last. Lines have the numbers of messages.
    ///
    /// @param name the program's
    public String text(String name) {
        String head = declarations().text;
        if (steps.isEmpty()) return head;
        String program = whole(name, "return " + defined().getLast()).text.substring(head.length()).stripTrailing();
        int first = program.indexOf('\n');
        int last = program.lastIndexOf('\n');
        return head + program.substring(0, first) + program.substring(first, last).replaceAll("\n(?=.)", "\n  ") + program.substring(last) + "\n";
    }

    /// All statements and inputs, for messages that know every name.
    public Document whole(String result) {
        return whole(NAME, result);
    }

    private Document whole(String name, String result) {
        boolean[] all = new boolean[steps.size()];
        java.util.Arrays.fill(all, true);
        return document(name, new Slice(all, inputs.keySet(), Set.of()), result);
    }

    /// The 1-based line of [#whole]'s text, and of every other document's, at which a new statement stands.
    public int nextLine() {
        return lines(declarations().text) + 2 + steps.stream().mapToInt(s -> lines(s.text) + 1).sum();
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /// Statements that are not needed leave their lines empty: a line has the same number in every document.
    private Document document(String name, Slice slice, String result) {
        StringBuilder out = new StringBuilder(declarations().text);
        List<Input> used = inputs.values().stream().filter(x -> slice.needed.contains(x.name)).toList();
        out.append("program ").append(name).append('(').append(used.stream().map(x -> x.name + ": " + x.type).collect(Collectors.joining(", "))).append(") {\n");
        for (int k = 0; k < steps.size(); k++) out.append(slice.kept[k] ? steps.get(k).text : "\n".repeat(lines(steps.get(k).text))).append('\n');
        out.append(result).append("\n}\n");
        return new Document(name, out.toString(), used.stream().map(x -> x.name + " = " + x.value).toList());
    }
}
