package nad.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.core.Program;
import nad.report.Span;

/// [cert-rule] Whether the contributions that a block makes are those that its statement's rule asks for: each entry of each bar is given
/// the same terms. Contributions that are the same as they stand are paired off; what is left is compared entry by entry.
final class Contributions {
    private static final int NONE = Bars.NONE;

    private final Program q;
    private final BlockReader blocks;
    private final Meanings meanings;
    private final Bars bars;
    private final Words words;
    private final Map<Integer, BitSet> written = new HashMap<>();

    Contributions(Program q, BlockReader blocks, Meanings meanings, Bars bars, Words words) {
        this.q = q;
        this.blocks = blocks;
        this.meanings = meanings;
        this.bars = bars;
        this.words = words;
    }

    /// @param asked by the rule, or by the seeds where `statement` is negative
    void match(int from, int to, List<Gift> asked, int statement) {
        List<Gift> made = new ArrayList<>();
        List<Integer> instructions = new ArrayList<>();
        blocks.contributions(from, to, made, instructions);
        asked.replaceAll(blocks::signed);
        List<Gift> paired = new ArrayList<>();
        List<Integer> alone = new ArrayList<>();
        for (int k = 0; k < made.size(); k++) {
            int found = find(made.get(k), asked);
            if (found == NONE) {
                alone.add(k);
                continue;
            }
            Gift a = asked.remove(found);
            bars.give(a.variable(), made.get(k).variable());
            paired.add(a);
        }
        if (!alone.isEmpty() || !asked.isEmpty()) {
            Span end = from < to ? q.span(to - 1) : Span.NONE;
            try {
                settle(alone, made, asked, k -> wrong(made.get(k), asked, paired, statement, instructions.get(k)),
                        x -> new Blame(words.whose(statement) + " gives `" + words.named(x) + "`'s bar less than the rule does, which is " + words.rule(statement), end));
            } catch (EntryTerms.TooMany e) {
                throw new Blame(words.whose(statement) + " has more entries than can be compared one by one", end);
            }
        }
        BitSet used = new BitSet();
        for (int k = 0; k < made.size(); k++) {
            refuseOverwriting(made.get(k), instructions.get(k), statement);
            useAll(instructions.get(k), from, to, used);
        }
        for (int i = from; i < to; i++)
            if (q.kind(i) == Program.Kind.APPLY && !blocks.isBar(q.target(i)) && !used.get(i - from))
                throw new Blame(words.whose(statement) + " computes `" + q.name(q.target(i)) + "`, which no contribution uses", q.span(i));
    }

    /// The asked contribution that this one is.
    private int find(Gift g, List<Gift> asked) {
        for (int k = 0; k < asked.size(); k++)
            if (bars.isOf(asked.get(k).variable(), g.variable()) && blocks.same(g, asked.get(k))) return k;
        return NONE;
    }

    /// Compares what is left, bar by bar.
    private void settle(List<Integer> alone, List<Gift> made, List<Gift> asked, java.util.function.IntFunction<Blame> wrong, java.util.function.IntFunction<Blame> less) {
        Map<Integer, List<Integer>> byBar = new LinkedHashMap<>();
        for (int k : alone) byBar.computeIfAbsent(made.get(k).variable(), b -> new ArrayList<>()).add(k);
        Map<Integer, List<Gift>> byVariable = new LinkedHashMap<>();
        for (Gift a : asked) byVariable.computeIfAbsent(a.variable(), x -> new ArrayList<>()).add(a);
        EntryTerms terms = new EntryTerms(q, blocks, meanings);
        for (var group : byBar.entrySet()) {
            long[] given = terms.given(group.getValue().stream().map(made::get).toList());
            long[] wanted = null;
            int owner = NONE;
            for (var candidate : byVariable.entrySet()) {
                if (!bars.isOf(candidate.getKey(), group.getKey())) continue;
                wanted = terms.given(candidate.getValue());
                owner = candidate.getKey();
                if (Arrays.equals(given, wanted)) break;
            }
            if (!Arrays.equals(given, wanted)) throw blame(group.getValue(), made, wanted, terms, wrong, owner, less);
            bars.give(owner, group.getKey());
            byVariable.remove(owner);
        }
        if (!byVariable.isEmpty()) throw less.apply(byVariable.keySet().iterator().next());
    }

    /// The first contribution that is none of those wanted; where each is one, others are missing.
    private static Blame blame(List<Integer> group, List<Gift> made, long[] wanted, EntryTerms terms, java.util.function.IntFunction<Blame> wrong, int owner,
            java.util.function.IntFunction<Blame> less) {
        int entries = 0;
        for (int k : group) {
            long[] given = terms.given(List.of(made.get(k)));
            for (long g : given) if (wanted == null || Arrays.binarySearch(wanted, g) < 0) return wrong.apply(k);
            entries += given.length;
        }
        return wanted == null || entries > wanted.length ? wrong.apply(group.getLast()) : less.apply(owner);
    }

    /// @param asked of the rule's, those that no contribution was found for; `paired` the others
    private Blame wrong(Gift g, List<Gift> asked, List<Gift> paired, int statement, int i) {
        String bar = "`" + words.named(g.variable()) + "`";
        int owner = bars.owner(g.variable());
        List<Gift> all = new ArrayList<>(asked);
        all.addAll(paired);
        for (Gift a : all)
            if (owner != NONE && a.variable() != owner && blocks.same(g, a))
                return new Blame(words.whose(statement) + " gives " + bar + " what belongs to the bar of `" + words.named(a.variable()) + "`, and " + bar + " is read as the bar of `"
                        + words.named(owner) + "`", q.span(i));
        return new Blame(words.whose(statement) + " gives " + bar + " something else than the rule does, which is " + words.rule(statement), q.span(i));
    }

    private void refuseOverwriting(Gift g, int i, int statement) {
        if (!blocks.setByEntries(g.variable())) return;
        boolean twice = Placed.overwrites(g.place(), written.computeIfAbsent(g.variable(), v -> new BitSet()));
        if (twice && q.kind(i) == Program.Kind.SET)
            throw new Blame(words.whose(statement) + " sets entries of `" + words.named(g.variable()) + "` that have a value already", q.span(i));
    }

    /// Marks the values within from … to − 1 that instruction i reads, itself or through others.
    private void useAll(int i, int from, int to, BitSet used) {
        if (used.get(i - from)) return;
        used.set(i - from);
        for (int k = 0; k < q.arity(i); k++) {
            int ref = q.ref(i, k);
            if (ref >= 0) use(ref, from, to, used);
            else q.operand(ref).forEachView(v -> use(v.variable(), from, to, used));
        }
    }

    private void use(int variable, int from, int to, BitSet used) {
        int d = q.definition(variable);
        if (d >= from && d < to) useAll(d, from, to, used);
    }
}
