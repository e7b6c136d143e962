package nad.bound;

import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.dictionary.Dictionary;
import nad.dictionary.Selections;
import nad.report.Span;

/// [cert-over] What a dump's own dictionary says is part of what it claims: which elements it selects at kinks, and what its operations
/// cost. A dump that says other things than P does computes something else.
final class Claim {
    private Claim() {}

    static void refuseOther(Program p, Program q) {
        selections(p, q);
        if (q.over() == null) return;
        Map<String, Rational> mine = p.over() == null ? Map.of() : p.over().prices();
        Map<String, Rational> theirs = q.over().prices();
        for (String name : names(mine, theirs))
            if (!Objects.equals(mine.get(name), theirs.get(name)))
                throw new Blame("the dump is over `" + q.over().name() + "`, where `" + name + "` has " + price(theirs.get(name)) + ", and " + p.name() + over(p) + ", where it has "
                        + price(mine.get(name)), Span.NONE);
    }

    private static void selections(Program p, Program q) {
        Selections mine = of(p.over());
        Selections theirs = of(q.over());
        String different = null;
        for (String name : names(mine.values(), theirs.values()))
            if (different == null && !Objects.equals(mine.values().get(name), theirs.values().get(name)))
                different = "selects " + number(theirs.values().get(name)) + " at the kinks of `" + name + "` and " + p.name() + " " + number(mine.values().get(name));
        for (String name : names(mine.points(), theirs.points()))
            if (different == null && !Objects.equals(mine.points().get(name), theirs.points().get(name))) different = "selects at the kinks of `" + name + "` otherwise than " + p.name() + " does";
        if (different == null && (mine.pieces() != theirs.pieces() || !mine.prelude().equals(theirs.prelude())))
            different = "selects at kinks by the convention " + theirs.convention() + " and " + p.name() + " by " + mine.convention();
        if (different != null) throw new Blame("the dump" + over(q) + " " + different + ": it computes another element at kinks", Span.NONE);
    }

    private static Selections of(Dictionary d) {
        return d == null ? Selections.DEFAULT : d.selections();
    }

    private static TreeSet<String> names(Map<String, ?> a, Map<String, ?> b) {
        TreeSet<String> all = new TreeSet<>(a.keySet());
        all.addAll(b.keySet());
        return all;
    }

    private static String over(Program r) {
        return r.over() == null ? " is over no dictionary of its own" : " over `" + r.over().name() + "`";
    }

    private static String number(Rational x) {
        return x == null ? "what its definition says" : x.literal();
    }

    private static String price(Rational x) {
        return x == null ? "no price of its own" : "the price " + x.literal();
    }
}
