package nad.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Primitive;

/// Operations on single cells as numbers in an array: an opcode, the cell that is written, the cells that are read. One loop
/// with one switch runs them; programs of 10⁷ operations run so without being compiled any further.
final class ScalarCode {
    // The opcodes; the number of cells that each names, the written one included, is in WIDTH.
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
    static final int EXP = 10;
    static final int LOG = 11;
    static final int SIN = 12;
    static final int COS = 13;
    static final int TANH = 14;
    /// x > 0 ? v : 0
    static final int GATE = 15;
    /// x + a · b, rounded twice; x − a · b
    static final int ADD_PRODUCT = 16;
    static final int SUB_PRODUCT = 17;
    /// b op a ? then : otherwise
    static final int LESS = 18;
    static final int GREATER = 19;
    static final int EQUAL = 20;
    static final int FMA = 21;
    /// A function by its number, which follows the written cell.
    static final int CALL1 = 22;
    static final int CALL2 = 23;
    static final int CALL3 = 24;

    static final int[] WIDTH = {2, 3, 3, 3, 3, 2, 3, 3, 2, 2, 2, 2, 2, 2, 2, 3, 4, 4, 5, 5, 5, 4, 3, 4, 5};

    private int[] code = new int[64];
    private int length;
    private final List<Primitive> functions = new ArrayList<>();
    private Primitive[] called;

    int length() {
        return length;
    }

    void emit(int op, int to, int... from) {
        if (length + 2 + from.length > code.length) code = Arrays.copyOf(code, 2 * code.length + from.length);
        code[length++] = op;
        code[length++] = to;
        for (int a : from) code[length++] = a;
    }

    void emit(int op, int to, int a) {
        if (length + 3 > code.length) code = Arrays.copyOf(code, 2 * code.length);
        code[length++] = op;
        code[length++] = to;
        code[length++] = a;
    }

    void emit(int op, int to, int a, int b) {
        if (length + 4 > code.length) code = Arrays.copyOf(code, 2 * code.length);
        code[length++] = op;
        code[length++] = to;
        code[length++] = a;
        code[length++] = b;
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
        code = Arrays.copyOf(code, length);
        called = functions.toArray(new Primitive[0]);
    }

    int[] code() {
        return code;
    }

    /// Runs the instructions from `from` up to `to` on the cells of `m`.
    void run(double[] m, int from, int to) {
        int[] c = code;
        int p = from;
        while (p < to) {
            switch (c[p]) {
                case COPY -> {
                    m[c[p + 1]] = m[c[p + 2]];
                    p += 3;
                }
                case ADD -> {
                    m[c[p + 1]] = m[c[p + 2]] + m[c[p + 3]];
                    p += 4;
                }
                case SUB -> {
                    m[c[p + 1]] = m[c[p + 2]] - m[c[p + 3]];
                    p += 4;
                }
                case MUL -> {
                    m[c[p + 1]] = m[c[p + 2]] * m[c[p + 3]];
                    p += 4;
                }
                case DIV -> {
                    m[c[p + 1]] = m[c[p + 2]] / m[c[p + 3]];
                    p += 4;
                }
                case NEG -> {
                    m[c[p + 1]] = -m[c[p + 2]];
                    p += 3;
                }
                case MIN -> {
                    m[c[p + 1]] = Math.min(m[c[p + 2]], m[c[p + 3]]);
                    p += 4;
                }
                case MAX -> {
                    m[c[p + 1]] = Math.max(m[c[p + 2]], m[c[p + 3]]);
                    p += 4;
                }
                case ABS -> {
                    m[c[p + 1]] = Math.abs(m[c[p + 2]]);
                    p += 3;
                }
                case SQRT -> {
                    m[c[p + 1]] = Math.sqrt(m[c[p + 2]]);
                    p += 3;
                }
                case EXP -> {
                    m[c[p + 1]] = Math.exp(m[c[p + 2]]);
                    p += 3;
                }
                case LOG -> {
                    m[c[p + 1]] = Math.log(m[c[p + 2]]);
                    p += 3;
                }
                case SIN -> {
                    m[c[p + 1]] = Math.sin(m[c[p + 2]]);
                    p += 3;
                }
                case COS -> {
                    m[c[p + 1]] = Math.cos(m[c[p + 2]]);
                    p += 3;
                }
                case TANH -> {
                    m[c[p + 1]] = Math.tanh(m[c[p + 2]]);
                    p += 3;
                }
                case GATE -> {
                    m[c[p + 1]] = m[c[p + 2]] > 0 ? m[c[p + 3]] : 0;
                    p += 4;
                }
                case ADD_PRODUCT -> {
                    m[c[p + 1]] = m[c[p + 2]] + m[c[p + 3]] * m[c[p + 4]];
                    p += 5;
                }
                case SUB_PRODUCT -> {
                    m[c[p + 1]] = m[c[p + 2]] - m[c[p + 3]] * m[c[p + 4]];
                    p += 5;
                }
                case LESS -> {
                    m[c[p + 1]] = m[c[p + 2]] < m[c[p + 3]] ? m[c[p + 4]] : m[c[p + 5]];
                    p += 6;
                }
                case GREATER -> {
                    m[c[p + 1]] = m[c[p + 2]] > m[c[p + 3]] ? m[c[p + 4]] : m[c[p + 5]];
                    p += 6;
                }
                case EQUAL -> {
                    m[c[p + 1]] = m[c[p + 2]] == m[c[p + 3]] ? m[c[p + 4]] : m[c[p + 5]];
                    p += 6;
                }
                case FMA -> {
                    m[c[p + 1]] = Math.fma(m[c[p + 2]], m[c[p + 3]], m[c[p + 4]]);
                    p += 5;
                }
                case CALL1 -> {
                    m[c[p + 1]] = called[c[p + 2]].real(m[c[p + 3]]);
                    p += 4;
                }
                case CALL2 -> {
                    m[c[p + 1]] = called[c[p + 2]].real(m[c[p + 3]], m[c[p + 4]]);
                    p += 5;
                }
                case CALL3 -> {
                    m[c[p + 1]] = called[c[p + 2]].real(m[c[p + 3]], m[c[p + 4]], m[c[p + 5]]);
                    p += 6;
                }
                default -> throw new IllegalStateException();
            }
        }
    }
}
