package nad.core;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import nad.dictionary.Declared;
import nad.dictionary.Dictionary;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.report.Source;
import nad.report.Span;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// A straight-line program over D or D', checked and immutable: parameters, instructions in order, results. P, backprop(P)
/// and whatever a dump holds are all of this one kind.
///
/// An instruction either applies an operation to operands and so defines a variable ([Kind#APPLY]), or, in an adjoint
/// block, writes to entries of a bar: sets them (a copy, of cost 0), adds to them, subtracts from them. A variable is
/// defined by the first instruction that names it as target; bars set entry by entry start as zeros ([Kind#ZEROS]).
///
/// Programs of 10⁷ scalar instructions must fit, so instructions are a few ints each, in one array. A *reference* is a
/// variable's number where an operand is the whole of a variable, and −1 − its place in the pool where it is anything else.
public final class Program {
    public enum Kind { APPLY, SET, ADD, SUBTRACT, ZEROS }

    /// @param data     true where the program is not differentiated by it
    /// @param variable the variable that holds its value
    public record Parameter(String name, int[] shape, boolean data, int variable) {}

    /// The place of an instruction that has none in a text.
    public static final int NO_SITE = -1;

    static final int UNDEFINED = -2;
    /// A variable's facts.
    static final byte DEFINED = 1;
    static final byte SCALAR = 2;
    static final byte DEPENDENT = 4;
    private static final Kind[] KINDS = Kind.values();

    private final String name;
    private final Map<String, Integer> sizes;
    private final List<Parameter> parameters;
    private final Dictionary over;
    private final Collection<Declared> declared;
    private final List<Operand> results;
    private final int variables;
    private final Names names;
    private final long[] nameOf;
    /// Null, or no place, for scalars.
    private final int[][] shapes;
    private final int[] definition;
    /// What is known of each variable, in bits.
    private final byte[] facts;
    private final int count;
    private final boolean scalar;
    private final int[] start;
    private final int[] code;
    private final Spans spans;
    private final int[] sites;
    private final Operand[] pool;
    private final Elementary[] operations;
    /// Made when it is first asked for.
    private volatile Decisions decisions;
    private final int[] blockTarget;
    private final int[] blockStart;
    private final int[] blockEnd;

    Program(ProgramBuilder b, List<Operand> results) {
        this.name = b.name;
        this.sizes = b.sizes;
        this.parameters = List.copyOf(b.parameters);
        this.declared = List.copyOf(b.declared());
        this.results = List.copyOf(results);
        this.variables = b.variables;
        this.names = b.names;
        this.nameOf = b.nameOf;
        this.shapes = b.shapes;
        this.count = b.count;
        this.start = trimmed(b.start, count + 1);
        this.code = trimmed(b.code, b.codeLength);
        this.spans = b.spans;
        this.sites = b.sites;
        this.pool = b.pool.toArray(new Operand[0]);
        this.operations = b.operations.toArray(new Elementary[0]);
        this.blockTarget = b.blocks == b.blockTarget.length ? b.blockTarget : Arrays.copyOf(b.blockTarget, b.blocks);
        this.blockStart = b.blocks == b.blockStart.length ? b.blockStart : Arrays.copyOf(b.blockStart, b.blocks);
        this.blockEnd = b.blocks == b.blockEnd.length ? b.blockEnd : Arrays.copyOf(b.blockEnd, b.blocks);
        this.definition = Arrays.copyOf(b.definition, variables);
        Arrays.fill(definition, b.definition.length, variables, UNDEFINED);
        this.facts = Arrays.copyOf(b.facts, variables);
        for (int v = b.facts.length; v < variables; v++) if (v >= shapes.length || shapes[v] == null) facts[v] = SCALAR;
        this.over = b.over == null ? null : b.over.allowing(occurring());
        this.scalar = new WellFormed(this, code, start, facts, definition).check(b.checked) && b.scalar;
    }

    /// p under another name, over another dictionary, with other entries for its operations: see [Capture].
    private Program(Program p, String name, Dictionary over, Collection<Declared> declared, UnaryOperator<Elementary> entry) {
        this.name = name;
        this.over = over;
        this.declared = List.copyOf(declared);
        this.operations = Arrays.stream(p.operations).map(entry).toArray(Elementary[]::new);
        this.sizes = p.sizes;
        this.parameters = p.parameters;
        this.results = p.results;
        this.variables = p.variables;
        this.names = p.names;
        this.nameOf = p.nameOf;
        this.shapes = p.shapes;
        this.count = p.count;
        this.start = p.start;
        this.code = p.code;
        this.spans = p.spans;
        this.sites = p.sites;
        this.pool = p.pool;
        this.blockTarget = p.blockTarget;
        this.blockStart = p.blockStart;
        this.blockEnd = p.blockEnd;
        this.definition = p.definition;
        this.facts = p.facts;
        this.scalar = p.scalar;
    }

    Program written(String name, Dictionary over, Collection<Declared> declared, UnaryOperator<Elementary> entry) {
        return new Program(this, name, over, declared, entry);
    }

    /// Whether a variable may bear this name.
    boolean isName(String text) {
        return names.isTaken(text);
    }

    /// An array of which a quarter or more is not used gives that back.
    private static int[] trimmed(int[] a, int length) {
        return length > a.length - a.length / 4 ? a : Arrays.copyOf(a, length);
    }

    /// The operations of D by name, those of writes to bars among them.
    private Set<String> occurring() {
        Set<String> names = new HashSet<>();
        for (Elementary f : operations) if (!f.inPrime) names.add(f.name);
        for (int i = 0; i < count; i++) {
            if (kind(i) == Kind.ADD) names.add(Standard.ADD.name);
            if (kind(i) == Kind.SUBTRACT) names.add(Standard.SUBTRACT.name);
        }
        return names;
    }

    // ---- the whole

    public String name() {
        return name;
    }

    /// The size parameters with the values that this program was elaborated for.
    public Map<String, Integer> sizes() {
        return sizes;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    /// The dictionary that the program was declared over, or null for the standard one; of a program over D' with what the
    /// transformation needs besides.
    public Dictionary over() {
        return over;
    }

    /// Functions declared in files that the program uses, itself or by a prime.
    public Collection<Declared> declared() {
        return declared;
    }

    public List<Operand> results() {
        return results;
    }

    // ---- variables

    public int variables() {
        return variables;
    }

    /// The name, or null for a value that is used once, within the statement that it is written in.
    public String name(int variable) {
        return names.text(nameOf[variable]);
    }

    public boolean isNamed(int variable) {
        return nameOf[variable] != Names.NONE;
    }

    public int[] shape(int variable) {
        // One object for all scalars: comparing shapes then looks at no memory.
        int[] shape = variable < shapes.length ? shapes[variable] : null;
        return shape == null ? Shapes.SCALAR : shape;
    }

    /// The first instruction that writes the variable; −1 for a parameter.
    public int definition(int variable) {
        return definition[variable];
    }

    /// Whether the value depends on a parameter, of which a seed is one.
    public boolean dependent(int variable) {
        return (facts[variable] & DEPENDENT) != 0;
    }

    /// Whether the variable is a single number.
    public boolean isScalar(int variable) {
        return (facts[variable] & SCALAR) != 0;
    }

    // ---- instructions

    public int length() {
        return count;
    }

    public Kind kind(int i) {
        return KINDS[code[start[i]] >>> 28];
    }

    /// The operation of an [Kind#APPLY]; null for the others.
    public Elementary operation(int i) {
        int head = code[start[i]];
        return head >>> 28 == 0 ? operations[head & 0xFFFF] : null;
    }

    /// The operations that occur, and which of them an [Kind#APPLY] applies.
    public Elementary[] operations() {
        return operations.clone();
    }

    public int operationNumber(int i) {
        return code[start[i]] & 0xFFFF;
    }

    /// How many operands are something else than whole variables, and the k-th of them: the one with reference −1 − k.
    public int pooled() {
        return pool.length;
    }

    public Operand pooled(int k) {
        return pool[k];
    }

    /// Whether every instruction is a pointwise operation on, or a writing of, single entries: as in what [Flat] makes.
    public boolean isScalar() {
        return scalar;
    }

    /// Trailing axes that a reduction consumes; 10·r + s for a contraction of operands of rank r and s; else 0.
    public int rank(int i) {
        return code[start[i]] >>> 16 & 0xFFF;
    }

    /// Where the numbers of instruction i begin: the operation, with the kind in the highest four bits, the place, the operands; for
    /// what goes through millions of them.
    public int at(int i) {
        return start[i];
    }

    public int number(int at) {
        return code[at];
    }

    /// The variable that the instruction defines or writes into.
    public int target(int i) {
        int t = code[start[i] + 1];
        return t >= 0 ? t : ((Operand.View) pool[-1 - t]).variable();
    }

    /// The entries that the instruction writes.
    public Operand.View place(int i) {
        return (Operand.View) operand(code[start[i] + 1]);
    }

    public int arity(int i) {
        return start[i + 1] - start[i] - 2;
    }

    /// The reference of operand k.
    public int ref(int i, int k) {
        return code[start[i] + 2 + k];
    }

    public int placeRef(int i) {
        return code[start[i] + 1];
    }

    public Operand operand(int i, int k) {
        return operand(ref(i, k));
    }

    public Operand operand(int ref) {
        return ref >= 0 ? new Operand.View(ref, Layout.whole(shape(ref))) : pool[-1 - ref];
    }

    /// Whether operand k of instruction i depends on no parameter.
    public boolean constant(int i, int k) {
        return !dependent(operand0(ref(i, k)), ref(i, k));
    }

    /// Whether operand k hands a derivative on to the result of instruction i. The direction of a scan along a single one does
    /// not where what the scan finds only decides: then it says which linear map of the direction a positively homogeneous function is,
    /// and, by Euler's identity, the derivative of that function is this map (spec/9-forward.md [forward-locked]).
    public boolean carries(int i, int k) {
        if (k == 0) return true;
        Elementary f = operation(i);
        if (f == null || f.kind != Elementary.Kind.SCAN) return true;
        int[] d = operand(i, k).shape();
        if (d[d.length - 1] > 1) return true;
        if (decisions == null) decisions = new Decisions(this);
        return !decisions.only(i);
    }

    private Operand operand0(int ref) {
        return ref >= 0 ? null : pool[-1 - ref];
    }

    private boolean dependent(Operand o, int ref) {
        if (ref >= 0) return dependent(ref);
        return switch (o) {
            case Operand.View v -> dependent(v.variable());
            case Operand.Constant c -> false;
            case Operand.Stack s -> s.parts().stream().anyMatch(p -> dependent(p, -1));
        };
    }

    public Span span(int i) {
        return spans.get(site(i));
    }

    /// Whether the statements stand in more than one file, the prelude not counted.
    public boolean isOfSeveralFiles() {
        return spans.several();
    }

    /// Where the statement stands, in words: its line, its file where there are several, and the prelude's line that was written out there.
    public String where(int i) {
        Span at = span(i);
        if (at == Span.NONE) return "";
        return "line " + at.line() + (spans.several() ? " of " + at.source().name() : "") + (at.inside() == null ? "" : ", in " + at.inside().fileAndLine());
    }

    /// The same for a table's column of lines.
    public String lines(int i) {
        Span at = span(i);
        if (at == Span.NONE) return "";
        return (spans.several() ? at.fileAndLine() : Integer.toString(at.line())) + (at.inside() == null ? "" : ", " + at.inside().fileAndLine());
    }

    /// The number of the instruction's place in the text, also in builders that go on from this program; [#NO_SITE] for none.
    public int site(int i) {
        return sites == null || i >= sites.length ? NO_SITE : sites[i];
    }

    // ---- adjoint blocks

    public int blocks() {
        return blockTarget.length;
    }

    /// The variable whose statement the block belongs to.
    public int blockTarget(int b) {
        return blockTarget[b];
    }

    public int blockStart(int b) {
        return blockStart[b];
    }

    public int blockEnd(int b) {
        return blockEnd[b];
    }

    /// The adjoint block that instruction i stands in; −1 for one that stands in none.
    public int block(int i) {
        int below = 0;
        int above = blockStart.length;
        while (below < above) {
            int middle = below + above >>> 1;
            if (blockStart[middle] <= i) below = middle + 1;
            else above = middle;
        }
        return below > 0 && i < blockEnd[below - 1] ? below - 1 : -1;
    }

    /// The first instruction of the first adjoint block; the length where there is none.
    public int forwardLength() {
        return blockStart.length == 0 ? count : blockStart[0];
    }

    /// How many of the first instructions are P's own statements, where this is backprop(P): those before the first writing to
    /// a bar, be it a seed's before the blocks or in one.
    public int ownLength() {
        int end = forwardLength();
        for (int i = 0; i < end; i++) if (kind(i) != Kind.APPLY) return i;
        return end;
    }

    /// Fills a builder with this program's parameters, variables and operands: they keep their numbers, references their
    /// meaning.
    ///
    /// @param more how many variables the builder is to have room for
    void copyNamesInto(ProgramBuilder b, int more) {
        b.parameters.addAll(parameters);
        b.variables = variables;
        b.names = new Names(names);
        b.nameOf = Arrays.copyOf(nameOf, more);
        b.shapes = shapes.clone();
        for (Operand o : pool) b.pool(o);
        declared.forEach(b::declare);
    }

    /// Fills a builder with all of this program but its results.
    ///
    /// @param instructions how many the builder is to have room for
    void copyInto(ProgramBuilder b, int instructions) {
        copyNamesInto(b, variables + 2 * (instructions - count) / 3 + 16);
        b.count = count;
        if (instructions > 2 * count) b.roomForBlocks(count);
        b.checked = count;
        b.scalar = scalar;
        b.definition = definition;
        b.facts = facts;
        b.start = Arrays.copyOf(start, instructions + 2);
        // Most are of one or two operands.
        b.code = Arrays.copyOf(code, start[count] + 7 * (instructions - count) / 2 + 64);
        b.codeLength = start[count];
        b.spans = new Spans(spans);
        if (sites != null) b.sites = Arrays.copyOf(sites, b.start.length);
        for (Elementary f : operations) b.operationNumber(f);
    }
}
