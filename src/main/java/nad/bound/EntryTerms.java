package nad.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.report.Interrupt;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// [cert-entries] What single entries are, as numbers: entries that have one number are the same term over entries of P's own variables
/// and of bars. Views are followed entry by entry, so that none can be misread, however they are composed. Terms are equal up to the
/// order of factors and of summands and up to where a sign stands; a number's negative is the term negated. The numbers are those of
/// one block: the next has its own.
final class EntryTerms {
    /// The bar that is the literal 1.
    private static final int ONE = 1;
    private static final int FIRST = 2;
    /// Instead of an operation's number, in the keys of terms.
    private static final int SUM = -1;
    private static final int ROW = -2;
    private static final int PRODUCT = -3;
    private static final int QUOTIENT = -4;

    /// More entries than can be numbered.
    static final class TooMany extends RuntimeException {
        TooMany() {
            super(null, null, false, false);
        }
    }

    private record Key(int[] parts, int hash) {
        Key(int... parts) {
            this(parts, Arrays.hashCode(parts));
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Key k && hash == k.hash && Arrays.equals(parts, k.parts);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final Program q;
    private final BlockReader blocks;
    private final Meanings meanings;
    private final Map<Integer, int[]> values = new HashMap<>();
    private final Map<Integer, Integer> atoms = new HashMap<>();
    private final Map<Key, Integer> terms = new HashMap<>();
    private final Map<Integer, int[]> summands = new HashMap<>();
    private final List<Elementary> operations = new ArrayList<>();
    private final Map<Double, Integer> numbers = new HashMap<>();
    private final Map<Double, Rational> rationals = new HashMap<>();
    private int next = FIRST;

    EntryTerms(Program q, BlockReader blocks, Meanings meanings) {
        this.q = q;
        this.blocks = blocks;
        this.meanings = meanings;
    }

    /// What the contributions give to each entry of their bars: pairs of entry and term, sorted. Two lists of contributions to one bar
    /// are the same where these are equal.
    long[] given(List<Gift> gifts) {
        long[] out = new long[16];
        int n = 0;
        for (Gift g : gifts) {
            Interrupt.heed();
            int[] source = of(g.source());
            int[] to = g.place().positions();
            for (int k = 0; k < to.length; k++) {
                int t = g.negative() ? -source[k] : source[k];
                int[] parts = summands.get(Math.abs(t));
                int each = parts == null ? 1 : parts.length;
                if (n + each > out.length) out = Arrays.copyOf(out, grown(n, each));
                if (parts == null) out[n++] = pair(to[k], t);
                else for (int s : parts) out[n++] = pair(to[k], t < 0 ? -s : s);
            }
        }
        out = Arrays.copyOf(out, n);
        Arrays.sort(out);
        return out;
    }

    private static long pair(int entry, int term) {
        return (long) entry << 32 | term & 0xFFFFFFFFL;
    }

    private static int grown(int n, int more) {
        long size = Math.max(n + (long) more, n + (long) n / 2);
        if (size > Integer.MAX_VALUE - 8) throw new TooMany();
        return (int) size;
    }

    /// The terms of an operand's entries in row-major order.
    private int[] of(Operand o) {
        return switch (o) {
            case Operand.Constant c -> {
                int[] out = new int[c.size()];
                for (int k = 0; k < out.length; k++) out[k] = number(c.get(k));
                yield out;
            }
            case Operand.View v -> {
                int[] out = v.layout().positions();
                if (blocks.isOneBar(v)) {
                    Arrays.fill(out, ONE);
                    yield out;
                }
                int[] value = value(v.variable());
                int base = value == null ? atom(v.variable()) : 0;
                for (int k = 0; k < out.length; k++) out[k] = value == null ? base + out[k] : value[out[k]];
                yield out;
            }
            case Operand.Stack s -> stacked(s);
        };
    }

    private int[] stacked(Operand.Stack s) {
        int[] shape = s.shape();
        int inner = 1;
        for (int k = s.axis() + 1; k < shape.length; k++) inner *= shape[k];
        int n = s.parts().size();
        int[] out = new int[Shapes.size(shape)];
        for (int p = 0; p < n; p++) {
            int[] part = of(s.parts().get(p));
            for (int k = 0; k < part.length; k++) out[k / inner * inner * n + p * inner + k % inner] = part[k];
        }
        return out;
    }

    private int atom(int variable) {
        Integer first = atoms.get(variable);
        if (first == null) atoms.put(variable, first = numbered(Shapes.size(blocks.shape(variable))));
        return first;
    }

    private int numbered(int entries) {
        int first = next;
        if (next > Integer.MAX_VALUE - entries) throw new TooMany();
        next += entries;
        return first;
    }

    /// A float64 number and the rational that a file writes for it are one number. A second rational that is rounded to the same float64
    /// is another one.
    private int number(Quantity x) {
        double value = x.toDouble();
        double size = Math.abs(value);
        if (x instanceof Rational r) {
            Rational other = rationals.putIfAbsent(size, r.abs());
            if (other != null && !other.equals(r.abs())) return numbered(1);
        }
        Integer n = numbers.get(size);
        if (n == null) numbers.put(size, n = numbered(1));
        return value < 0 || 1 / value < 0 ? -n : n;
    }

    // ---- values that blocks and rules compute

    /// The terms of all entries of a value that an application gives; null for a variable that is what it is.
    private int[] value(int variable) {
        int[] known = values.get(variable);
        if (known != null) return known;
        RuleReader.Node a = blocks.application(variable);
        if (a == null || a.f().kind == Elementary.Kind.SCAN) return null;
        Interrupt.heed();
        int[][] x = new int[a.args().length][];
        for (int k = 0; k < x.length; k++) x[k] = of(a.args()[k]);
        int size = Shapes.size(a.shape());
        int[] out = switch (a.f().kind) {
            case POINTWISE -> pointwise(blocks.plain(a), x, size);
            case REDUCTION -> reduced(a.f(), x, size);
            case CONTRACTION -> contracted(a, x, size);
            default -> rows(a, x, size);
        };
        values.put(variable, out);
        return out;
    }

    private int[] pointwise(Elementary f, int[][] x, int size) {
        int[] out = new int[size];
        if (f == Standard.MULTIPLY) for (int k = 0; k < size; k++) out[k] = product(x[0][k], x[1][k]);
        else if (f == Standard.DIVIDE) for (int k = 0; k < size; k++) out[k] = quotient(x[0][k], x[1][k]);
        else if (f == Standard.NEG) for (int k = 0; k < size; k++) out[k] = -x[0][k];
        else if (f == Standard.ADD) for (int k = 0; k < size; k++) out[k] = sum(x[0][k], x[1][k]);
        else if (f == Standard.SUBTRACT) for (int k = 0; k < size; k++) out[k] = sum(x[0][k], -x[1][k]);
        else {
            int operation = operation(f);
            for (int k = 0; k < size; k++) {
                int[] key = new int[x.length + 1];
                key[0] = operation;
                for (int j = 0; j < x.length; j++) key[j + 1] = x[j][k];
                out[k] = term(key);
            }
        }
        return out;
    }

    private int product(int a, int b) {
        if (Math.abs(a) == ONE) return a < 0 ? -b : b;
        if (Math.abs(b) == ONE) return b < 0 ? -a : a;
        int t = term(PRODUCT, Math.min(Math.abs(a), Math.abs(b)), Math.max(Math.abs(a), Math.abs(b)));
        return a < 0 != b < 0 ? -t : t;
    }

    private int quotient(int a, int b) {
        int t = term(QUOTIENT, Math.abs(a), Math.abs(b));
        return a < 0 != b < 0 ? -t : t;
    }

    /// A sum of these terms, sums among them written out; one alone is itself.
    private int sum(int... of) {
        int n = 0;
        for (int t : of) n += summands.containsKey(Math.abs(t)) ? summands.get(Math.abs(t)).length : 1;
        if (n == 1) return of[0];
        int[] all = new int[n];
        n = 0;
        for (int t : of) {
            int[] parts = summands.get(Math.abs(t));
            if (parts == null) all[n++] = t;
            else for (int s : parts) all[n++] = t < 0 ? -s : s;
        }
        boolean negative = standard(all);
        int[] key = new int[n + 1];
        key[0] = SUM;
        System.arraycopy(all, 0, key, 1, n);
        int t = term(key);
        summands.putIfAbsent(t, all);
        return negative ? -t : t;
    }

    /// Sorts summands, with the sign that makes the first of the largest positive; whether they were negated for that.
    private static boolean standard(int[] all) {
        Arrays.sort(all);
        boolean negative = Math.abs(all[0]) > Math.abs(all[all.length - 1]);
        if (all[0] == -all[all.length - 1]) {
            int[] other = negated(all);
            negative = Arrays.compare(other, all) < 0;
        }
        if (negative) System.arraycopy(negated(all), 0, all, 0, all.length);
        return negative;
    }

    private static int[] negated(int[] sorted) {
        int[] out = new int[sorted.length];
        for (int k = 0; k < out.length; k++) out[k] = -sorted[out.length - 1 - k];
        return out;
    }

    private int[] reduced(Elementary f, int[][] x, int size) {
        int[] out = new int[size];
        int n = size == 0 ? 0 : x[0].length / size;
        int operation = f == Standard.SUM ? SUM : operation(f);
        for (int k = 0; k < size; k++) {
            if (operation == SUM) {
                out[k] = sum(Arrays.copyOfRange(x[0], k * n, (k + 1) * n));
                continue;
            }
            int[] key = new int[x.length + 1];
            key[0] = operation;
            for (int j = 0; j < x.length; j++) key[j + 1] = row(x[j], k * (x[j].length / size), x[j].length / size, 1);
            out[k] = term(key);
        }
        return out;
    }

    /// Entry k of a row that comes of other rows (and single entries, one for each row).
    private int[] rows(RuleReader.Node a, int[][] x, int size) {
        int[] out = new int[size];
        int n = 1;
        for (int k = a.shape().length - a.rank(); k < a.shape().length; k++) n *= a.shape()[k];
        int operation = operation(a.f());
        for (int r = 0; r < size / n; r++) {
            int[] key = new int[x.length + 2];
            key[0] = operation;
            for (int j = 0; j < x.length; j++) {
                int each = x[j].length / (size / n);
                key[j + 1] = row(x[j], r * each, each, 1);
            }
            for (int k = 0; k < n; k++) {
                key[x.length + 1] = k;
                out[r * n + k] = term(key.clone());
            }
        }
        return out;
    }

    /// Z[…, i, j] = Σ X[…, i, k] · Y[…, k, j], where X may lack i and Y lack j. A product of the same rows is one, whichever stands first.
    private int[] contracted(RuleReader.Node a, int[][] x, int size) {
        int[] left = a.args()[0].shape();
        int[] right = a.args()[1].shape();
        int n = left[left.length - 1];
        boolean column = a.rank() % 10 == 2;
        int rows = a.rank() / 10 == 2 ? left[left.length - 2] : 1;
        int columns = column ? right[right.length - 1] : 1;
        int batches = size / (rows * columns);
        int operation = operation(a.f());
        int[] out = new int[size];
        for (int b = 0; b < batches; b++) {
            int[] rowsOf = new int[rows];
            int[] columnsOf = new int[columns];
            for (int i = 0; i < rows; i++) rowsOf[i] = row(x[0], (b * rows + i) * n, n, 1);
            for (int j = 0; j < columns; j++) columnsOf[j] = row(x[1], b * n * columns + j, n, columns);
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j++)
                    out[(b * rows + i) * columns + j] = term(operation, Math.min(rowsOf[i], columnsOf[j]), Math.max(rowsOf[i], columnsOf[j]));
        }
        return out;
    }

    private int row(int[] terms, int from, int n, int step) {
        int[] key = new int[n + 1];
        key[0] = ROW;
        for (int k = 0; k < n; k++) key[k + 1] = terms[from + k * step];
        return term(key);
    }

    private int operation(Elementary f) {
        for (int k = 0; k < operations.size(); k++) if (meanings.same(operations.get(k), f)) return k;
        operations.add(f);
        return operations.size() - 1;
    }

    private int term(int... key) {
        Key k = new Key(key);
        Integer t = terms.get(k);
        if (t == null) terms.put(k, t = numbered(1));
        return t;
    }
}
