package nad.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import nad.arithmetic.Primitive;

/// Operations on single cells as numbers in an array. The first number of each has the opcode in its six highest bits and
/// the cell that is written in the others; then come the cells that are read. One loop with one switch runs them: programs
/// of 10⁷ operations run so without being compiled any further, as fast as the numbers come from memory, which is why there
/// are opcodes for what adjoint blocks do most.
final class ScalarCode {
    /// No program may need more cells.
    static final int MOST_CELLS = 1 << 26;
    private static final int OPCODE = 26;
    private static final int CELL = MOST_CELLS - 1;

    // In the comments z is the cell that is written; x, y, … are those that are read.
    /// y := x
    static final int COPY = 0;
    static final int ADD = 1;
    static final int SUB = 2;
    static final int MUL = 3;
    static final int DIV = 4;
    static final int NEG = 5;
    static final int MIN = 6;
    static final int MAX = 7;
    static final int ABS = 8;
    static final int SQRT = 9;
    static final int FMA = 10;
    static final int EXP = 11;
    static final int LOG = 12;
    static final int SIN = 13;
    static final int COS = 14;
    static final int TANH = 15;
    /// x > 0 ? y : 0
    static final int GATE = 16;
    /// x + y · w, rounded twice; likewise the next four
    static final int ADD_PRODUCT = 17;
    static final int SUB_PRODUCT = 18;
    static final int NEG_PRODUCT = 19;
    /// z + x · y
    static final int PLUS_PRODUCT = 20;
    static final int MINUS_PRODUCT = 21;
    /// z + x
    static final int PLUS = 22;
    static final int MINUS = 23;
    /// x < y ? u : v
    static final int LESS = 24;
    static final int GREATER = 25;
    static final int EQUAL = 26;
    /// a function by its number
    static final int CALL1 = 27;
    static final int CALL2 = 28;
    static final int CALL3 = 29;
    /// A run of zeros; the number that follows says how many.
    static final int ZEROS = 30;

    /// How many numbers follow the first one, by opcode; the one that a call begins with is no cell.
    private static final int[] MORE = {1, 2, 2, 2, 2, 1, 2, 2, 1, 1, 3, 1, 1, 1, 1, 1, 2, 3, 3, 2, 2, 2, 1, 1, 4, 4, 4, 2, 3, 4, 1};

    private int[] code;
    private int length;
    private final List<Primitive> functions = new ArrayList<>();
    private Primitive[] called;

    /// @param room for how many numbers there is room at first
    ScalarCode(int room) {
        code = new int[Math.max(64, room)];
    }

    int length() {
        return length;
    }

    private void begin(int op, int to, int more) {
        if (to >= MOST_CELLS) throw new IllegalArgumentException("more than " + MOST_CELLS + " cells");
        if (length + 1 + more > code.length) code = Arrays.copyOf(code, 2 * code.length + more);
        code[length++] = op << OPCODE | to;
    }

    void emit(int op, int to, int... from) {
        begin(op, to, from.length);
        for (int a : from) code[length++] = a;
    }

    void emit(int op, int to, int a) {
        begin(op, to, 1);
        code[length++] = a;
    }

    void emit(int op, int to, int a, int b) {
        if (to == a && (op == ADD || op == SUB)) {
            emit(op == ADD ? PLUS : MINUS, to, b);
        } else if (to == b && op == ADD) {
            emit(PLUS, to, a);
        } else {
            begin(op, to, 2);
            code[length++] = a;
            code[length++] = b;
        }
    }

    /// z := x ± a · b
    void product(boolean plus, int to, int x, int a, int b) {
        if (to == x) emit(plus ? PLUS_PRODUCT : MINUS_PRODUCT, to, a, b);
        else emit(plus ? ADD_PRODUCT : SUB_PRODUCT, to, x, a, b);
    }

    void call(Primitive f, int to, int... from) {
        int k = functions.indexOf(f);
        if (k < 0) {
            k = functions.size();
            functions.add(f);
        }
        int[] args = new int[from.length + 1];
        args[0] = k;
        System.arraycopy(from, 0, args, 1, from.length);
        emit(CALL1 + from.length - 1, to, args);
    }

    void finish() {
        if (length < code.length - code.length / 4) code = Arrays.copyOf(code, length);
        called = functions.toArray(new Primitive[0]);
    }

    /// Code without instructions that calls the same functions by the same numbers.
    ScalarCode like() {
        ScalarCode out = new ScalarCode(0);
        out.called = called;
        return out;
    }

    /// Sets the cells that instructions name.
    void mark(int from, int end, BitSet cells) {
        for (int p = from; p < end; p = after(p)) {
            int z = target(p);
            cells.set(z, opcode(p) == ZEROS ? z + number(p, 0) : z + 1);
            for (int k = 0; k < cells(p); k++) cells.set(cell(p, k));
        }
    }

    // ---- reading, for what turns the numbers into something faster

    int opcode(int at) {
        return code[at] >>> OPCODE;
    }

    int target(int at) {
        return code[at] & CELL;
    }

    int number(int at, int k) {
        return code[at + 1 + k];
    }

    /// Where the next instruction begins.
    int after(int at) {
        return at + 1 + MORE[opcode(at)];
    }

    /// How many cells an instruction names after the one that it writes, and where they begin.
    int cells(int at) {
        int op = opcode(at);
        return op == ZEROS ? 0 : op >= CALL1 ? MORE[op] - 1 : MORE[op];
    }

    int cell(int at, int k) {
        return number(at, opcode(at) >= CALL1 ? k + 1 : k);
    }

    /// Whether it reads the cell that it writes.
    boolean accumulates(int at) {
        int op = opcode(at);
        return op >= PLUS_PRODUCT && op <= MINUS;
    }

    Primitive called(int at) {
        return called[number(at, 0)];
    }

    /// Runs the instructions from `from` up to `end` on the cells of `m`.
    void run(double[] m, int from, int end) {
        int[] c = code;
        int p = from;
        while (p < end) {
            int head = c[p++];
            int to = head & CELL;
            switch (head >>> OPCODE) {
                case COPY -> m[to] = m[c[p++]];
                case ADD -> {
                    m[to] = m[c[p]] + m[c[p + 1]];
                    p += 2;
                }
                case SUB -> {
                    m[to] = m[c[p]] - m[c[p + 1]];
                    p += 2;
                }
                case MUL -> {
                    m[to] = m[c[p]] * m[c[p + 1]];
                    p += 2;
                }
                case DIV -> {
                    m[to] = m[c[p]] / m[c[p + 1]];
                    p += 2;
                }
                case NEG -> m[to] = -m[c[p++]];
                case MIN -> {
                    m[to] = Math.min(m[c[p]], m[c[p + 1]]);
                    p += 2;
                }
                case MAX -> {
                    m[to] = Math.max(m[c[p]], m[c[p + 1]]);
                    p += 2;
                }
                case ABS -> m[to] = Math.abs(m[c[p++]]);
                case SQRT -> m[to] = Math.sqrt(m[c[p++]]);
                case FMA -> {
                    m[to] = Math.fma(m[c[p]], m[c[p + 1]], m[c[p + 2]]);
                    p += 3;
                }
                case EXP -> m[to] = Math.exp(m[c[p++]]);
                case LOG -> m[to] = Math.log(m[c[p++]]);
                case SIN -> m[to] = Math.sin(m[c[p++]]);
                case COS -> m[to] = Math.cos(m[c[p++]]);
                case TANH -> m[to] = Math.tanh(m[c[p++]]);
                case GATE -> {
                    m[to] = m[c[p]] > 0 ? m[c[p + 1]] : 0;
                    p += 2;
                }
                case ADD_PRODUCT -> {
                    m[to] = m[c[p]] + m[c[p + 1]] * m[c[p + 2]];
                    p += 3;
                }
                case SUB_PRODUCT -> {
                    m[to] = m[c[p]] - m[c[p + 1]] * m[c[p + 2]];
                    p += 3;
                }
                case NEG_PRODUCT -> {
                    m[to] = -(m[c[p]] * m[c[p + 1]]);
                    p += 2;
                }
                case PLUS_PRODUCT -> {
                    m[to] = m[to] + m[c[p]] * m[c[p + 1]];
                    p += 2;
                }
                case MINUS_PRODUCT -> {
                    m[to] = m[to] - m[c[p]] * m[c[p + 1]];
                    p += 2;
                }
                case PLUS -> m[to] = m[to] + m[c[p++]];
                case MINUS -> m[to] = m[to] - m[c[p++]];
                case LESS -> {
                    m[to] = m[c[p]] < m[c[p + 1]] ? m[c[p + 2]] : m[c[p + 3]];
                    p += 4;
                }
                case GREATER -> {
                    m[to] = m[c[p]] > m[c[p + 1]] ? m[c[p + 2]] : m[c[p + 3]];
                    p += 4;
                }
                case EQUAL -> {
                    m[to] = m[c[p]] == m[c[p + 1]] ? m[c[p + 2]] : m[c[p + 3]];
                    p += 4;
                }
                case CALL1 -> {
                    m[to] = called[c[p]].real(m[c[p + 1]]);
                    p += 2;
                }
                case CALL2 -> {
                    m[to] = called[c[p]].real(m[c[p + 1]], m[c[p + 2]]);
                    p += 3;
                }
                case CALL3 -> {
                    m[to] = called[c[p]].real(m[c[p + 1]], m[c[p + 2]], m[c[p + 3]]);
                    p += 4;
                }
                case ZEROS -> Arrays.fill(m, to, to + c[p++], 0);
                default -> throw new IllegalStateException();
            }
        }
    }

    /// The same in float32: each operation is rounded to it, functions once more.
    void run(float[] m, int from, int end) {
        int[] c = code;
        int p = from;
        while (p < end) {
            int head = c[p++];
            int to = head & CELL;
            switch (head >>> OPCODE) {
                case COPY -> m[to] = m[c[p++]];
                case ADD -> {
                    m[to] = m[c[p]] + m[c[p + 1]];
                    p += 2;
                }
                case SUB -> {
                    m[to] = m[c[p]] - m[c[p + 1]];
                    p += 2;
                }
                case MUL -> {
                    m[to] = m[c[p]] * m[c[p + 1]];
                    p += 2;
                }
                case DIV -> {
                    m[to] = m[c[p]] / m[c[p + 1]];
                    p += 2;
                }
                case NEG -> m[to] = -m[c[p++]];
                case MIN -> {
                    m[to] = Math.min(m[c[p]], m[c[p + 1]]);
                    p += 2;
                }
                case MAX -> {
                    m[to] = Math.max(m[c[p]], m[c[p + 1]]);
                    p += 2;
                }
                case ABS -> m[to] = Math.abs(m[c[p++]]);
                case SQRT -> m[to] = (float) Math.sqrt(m[c[p++]]);
                case FMA -> {
                    m[to] = Math.fma(m[c[p]], m[c[p + 1]], m[c[p + 2]]);
                    p += 3;
                }
                case EXP -> m[to] = (float) Math.exp(m[c[p++]]);
                case LOG -> m[to] = (float) Math.log(m[c[p++]]);
                case SIN -> m[to] = (float) Math.sin(m[c[p++]]);
                case COS -> m[to] = (float) Math.cos(m[c[p++]]);
                case TANH -> m[to] = (float) Math.tanh(m[c[p++]]);
                case GATE -> {
                    m[to] = m[c[p]] > 0 ? m[c[p + 1]] : 0;
                    p += 2;
                }
                case ADD_PRODUCT -> {
                    m[to] = m[c[p]] + m[c[p + 1]] * m[c[p + 2]];
                    p += 3;
                }
                case SUB_PRODUCT -> {
                    m[to] = m[c[p]] - m[c[p + 1]] * m[c[p + 2]];
                    p += 3;
                }
                case NEG_PRODUCT -> {
                    m[to] = -(m[c[p]] * m[c[p + 1]]);
                    p += 2;
                }
                case PLUS_PRODUCT -> {
                    m[to] = m[to] + m[c[p]] * m[c[p + 1]];
                    p += 2;
                }
                case MINUS_PRODUCT -> {
                    m[to] = m[to] - m[c[p]] * m[c[p + 1]];
                    p += 2;
                }
                case PLUS -> m[to] = m[to] + m[c[p++]];
                case MINUS -> m[to] = m[to] - m[c[p++]];
                case LESS -> {
                    m[to] = m[c[p]] < m[c[p + 1]] ? m[c[p + 2]] : m[c[p + 3]];
                    p += 4;
                }
                case GREATER -> {
                    m[to] = m[c[p]] > m[c[p + 1]] ? m[c[p + 2]] : m[c[p + 3]];
                    p += 4;
                }
                case EQUAL -> {
                    m[to] = m[c[p]] == m[c[p + 1]] ? m[c[p + 2]] : m[c[p + 3]];
                    p += 4;
                }
                case CALL1 -> {
                    m[to] = (float) called[c[p]].real(m[c[p + 1]]);
                    p += 2;
                }
                case CALL2 -> {
                    m[to] = (float) called[c[p]].real(m[c[p + 1]], m[c[p + 2]]);
                    p += 3;
                }
                case CALL3 -> {
                    m[to] = (float) called[c[p]].real(m[c[p + 1]], m[c[p + 2]], m[c[p + 3]]);
                    p += 4;
                }
                case ZEROS -> Arrays.fill(m, to, to + c[p++], 0);
                default -> throw new IllegalStateException();
            }
        }
    }
}
