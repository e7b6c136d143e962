package nad.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.dictionary.Declared;
import nad.dictionary.Dictionary;
import nad.dictionary.Elementary;
import nad.report.Interrupt;
import nad.report.Span;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// Collects a [Program], instruction by instruction.
public final class ProgramBuilder {
    final String name;
    final Map<String, Integer> sizes;
    final Dictionary over;
    final List<Program.Parameter> parameters = new ArrayList<>();
    int variables;
    Names names = new Names();
    long[] nameOf = new long[16];
    /// A variable that is a single number needs no place here; see [Program#shape].
    int[][] shapes = new int[16][];
    int count;
    int[] start = new int[17];
    int[] code = new int[64];
    int codeLength;
    Spans spans = new Spans();
    /// The place of each instruction; null while none has one.
    int[] sites;
    /// How many of the first instructions are those of a program, and so well-formed, and what it knows of its variables.
    int checked;
    /// Whether those are all about single entries.
    boolean scalar = true;
    int[] definition = {};
    byte[] facts = {};
    final List<Operand> pool = new ArrayList<>();
    final List<Elementary> operations = new ArrayList<>();
    int blocks;
    int[] blockTarget = new int[4];
    int[] blockStart = new int[4];
    int[] blockEnd = new int[4];

    private final Map<Operand, Integer> pooled = new HashMap<>();
    private final IdentityHashMap<Elementary, Integer> operationNumbers = new IdentityHashMap<>();
    private final Set<Declared> declared = new LinkedHashSet<>();

    public ProgramBuilder(String name, Map<String, Integer> sizes, Dictionary over) {
        this.name = name;
        this.sizes = sizes;
        this.over = over;
    }

    /// A builder that goes on where a program ends.
    public static ProgramBuilder extending(Program p, String name) {
        return extending(p, name, p.length() + p.length() / 2);
    }

    /// @param instructions about how many there will be
    public static ProgramBuilder extending(Program p, String name, int instructions) {
        ProgramBuilder b = new ProgramBuilder(name, p.sizes(), p.over());
        p.copyInto(b, Math.max(instructions, p.length() + 16));
        b.takeNames();
        return b;
    }

    /// A builder with a program's parameters and variables, for its instructions to be taken over one by one by [#copy].
    public static ProgramBuilder along(Program p, String name) {
        ProgramBuilder b = new ProgramBuilder(name, p.sizes(), p.over());
        p.copyNamesInto(b, 2 * p.variables() + 16);
        b.takeNames();
        return b;
    }

    /// Makes room for so many instructions more, each with a variable of its own.
    public ProgramBuilder room(int instructions) {
        nameOf = Arrays.copyOf(nameOf, variables + instructions + 16);
        start = Arrays.copyOf(start, count + instructions + 17);
        code = Arrays.copyOf(code, codeLength + 4 * instructions + 64);
        return this;
    }

    private void takeNames() {
        for (int v = 0; v < variables; v++) if (nameOf[v] != Names.NONE) names.bear(nameOf[v]);
    }

    // ---- names

    /// Keeps a name from being made up by [#fresh].
    public void reserve(String taken) {
        names.reserve(taken);
    }

    public void reserveAll(Collection<String> names) {
        names.forEach(this::reserve);
    }

    public boolean isTaken(String name) {
        return names.isTaken(name);
    }

    /// A reserved name for the variable that it was reserved for; a fresh one like it once a variable bears it.
    public String claim(String name) {
        long n = names.of(name);
        if (names.isBorne(n)) return fresh(name);
        names.bear(n);
        return name;
    }

    /// `base` if no name of the program is like it, else `base_2`, `base_3`, …
    public String fresh(String base) {
        if (names.isTaken(base)) return names.text(names.numbered(base + "_", 2));
        names.bear(names.of(base));
        return base;
    }

    /// The next of `t1`, `t2`, …
    public String freshTemporary() {
        return freshNumbered("t");
    }

    /// The next of `prefix1`, `prefix2`, …
    public String freshNumbered(String prefix) {
        return names.text(names.numbered(prefix, 1));
    }

    /// Whether a name with this suffix is the name of a variable already.
    public boolean isSuffix(String suffix) {
        return names.isOther(nameOf, variables, suffix);
    }

    // ---- variables

    public int parameter(String name, int[] shape, boolean data) {
        int v = variable(name, shape);
        parameters.add(new Program.Parameter(name, shape, data, v));
        return v;
    }

    /// A new variable; a null name marks a value that is written inside the statement that uses it.
    public int variable(String name, int[] shape) {
        return variable(name == null ? Names.NONE : names.of(name), shape);
    }

    /// A new variable under the next of `prefix1`, `prefix2`, …
    public int numbered(String prefix, int[] shape) {
        return variable(names.numbered(prefix, 1), shape);
    }

    /// A new variable under the name of another and a suffix.
    public int suffixed(int variable, String suffix, int[] shape) {
        return variable(names.with(suffix, nameOf[variable]), shape);
    }

    private int variable(long name, int[] shape) {
        if (variables == nameOf.length) nameOf = Arrays.copyOf(nameOf, 2 * variables);
        nameOf[variables] = name;
        if (shape.length > 0 && variables >= shapes.length) shapes = Arrays.copyOf(shapes, variables + variables / 2);
        if (variables < shapes.length) shapes[variables] = shape.length == 0 ? null : shape;
        return variables++;
    }

    public int parameterCount() {
        return parameters.size();
    }

    public boolean isData(int parameter) {
        return parameters.get(parameter).data();
    }

    public int[] shape(int variable) {
        int[] shape = variable < shapes.length ? shapes[variable] : null;
        return shape == null ? Shapes.SCALAR : shape;
    }

    public String name(int variable) {
        return names.text(nameOf[variable]);
    }

    public boolean isNamed(int variable) {
        return nameOf[variable] != Names.NONE;
    }

    public void rename(int variable, String name) {
        nameOf[variable] = names.of(name);
    }

    /// Brings the names of sixteen variables into the cache, to no other effect.
    public int expect(int variable) {
        return (int) (nameOf[variable] ^ nameOf[variable + 8]);
    }

    /// Gives a variable the next of `prefix1`, `prefix2`, …
    public void renameNumbered(int variable, String prefix) {
        nameOf[variable] = names.numbered(prefix, 1);
    }

    /// Gives a variable the name of another and a suffix.
    public void renameSuffixed(int variable, int other, String suffix) {
        nameOf[variable] = names.with(suffix, nameOf[other]);
    }

    // ---- operands

    /// The reference of an operand; see [Program].
    public int ref(Operand o) {
        if (o instanceof Operand.View v && v.layout().isWhole(shape(v.variable()))) return v.variable();
        return -1 - pool(o);
    }

    int pool(Operand o) {
        Integer at = pooled.get(o);
        if (at == null) {
            at = pool.size();
            pool.add(o);
            pooled.put(o, at);
        }
        return at;
    }

    public Operand operand(int ref) {
        return ref >= 0 ? new Operand.View(ref, Layout.whole(shape(ref))) : pool.get(-1 - ref);
    }

    // ---- instructions

    public void apply(Elementary f, int rank, int target, Span span, int... refs) {
        apply(f, rank, target, spans.number(span), refs);
    }

    /// The same at the place `site` of a program that this one goes on from.
    public void apply(Elementary f, int rank, int target, int site, int... refs) {
        begin(operationNumber(f) | rank << 16, target, site, refs.length);
        for (int r : refs) code[codeLength++] = r;
        end();
    }

    /// A pointwise operation by its number.
    public void apply(int operation, int target, int site, int... refs) {
        begin(operation, target, site, refs.length);
        for (int r : refs) code[codeLength++] = r;
        end();
    }

    /// The head of the instructions that apply an operation, or write to a bar, as a [Pattern] has it.
    public static int head(Program.Kind kind, int operation) {
        return kind.ordinal() << 28 | operation;
    }

    /// The instructions of a pattern, with what is in the slots; the variables that they define are there afterwards.
    ///
    /// @param suffix what comes after the name that another variable has
    /// @param prefix what comes before the number that makes a name
    public void write(Pattern t, int[] slots, String suffix, String prefix, int site) {
        Interrupt.heed();
        int[] fresh = t.fresh;
        int[] from = t.from;
        int n = t.start.length;
        if (codeLength + from.length > code.length) code = Arrays.copyOf(code, grown(codeLength + from.length));
        if (count + n + 1 > start.length) start = Arrays.copyOf(start, grown(count + n));
        if (variables + fresh.length > nameOf.length) nameOf = Arrays.copyOf(nameOf, grown(variables + fresh.length));
        for (int k = 0; k < fresh.length; k++) {
            int other = t.named[k];
            int v = variables++;
            if (v < shapes.length) shapes[v] = null;
            nameOf[v] = other >= 0 ? names.with(suffix, nameOf[slots[other]]) : other == Pattern.NUMBERED ? names.numbered(prefix, 1) : Names.NONE;
            slots[fresh[k]] = v;
        }
        int at = codeLength;
        for (int k = 0; k < n; k++) {
            if (site >= 0 || sites != null) site(site);
            start[count++] = at + t.start[k];
        }
        for (int k = 0; k < from.length; k++) code[at + k] = slots[from[k]];
        codeLength = at + from.length;
        start[count] = codeLength;
    }

    /// Instruction i, an application, of the program whose variables these are.
    public void copy(Program p, int i) {
        int[] refs = new int[p.arity(i)];
        for (int k = 0; k < refs.length; k++) refs[k] = p.ref(i, k);
        apply(p.operation(i), p.rank(i), p.target(i), p.span(i), refs);
    }

    /// Writes `source` to the entries `place` of a bar: kind SET, ADD or SUBTRACT.
    public void write(Program.Kind kind, int placeRef, int sourceRef, Span span) {
        write(kind, placeRef, sourceRef, spans.number(span));
    }

    /// The same at the place `site` of a program that this one goes on from.
    public void write(Program.Kind kind, int placeRef, int sourceRef, int site) {
        begin(kind.ordinal() << 28, placeRef, site, 1);
        code[codeLength++] = sourceRef;
        end();
    }

    /// A bar of zeros, of cost 0.
    public void zeros(int target, Span span) {
        zeros(target, spans.number(span));
    }

    public void zeros(int target, int site) {
        begin(Program.Kind.ZEROS.ordinal() << 28, target, site, 0);
        end();
    }

    /// The number by which instructions name an operation.
    public int operationNumber(Elementary f) {
        Integer n = operationNumbers.get(f);
        if (n == null) {
            n = operations.size();
            operations.add(f);
            operationNumbers.put(f, n);
            if (f.declared != null) declared.add(f.declared);
        }
        return n;
    }

    private void begin(int head, int target, int site, int operands) {
        Interrupt.heed();
        if (codeLength + 2 + operands > code.length) code = Arrays.copyOf(code, grown(codeLength + operands));
        if (count + 2 > start.length) start = Arrays.copyOf(start, grown(count));
        if (site >= 0 || sites != null) site(site);
        start[count] = codeLength;
        code[codeLength++] = head;
        code[codeLength++] = target;
    }

    private void site(int site) {
        if (sites == null) {
            sites = new int[start.length];
            Arrays.fill(sites, 0, count, -1);
        }
        if (count >= sites.length) sites = Arrays.copyOf(sites, start.length);
        sites[count] = site;
    }

    static int grown(int length) {
        return 2 * length + 64;
    }

    private void end() {
        start[++count] = codeLength;
    }

    public int length() {
        return count;
    }

    public int variables() {
        return variables;
    }

    /// The variable that instruction i defines or writes into.
    public int target(int i) {
        int t = code[start[i] + 1];
        return t >= 0 ? t : ((Operand.View) pool.get(-1 - t)).variable();
    }

    // ---- blocks

    /// Whatever follows, up to [#endBlock], belongs to the statement that defines `target`.
    public void beginBlock(int target) {
        if (blocks == blockTarget.length) roomForBlocks(2 * blocks);
        blockTarget[blocks] = target;
        blockStart[blocks] = count;
    }

    void roomForBlocks(int n) {
        blockTarget = Arrays.copyOf(blockTarget, n);
        blockStart = Arrays.copyOf(blockStart, n);
        blockEnd = Arrays.copyOf(blockEnd, n);
    }

    public void endBlock() {
        blockEnd[blocks++] = count;
    }

    // ---- undoing

    /// A place to come back to with [#rollback].
    public record Mark(int variables, int count, int codeLength, int temporaries) {}

    public Mark mark() {
        return new Mark(variables, count, codeLength, names.next("t"));
    }

    /// Forgets everything since the mark. Names of temporaries are free again.
    public void rollback(Mark m) {
        for (int k = m.variables; k < variables; k++) if (nameOf[k] != Names.NONE) names.forget(nameOf[k]);
        names.setNext("t", Math.min(m.temporaries, names.next("t")));
        variables = m.variables;
        count = m.count;
        codeLength = m.codeLength;
    }

    /// A declaration that must be printed with the program although no instruction uses it yet.
    public void declare(Declared d) {
        declared.add(d);
    }

    Collection<Declared> declared() {
        Set<Declared> all = new LinkedHashSet<>();
        for (Declared d : declared) withNested(d, all);
        return all;
    }

    /// A function after those that its pieces are made of.
    private static void withNested(Declared d, Set<Declared> all) {
        if (d.prelude() || all.contains(d)) return;
        for (Elementary f : d.applied()) if (f.declared != null) withNested(f.declared, all);
        all.add(d);
    }

    /// The program, to which the builder hands over what it has: it ends with this.
    public Program build(List<Operand> results) {
        Program p = new Program(this, results);
        code = null;
        start = null;
        return p;
    }
}
