package nad.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import nad.dictionary.Declared;
import nad.dictionary.Dictionary;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.dictionary.Term;

/// [dump-capture] Capture-avoiding renaming, for a program that is to be written down. In the checked program an operation is its entry;
/// in a text it is a name, and a name stands for one thing. A file may declare a `cos` of its own while its backprop applies that of
/// D: the declared function is then written under the first free name of `cos_2`, `cos_3`, …, here and in all that it occurs in.
public final class Capture {
    /// Words of the text for views and products: whether they occur is not known before it is written.
    private static final List<String> WORDS = List.of("zeros", "ones", "reshape", "dot", "prod");

    private final Program p;
    private final Set<String> taken = new HashSet<>();
    private final Map<Declared, String> names = new HashMap<>();
    private final Map<Declared, Declared> renamed = new HashMap<>();
    private final Map<Declared, Map<String, Elementary>> entries = new HashMap<>();

    private Capture(Program p) {
        this.p = p;
    }

    /// The same program where its text would mean something else, under names with which it means the same; else p itself.
    public static Program avoided(Program p) {
        return new Capture(p).program();
    }

    private Program program() {
        // Names of D and of the prelude cannot change.
        Set<String> kept = new HashSet<>(WORDS);
        for (Elementary f : p.operations()) keep(f, kept);
        for (Declared d : p.declared()) for (Elementary f : d.applied()) keep(f, kept);
        taken.addAll(kept);
        for (Declared d : p.declared()) taken.add(d.name());
        if (p.over() != null) taken.add(p.over().name());
        String program = kept.contains(p.name()) ? free(p.name()) : p.name();
        Set<String> used = new HashSet<>(kept);
        used.add(program);
        for (Declared d : p.declared()) names.put(d, used.add(d.name()) ? d.name() : free(d.name()));
        Dictionary over = p.over();
        if (over != null && used.contains(over.name())) over = over.under(free(over.name()));
        if (names.entrySet().stream().allMatch(e -> e.getKey().name().equals(e.getValue())))
            return program.equals(p.name()) && over == p.over() ? p : p.written(program, over, p.declared(), UnaryOperator.identity());
        for (Map.Entry<Declared, String> e : names.entrySet())
            if (over != null && !e.getKey().name().equals(e.getValue())) over = over.alike(e.getKey().name(), e.getValue());
        List<Declared> declared = p.declared().stream().map(this::declared).toList();
        return p.written(program, over, declared, this::entry);
    }

    private static void keep(Elementary f, Set<String> kept) {
        if (!f.isSign() && (f.declared == null || f.declared.prelude())) kept.add(base(f.name));
    }

    private static String base(String name) {
        int prime = name.indexOf('\'');
        return prime < 0 ? name : name.substring(0, prime);
    }

    private String free(String name) {
        for (int k = 2; ; k++) {
            String n = name + "_" + k;
            if (Standard.named(n).isEmpty() && !p.isName(n) && taken.add(n)) return n;
        }
    }

    private Declared declared(Declared d) {
        if (!names.containsKey(d)) return d;
        Declared known = renamed.get(d);
        if (known != null) return known;
        Map<Term, Term> terms = new IdentityHashMap<>();
        List<Declared.Piece> pieces = new ArrayList<>();
        boolean same = names.get(d).equals(d.name());
        for (Declared.Piece q : d.pieces()) {
            Declared.Condition c = q.condition();
            if (c != null) c = new Declared.Condition(term(c.left(), terms), c.relation(), term(c.right(), terms));
            Declared.Piece made = new Declared.Piece(c, term(q.value(), terms));
            same &= made.value() == q.value() && (c == null || c.left() == q.condition().left() && c.right() == q.condition().right());
            pieces.add(made);
        }
        Declared made = same ? d : new Declared(names.get(d), d.parameters(), pieces, d.cost(), d.prelude());
        renamed.put(d, made);
        return made;
    }

    /// Shared parts stay shared: a power's square is counted once.
    private Term term(Term t, Map<Term, Term> known) {
        if (!(t instanceof Term.Apply a)) return t;
        Term found = known.get(t);
        if (found != null) return found;
        List<Term> args = a.args().stream().map(s -> term(s, known)).toList();
        Elementary f = entry(a.f());
        boolean same = f == a.f();
        for (int k = 0; k < args.size(); k++) same &= args.get(k) == a.args().get(k);
        Term made = same ? t : new Term.Apply(f, a.rank(), args);
        known.put(t, made);
        return made;
    }

    private Elementary entry(Elementary f) {
        if (f.declared == null || f.declared.prelude()) return f;
        Declared d = declared(f.declared);
        if (d == f.declared) return f;
        Map<String, Elementary> of = entries.computeIfAbsent(d, k -> {
            Map<String, Elementary> m = new HashMap<>();
            for (Elementary e : k.entries()) m.put(e.name, e);
            return m;
        });
        return of.get(d.name() + f.name.substring(f.declared.name().length()));
    }
}
