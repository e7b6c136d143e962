package nad.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Dictionary;
import nad.dictionary.Standard;
import nad.report.Interrupt;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.Tree;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// One program's tree to a [Program]: names resolved, sizes known, loops and calls written out, comprehensions turned into
/// tensor statements, nesting flattened to one operation a statement.
///
/// A program with adjoint blocks is a dump: its blocks are kept and their bars are variables that are written to. To
/// transform a dump once more its blocks are dissolved, and every write makes a new version like anywhere else.
final class Elaborator {
    /// Expressions may be nested so deep.
    static final int DEEPEST = 1000;
    /// A tensor with replaced entries is held as one operand for each, of some hundred bytes.
    private static final long MOST_SINGLE = 1L << 20;

    final Emitter emit;
    final Inlining inlining;
    final ProgramBuilder program;
    final List<Problem> problems;
    private final Checker.Options options;
    private final boolean dump;
    /// A dump read as a program: its seed was folded into the blocks, and nobody wrote it.
    private final boolean dissolved;
    private final Set<String> shadowsTold = new HashSet<>();
    private final Unused unused = new Unused();
    private long iterations;
    /// Whether a mistake was met, told here or, of another item, before.
    private boolean failed;
    /// Set while an adjoint block is elaborated, or the seeds before the first.
    private boolean inBlock;
    private boolean inAdjoint;
    private Frame frame;

    /// The scope of one program's text: names in blocks and loops live to the program's end, those of comprehensions do not.
    final class Frame {
        final Items items;
        final Source source;
        final Map<String, Binding> names = new HashMap<>();
        final Expressions expressions;
        final boolean main;
        /// Where a program that the reader did not write is called: the place of its statements. Null in the reader's own.
        private final Span call;

        Frame(Items items, Source source, boolean main, Span call) {
            this.items = items;
            this.source = source;
            this.main = main;
            this.call = call;
            this.expressions = new Expressions(Elaborator.this, this);
        }

        Span span(long at) {
            Span here = Tree.span(source, at);
            return call == null ? here : call.around(here);
        }
    }

    private Elaborator(Items.Callable callable, Checker.Options options, Map<String, Integer> sizes, Dictionary over, List<Problem> problems) {
        this.options = options;
        this.problems = problems;
        this.program = new ProgramBuilder(callable.tree().name().text(), sizes, over);
        this.emit = new Emitter(program, over, over == null ? null : callable.scope().allowed.get(over.name()), options.limit());
        this.inlining = new Inlining(this, callable.tree());
        boolean blocks = hasBlocks(callable.tree().body());
        this.dump = options.dump() || !options.dissolve() && blocks;
        this.dissolved = options.dissolve() && blocks;
    }

    /// A scope for constants: nothing that is not known now has a name in it.
    static Frame scratch(Items items, Source source, List<Problem> problems) {
        Tree.Program empty = new Tree.Program(new Tree.Word("", 0), List.of(), List.of(), null, List.of(), 0, 0);
        Elaborator e = new Elaborator(new Items.Callable(empty, source, items, items.prelude), Checker.Options.STANDARD, Map.of(), null, problems);
        e.frame = e.new Frame(items, source, true, null);
        return e.frame;
    }

    private static boolean hasBlocks(List<Tree.Statement> body) {
        for (Tree.Statement s : body) if (s instanceof Tree.Adjoint) return true;
        return false;
    }

    /// The program, or null where problems (other than warnings) were added.
    static Program elaborate(Items.Callable callable, Checker.Options options, List<Problem> problems) {
        Tree.Program tree = callable.tree();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        int before = problems.size();
        Dictionary over = null;
        if (tree.over() != null) {
            over = callable.scope().dictionary(tree.over().text());
            if (over == null && !callable.scope().excuses(tree.over().text()))
                problems.add(new Problem.UnknownDictionary(Tree.span(callable.source(), tree.over().at()), tree.over().text(),
                        callable.scope().dictionaryNames()));
        }
        Elaborator e = new Elaborator(callable, options, sizes, over, problems);
        Frame frame = e.new Frame(callable.scope(), callable.source(), true, null);
        e.frame = frame;
        e.reserveNames(tree, callable.scope());
        try {
            e.bindSizes(tree, frame, sizes);
            e.bindParameters(tree, frame);
        } catch (Mistake m) {
            e.tell(m);
        }
        List<Value> results = e.failed ? null : e.body(tree, frame);
        if (e.failed || e.failedSince(before)) return null;
        e.releaseAll(frame);
        e.unused.warn(problems);
        BitSet temporaries = e.nameTemporaries();
        Program p = e.program.build(results.stream().map(Value::operand).toList());
        if (!e.dump) e.unused.warnDead(p, temporaries, frame.source, problems);
        return p;
    }

    // ---- names

    private void reserveNames(Tree.Program tree, Items items) {
        for (Tree.Size s : tree.sizes()) program.reserve(s.name().text());
        for (Tree.Parameter p : tree.parameters()) program.reserve(p.name().text());
        reserveNames(tree.body());
        program.reserveAll(items.defined.keySet());
        program.reserveAll(Items.BUILT_IN);
        program.reserveAll(List.of("e", "pi"));
        for (var f : Standard.entries()) program.reserve(f.name);
        for (var f : items.declared()) program.reserve(f.name);
    }

    private void reserveNames(List<Tree.Statement> body) {
        for (Tree.Statement s : body) {
            switch (s) {
                case Tree.Assign a -> program.reserve(a.target().text());
                case Tree.Loop l -> {
                    program.reserve(l.variable().text());
                    reserveNames(l.body());
                }
                case Tree.Adjoint a -> reserveNames(a.body());
                case Tree.Return r -> {}
            }
        }
    }

    /// The variable's name for a value that the text calls `name`: that name once, then `name_2`, `name_3`, …
    String claim(String name) {
        return frame.main ? program.claim(name) : program.fresh(name);
    }

    /// Values that no assignment named get t1, t2, …; in adjoint blocks they stay within the statement that uses them.
    private BitSet nameTemporaries() {
        BitSet temporaries = new BitSet();
        for (int v = 0; v < firstBlockVariable && v < program.variables(); v++)
            if (!program.isNamed(v)) {
                program.renameNumbered(v, "t");
                temporaries.set(v);
            }
        return temporaries;
    }

    private int firstBlockVariable = Integer.MAX_VALUE;

    // ---- sizes and parameters

    private void bindSizes(Tree.Program tree, Frame f, Map<String, Integer> sizes) {
        List<String> known = tree.sizes().stream().map(s -> s.name().text()).toList();
        for (String given : options.sizes().keySet())
            if (!known.contains(given)) throw new Mistake(new Problem.UnknownSize(f.span(tree.name().at()), given, known));
        for (Tree.Size s : tree.sizes()) {
            String name = s.name().text();
            Span at = f.span(s.name().at());
            Integer given = options.sizes().get(name);
            if (given == null && s.standard() == null) throw new Mistake(new Problem.SizeWithoutValue(at, name));
            long n = given != null ? given : f.expressions.integers.value(s.standard(), "the size `" + name + "`");
            sizes.put(name, (int) requireSize(at, "the size `" + name + "`", n, 1));
            f.names.put(name, new Binding.Index(Affine.of(n)));
        }
    }

    long requireSize(Span at, String what, long n, int least) {
        if (n < least) throw new Mistake(new Problem.NotASize(at, what, Long.toString(n)));
        if (n > Emitter.MOST_ENTRIES) throw new Mistake(new Problem.TooManyEntries(at, what, Long.toString(n), Emitter.MOST_ENTRIES));
        return n;
    }

    private void bindParameters(Tree.Program tree, Frame f) {
        Map<String, Tree.Parameter> seen = new HashMap<>();
        for (Tree.Parameter p : tree.parameters()) {
            String name = p.name().text();
            Tree.Parameter first = seen.putIfAbsent(name, p);
            if (first != null) throw new Mistake(new Problem.DefinedTwice(f.span(p.name().at()), name, f.span(first.name().at())));
            int[] shape = f.expressions.integers.shape(p.dimensions());
            emit.requireRoom(shape, f.span(p.at()));
            int v = program.parameter(name, shape, p.data());
            program.claim(name);
            Binding.Known b = new Binding.Known(Value.of(new Operand.View(v, Layout.whole(shape))), p.at());
            b.used = true;
            f.names.put(name, b);
            warnShadow(p.name(), f);
        }
    }

    // ---- a body of statements

    private List<Value> body(Tree.Program tree, Frame f) {
        List<Tree.Statement> body = tree.body();
        int seeds = dump && f.main ? firstSeed(body, f) : Integer.MAX_VALUE;
        List<Value> results = null;
        boolean returned = false;
        for (int k = 0; k < body.size(); k++) {
            Tree.Statement s = body.get(k);
            if (returned) {
                problems.add(new Problem.AfterReturn(f.span(s.at())));
                break;
            }
            if (k >= seeds && firstBlockVariable == Integer.MAX_VALUE) firstBlockVariable = program.variables();
            inBlock = k >= seeds && f.main;
            try {
                if (s instanceof Tree.Return r) {
                    returned = true;
                    results = f.expressions.values(r.values());
                } else {
                    statement(s, f);
                }
            } catch (Mistake m) {
                tell(m);
                poison(s, f);
            }
        }
        inBlock = false;
        if (!returned) problems.add(new Problem.MissingReturn(f.span(f.main ? tree.end() : tree.name().at()), tree.name().text()));
        return results;
    }

    /// The results of a program that is called, or null.
    List<Value> inlined(Tree.Program tree, Frame f) {
        Frame caller = frame;
        boolean block = inBlock;
        inBlock = false;
        frame = f;
        try {
            return body(tree, f);
        } finally {
            frame = caller;
            inBlock = block;
        }
    }

    /// In a dump: the first of the statements before the blocks, or without any before `return`, that only set bars (a seed, zeros).
    private int firstSeed(List<Tree.Statement> body, Frame f) {
        int k = 0;
        while (k < body.size() && !(body.get(k) instanceof Tree.Adjoint || body.get(k) instanceof Tree.Return)) k++;
        while (k > 0 && body.get(k - 1) instanceof Tree.Assign a && setsBar(a, f)) k--;
        return k;
    }

    private boolean setsBar(Tree.Assign a, Frame f) {
        return a.subscripts() != null || !a.relation().equals("=") || isSeed(a.value(), false, f);
    }

    /// A view of inputs and numbers, or the sum of one of data: what the bar of a result is made of.
    private boolean isSeed(Tree.Expr e, boolean data, Frame f) {
        return switch (e) {
            case Tree.Number n -> true;
            case Tree.Name n -> f.names.containsKey(n.text()) && (!data || isData(f.names.get(n.text())));
            case Tree.Index i -> isSeed(i.of(), data, f);
            case Tree.Transpose t -> isSeed(t.of(), data, f);
            case Tree.ListOf l -> l.elements().stream().allMatch(x -> isSeed(x, data, f));
            case Tree.Comprehension c -> isSeed(c.element(), data, f);
            case Tree.Call c -> switch (c.name().text()) {
                case "zeros", "ones" -> true;
                case "reshape" -> !c.arguments().isEmpty() && isSeed(c.arguments().getFirst().value(), data, f);
                case "sum" -> !c.arguments().isEmpty() && isSeed(c.arguments().getFirst().value(), true, f);
                default -> false;
            };
            default -> false;
        };
    }

    private boolean isData(Binding b) {
        return b instanceof Binding.Known k && k.value.operand() instanceof Operand.View v && program.isData(v.variable());
    }

    private void poison(Tree.Statement s, Frame f) {
        if (s instanceof Tree.Assign a) f.names.put(a.target().text(), new Binding.Unknown());
    }

    /// Whether an error was told among the problems after the first `before`.
    private boolean failedSince(int before) {
        return problems.subList(before, problems.size()).stream().anyMatch(p -> !p.isWarning());
    }

    void tell(Mistake m) {
        failed = true;
        if (m.problem != null) problems.add(m.problem);
    }

    private void statements(List<Tree.Statement> body, Frame f, String where) {
        for (Tree.Statement s : body) {
            if (s instanceof Tree.Return r) throw new Mistake(new Problem.ReturnInside(f.span(r.at()), where));
            try {
                statement(s, f);
            } catch (Mistake m) {
                tell(m);
                poison(s, f);
            }
        }
    }

    private void statement(Tree.Statement s, Frame f) {
        switch (s) {
            case Tree.Assign a -> {
                if (inBlock) new BlockWriter(this, f).write(a);
                else new Assignments(this, f).assign(a);
            }
            case Tree.Loop l -> loop(l, f);
            case Tree.Adjoint a -> adjoint(a, f);
            case Tree.Return r -> throw new IllegalStateException();
        }
    }

    private void adjoint(Tree.Adjoint a, Frame f) {
        if (!f.main || inlining.isInCall()) throw new Mistake(new Problem.Misplaced(f.span(a.at()), "an adjoint block", "a program that is called"));
        if (inAdjoint) throw new Mistake(new Problem.Misplaced(f.span(a.at()), "an adjoint block", "another adjoint block"));
        inAdjoint = true;
        try {
            if (dump) block(a, f);
            else statements(a.body(), f, "an adjoint block");
        } finally {
            inAdjoint = false;
        }
    }

    private void block(Tree.Adjoint a, Frame f) {
        Binding b = f.names.get(a.target().text());
        Span at = f.span(a.target().at());
        if (b instanceof Binding.Unknown) throw new Mistake(null);
        if (!(b instanceof Binding.Known k && k.value.operand() instanceof Operand.View v && v.layout().isWhole(program.shape(v.variable()))))
            throw new Mistake(new Problem.UnknownStatement(at, a.target().text(), forwardNames(f)));
        k.used = true;
        program.beginBlock(v.variable());
        statements(a.body(), f, "an adjoint block");
        program.endBlock();
    }

    private List<String> forwardNames(Frame f) {
        return f.names.entrySet().stream().filter(e -> e.getValue() instanceof Binding.Known).map(Map.Entry::getKey).toList();
    }

    private void loop(Tree.Loop l, Frame f) {
        long from = f.expressions.integers.value(l.from(), "a bound of `for`");
        long to = f.expressions.integers.value(l.to(), "a bound of `for`");
        String name = l.variable().text();
        Binding hidden = f.names.get(name);
        int before = problems.size();
        // What is wrong in one round is wrong in the next.
        for (long i = from; i <= to && !failedSince(before); i++) {
            before = problems.size();
            count(l.at(), f);
            f.names.put(name, new Binding.Index(Affine.of(i)));
            statements(l.body(), f, "a `for`");
        }
        if (hidden != null) f.names.put(name, hidden);
        else f.names.remove(name);
    }

    /// Rounds of loops and comprehensions and calls count towards the limit too: an empty body must not run for ever.
    void count(long at, Frame f) {
        if (++iterations > options.limit()) throw emit.tooMany(f.span(at));
        Interrupt.heed();
    }

    /// Says at once, and not after the limit's rounds, that there would be too many.
    long requireRounds(long rounds, long at, Frame f) {
        if (rounds > options.limit()) throw emit.tooMany(f.span(at));
        return rounds;
    }

    void count(Span at) {
        if (++iterations > options.limit()) throw emit.tooMany(at);
        Interrupt.heed();
    }

    // ---- what fits

    void requireFits(Value change, int[] shape, Tree.Assign a, Frame f) {
        int[] fits = Shapes.broadcast(change.own(), shape);
        if (fits == null || !Arrays.equals(fits, shape))
            throw new Mistake(new Problem.WrongShape(f.span(a.value().at()), "the value for these entries of `" + a.target().text() + "`",
                    Shapes.text(shape), Shapes.text(change.own())));
    }

    static void requireSingle(int[] shape, Span at) {
        double n = Emitter.entries(shape);
        if (n > MOST_SINGLE)
            throw new Mistake(new Problem.TooManyEntries(at, Shapes.text(shape) + " put together from single entries", String.format(Locale.ROOT, "%.0f", n), MOST_SINGLE));
    }

    /// A list of lists may be as long as the product of their lengths.
    void requireSingle(Operand.Stack s, Span at) {
        emit.requireView(s.shape(), at);
        if (s.parts().getFirst() instanceof Operand.Stack) requireSingle(s.shape(), at);
    }

    // ---- warnings

    void warnShadow(Tree.Word w, Frame f) {
        if (f.items.prelude || !f.items.isFunction(w.text()) || !shadowsTold.add(w.text())) return;
        problems.add(new Problem.ShadowsFunction(f.span(w.at()), w.text()));
    }

    /// A name's definition ends.
    void release(Binding old, String name, Frame f) {
        if (dissolved && old instanceof Binding.Known k && k.value.isConstant()) return;
        unused.release(old, name, f, iterations > 0 || !f.main);
    }

    void releaseAll(Frame f) {
        for (var e : f.names.entrySet()) release(e.getValue(), e.getKey(), f);
    }

    /// A value read in the text: its definition is used.
    static void markUsed(Binding b) {
        if (b instanceof Binding.Known k) k.used = true;
    }

    /// Axes are ordered by when they were made.
    int nextAxis() {
        return axes++;
    }

    private int axes;
}
