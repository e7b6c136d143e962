package nad.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import nad.dictionary.Dictionary;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.Tree;

/// The names that a file's programs may use: its own items, those of the files it uses, the prelude, the dictionary; an
/// earlier one in this list hides a later one.
public final class Items {
    /// A program with the scope that it was written in.
    record Callable(Tree.Program tree, Source source, Items scope, boolean prelude) {}

    final Items outer;
    final boolean prelude;
    final Map<String, Value> constants = new HashMap<>();
    final Map<String, List<Elementary>> functions = new LinkedHashMap<>();
    final Map<String, Dictionary> dictionaries = new LinkedHashMap<>();
    /// Where a dictionary lists what it allows.
    final Map<String, Span> allowed = new HashMap<>();
    final Map<String, Callable> programs = new LinkedHashMap<>();
    /// Where this file's own names and those it uses were defined.
    final Map<String, Span> defined = new LinkedHashMap<>();

    /// Whether names may be missing because of something that was told: a file that could not be read, an item without a name.
    boolean incomplete;

    Items(Items outer, boolean prelude) {
        this.outer = outer;
        this.prelude = prelude;
    }

    /// Whether something that was told is why this name stands for nothing.
    boolean excuses(String name) {
        return incomplete || defined.containsKey(name) && !constants.containsKey(name) && !functions.containsKey(name)
                && !dictionaries.containsKey(name) && !programs.containsKey(name);
    }

    Value constant(String name) {
        Value v = constants.get(name);
        return v != null || outer == null ? v : outer.constant(name);
    }

    Callable program(String name) {
        Callable c = programs.get(name);
        return c != null || outer == null || functions.containsKey(name) ? c : outer.program(name);
    }

    /// The entry of this name for pointwise use with so many arguments, or null.
    Elementary pointwise(String name, int arity) {
        List<Elementary> own = functions.get(name);
        if (own != null) {
            for (Elementary e : own) if (e.arity == arity) return e;
            return null;
        }
        if (programs.containsKey(name)) return null;
        return outer != null ? outer.pointwise(name, arity) : Standard.pointwiseNamed(name, arity);
    }

    /// The entry of D of this name that works on rows, or null; hidden by whatever a file declares under the name.
    Elementary rows(String name) {
        if (functions.containsKey(name) || programs.containsKey(name)) return null;
        return outer != null ? outer.rows(name) : Standard.rowsNamed(name);
    }

    /// All arities of this name, for messages.
    List<Integer> arities(String name) {
        List<Elementary> own = functions.get(name);
        if (own == null && outer != null) return outer.arities(name);
        List<Integer> out = new ArrayList<>();
        for (Elementary e : own != null ? own : Standard.named(name)) out.add(e.arity);
        return out;
    }

    public boolean isFunction(String name) {
        return functions.containsKey(name) || programs.containsKey(name) || BUILT_IN.contains(name)
                || (outer != null ? outer.isFunction(name) : !Standard.named(name).isEmpty());
    }

    Dictionary dictionary(String name) {
        Dictionary d = dictionaries.get(name);
        return d != null || outer == null ? d : outer.dictionary(name);
    }

    /// Functions made of other words than entries: views, and `prod`, which stands for its products.
    static final java.util.Set<String> BUILT_IN = java.util.Set.of("zeros", "ones", "reshape", "prod", "dot");

    /// Every function name, for suggestions.
    public List<String> functionNames() {
        TreeSet<String> names = new TreeSet<>(BUILT_IN);
        for (Items i = this; i != null; i = i.outer) {
            names.addAll(i.functions.keySet());
            names.addAll(i.programs.keySet());
        }
        for (Elementary e : Standard.entries()) if (!e.isSign() && !e.inPrime) names.add(e.name);
        return new ArrayList<>(names);
    }

    /// The names of all primes, for suggestions.
    List<String> primeNames() {
        TreeSet<String> names = new TreeSet<>();
        for (Elementary e : Standard.entries()) if (e.inPrime) names.add(e.name);
        for (Elementary e : declared()) if (e.inPrime) names.add(e.name);
        return new ArrayList<>(names);
    }

    /// Every entry that a file declares or the prelude does, in order.
    public List<Elementary> declared() {
        List<Elementary> out = outer == null ? new ArrayList<>() : outer.declared();
        functions.values().forEach(out::addAll);
        return out;
    }

    public Map<String, Dictionary> dictionaries() {
        return dictionaries;
    }

    /// The programs that this file declares or uses.
    public List<String> programNames() {
        return new ArrayList<>(programs.keySet());
    }

    List<String> dictionaryNames() {
        return new ArrayList<>(dictionaries.keySet());
    }
}
