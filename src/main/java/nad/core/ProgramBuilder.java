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
import nad.report.Source;
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
    String[] names = new String[16];
    int[][] shapes = new int[16][];
    int count;
    int[] start = new int[17];
    int[] code = new int[64];
    int codeLength;
    int[] spans = new int[48];
    final List<Source> sources = new ArrayList<>();
    final List<Operand> pool = new ArrayList<>();
    final List<Elementary> operations = new ArrayList<>();
    int blocks;
    int[] blockTarget = new int[4];
    int[] blockStart = new int[4];
    int[] blockEnd = new int[4];

    private final Map<Operand, Integer> pooled = new HashMap<>();
    private final IdentityHashMap<Elementary, Integer> operationNumbers = new IdentityHashMap<>();
    private final Set<Declared> declared = new LinkedHashSet<>();
    /// Names that are not to be made up, and whether a variable bears them.
    private final Map<String, Boolean> taken = new HashMap<>();
    private final Map<String, Integer> suffixes = new HashMap<>();
    private Source lastSource;
    private int lastSourceNumber;

    public ProgramBuilder(String name, Map<String, Integer> sizes, Dictionary over) {
        this.name = name;
        this.sizes = sizes;
        this.over = over;
    }

    /// A builder that goes on where a program ends.
    public static ProgramBuilder extending(Program p, String name) {
        ProgramBuilder b = new ProgramBuilder(name, p.sizes(), p.over());
        p.copyInto(b);
        b.takeNames();
        return b;
    }

    /// A builder with a program's parameters and variables, for its instructions to be taken over one by one by [#copy].
    public static ProgramBuilder along(Program p, String name) {
        ProgramBuilder b = new ProgramBuilder(name, p.sizes(), p.over());
        p.copyNamesInto(b);
        b.takeNames();
        return b;
    }

    private void takeNames() {
        for (int v = 0; v < variables; v++) if (names[v] != null) taken.put(names[v], true);
    }

    // ---- names

    /// Keeps a name from being made up by [#fresh].
    public void reserve(String taken) {
        this.taken.putIfAbsent(taken, false);
    }

    public void reserveAll(Collection<String> names) {
        names.forEach(this::reserve);
    }

    public boolean isTaken(String name) {
        return taken.containsKey(name);
    }

    /// A reserved name for the variable that it was reserved for; a fresh one like it once a variable bears it.
    public String claim(String name) {
        return Boolean.TRUE.equals(taken.put(name, true)) ? fresh(name) : name;
    }

    /// `base` if no name of the program is like it, else `base_2`, `base_3`, …
    public String fresh(String base) {
        if (taken.putIfAbsent(base, true) == null) return base;
        return numbered(base + "_", 2);
    }

    /// The next of `t1`, `t2`, …
    public String freshTemporary() {
        return numbered("t", 1);
    }

    /// The next of `prefix1`, `prefix2`, …
    public String freshNumbered(String prefix) {
        return numbered(prefix, 1);
    }

    private String numbered(String prefix, int first) {
        int k = suffixes.getOrDefault(prefix, first);
        String s;
        do s = prefix + k++;
        while (taken.putIfAbsent(s, true) != null);
        suffixes.put(prefix, k);
        return s;
    }

    // ---- variables

    public int parameter(String name, int[] shape, boolean data) {
        int v = variable(name, shape);
        parameters.add(new Program.Parameter(name, shape, data, v));
        return v;
    }

    /// A new variable; a null name marks a value that is written inside the statement that uses it.
    public int variable(String name, int[] shape) {
        if (variables == names.length) {
            names = Arrays.copyOf(names, 2 * variables);
            shapes = Arrays.copyOf(shapes, 2 * variables);
        }
        names[variables] = name;
        // One object for all scalars: comparing shapes then looks at no memory.
        shapes[variables] = shape.length == 0 ? Shapes.SCALAR : shape;
        return variables++;
    }

    public int parameterCount() {
        return parameters.size();
    }

    public boolean isData(int parameter) {
        return parameters.get(parameter).data();
    }

    public int[] shape(int variable) {
        return shapes[variable];
    }

    public String name(int variable) {
        return names[variable];
    }

    public void rename(int variable, String name) {
        names[variable] = name;
    }

    // ---- operands

    /// The reference of an operand; see [Program].
    public int ref(Operand o) {
        if (o instanceof Operand.View v && v.layout().isWhole(shapes[v.variable()])) return v.variable();
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
        return ref >= 0 ? new Operand.View(ref, Layout.whole(shapes[ref])) : pool.get(-1 - ref);
    }

    // ---- instructions

    public void apply(Elementary f, int rank, int target, Span span, int... refs) {
        begin(0, operationNumber(f), rank, target, span, refs.length);
        for (int r : refs) code[codeLength++] = r;
        end();
    }

    /// Instruction i, an application, of the program whose variables these are.
    public void copy(Program p, int i) {
        int[] refs = new int[p.arity(i)];
        for (int k = 0; k < refs.length; k++) refs[k] = p.ref(i, k);
        apply(p.operation(i), p.rank(i), p.target(i), p.span(i), refs);
    }

    /// Writes `source` to the entries `place` of a bar: kind SET, ADD or SUBTRACT.
    public void write(Program.Kind kind, int placeRef, int sourceRef, Span span) {
        begin(kind.ordinal(), 0, 0, placeRef, span, 1);
        code[codeLength++] = sourceRef;
        end();
    }

    /// A bar of zeros, of cost 0.
    public void zeros(int target, Span span) {
        begin(Program.Kind.ZEROS.ordinal(), 0, 0, target, span, 0);
        end();
    }

    int operationNumber(Elementary f) {
        Integer n = operationNumbers.get(f);
        if (n == null) {
            n = operations.size();
            operations.add(f);
            operationNumbers.put(f, n);
            if (f.declared != null) declared.add(f.declared);
        }
        return n;
    }

    private void begin(int kind, int operation, int rank, int target, Span span, int operands) {
        Interrupt.heed();
        if (codeLength + 2 + operands > code.length) code = Arrays.copyOf(code, Math.max(2 * code.length, codeLength + operands + 64));
        if (count + 2 > start.length) {
            start = Arrays.copyOf(start, 2 * start.length);
            spans = Arrays.copyOf(spans, 3 * start.length);
        }
        start[count] = codeLength;
        code[codeLength++] = kind << 28 | rank << 16 | operation;
        code[codeLength++] = target;
        spans[3 * count] = span == null || span == Span.NONE ? -1 : sourceNumber(span.source());
        spans[3 * count + 1] = span == null ? 0 : span.begin();
        spans[3 * count + 2] = span == null ? 0 : span.end();
    }

    private void end() {
        start[++count] = codeLength;
    }

    private int sourceNumber(Source s) {
        if (s == lastSource) return lastSourceNumber;
        int n = sources.indexOf(s);
        if (n < 0) {
            n = sources.size();
            sources.add(s);
        }
        lastSource = s;
        return lastSourceNumber = n;
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
        if (blocks == blockTarget.length) {
            blockTarget = Arrays.copyOf(blockTarget, 2 * blocks);
            blockStart = Arrays.copyOf(blockStart, 2 * blocks);
            blockEnd = Arrays.copyOf(blockEnd, 2 * blocks);
        }
        blockTarget[blocks] = target;
        blockStart[blocks] = count;
    }

    public void endBlock() {
        blockEnd[blocks++] = count;
    }

    // ---- undoing

    /// A place to come back to with [#rollback].
    public record Mark(int variables, int count, int codeLength, int temporaries) {}

    public Mark mark() {
        return new Mark(variables, count, codeLength, suffixes.getOrDefault("t", 1));
    }

    /// Forgets everything since the mark. Names of temporaries are free again.
    public void rollback(Mark m) {
        for (int k = m.variables; k < variables; k++) if (names[k] != null) taken.remove(names[k]);
        if (m.temporaries < suffixes.getOrDefault("t", 1)) suffixes.put("t", m.temporaries);
        variables = m.variables;
        count = m.count;
        codeLength = m.codeLength;
    }

    /// A declaration that must be printed with the program although no instruction uses it yet.
    public void declare(Declared d) {
        declared.add(d);
    }

    Collection<Declared> declared() {
        return declared.stream().filter(d -> !d.prelude()).toList();
    }

    public Program build(List<Operand> results) {
        return new Program(this, results);
    }
}
