package nad.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Cells;
import nad.arithmetic.Interval;
import nad.arithmetic.Library;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// Entries that work on rows: in every arithmetic, on doubles, and by their definitions.
class RowEntriesTest {
    private static final double[] HARD = {0.0, -0.0, 1, -1, 1, 2.5, 2.5, 1e-3, 700, -745, 1e300, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};

    /// The two implementations, on cells and on arrays of doubles, give the same bits for rows of every length, under every convention;
    /// in float32 whoever stores the doubles rounds them.
    @Test
    void onDoublesTheyGiveTheBitsOfTheCells() {
        Random random = new Random(1);
        int entries = 0;
        for (Elementary f : Standard.entries()) {
            if (f.realRow == null) continue;
            entries++;
            for (int n = 1; n <= 20; n++)
                for (int k = 0; k < 12; k++) {
                    double[] x = row(n, random, k % 3);
                    double[] v = row(f.arity == 1 ? 0 : f.kind == Elementary.Kind.SCATTER ? 1 : n, random, k % 2);
                    Selections s = Selections.of(Selections.CONVENTIONS.get(random.nextInt(Selections.CONVENTIONS.size())));
                    for (boolean single : new boolean[] {false, true}) {
                        double[] a = single ? rounded(x) : x;
                        double[] b = single ? rounded(v) : v;
                        double[] wanted = onCells(f, single ? Arithmetic.FLOAT32 : Arithmetic.FLOAT64, a, b, s);
                        double[] out = new double[wanted.length + 3];
                        double[] padded = new double[n + 2];
                        System.arraycopy(a, 0, padded, 2, n);
                        f.realRow.apply(out, 3, padded, 2, n, b, 0, s, new double[n + 1], 1, single);
                        double[] got = Arrays.copyOfRange(out, 3, out.length);
                        assertThat(single ? rounded(got) : got).as("%s of %s, %s, single %s", f, Arrays.toString(a), s.convention(), single).isEqualTo(wanted);
                    }
                }
        }
        assertThat(entries).isGreaterThanOrEqualTo(10);
    }

    private static double[] row(int n, Random random, int kind) {
        return random.doubles(n, -3, 3).map(d -> kind == 0 ? d : kind == 1 ? Math.rint(d) : random.nextInt(3) == 0 ? HARD[random.nextInt(HARD.length)] : Math.rint(d)).toArray();
    }

    private static double[] rounded(double[] x) {
        return Arrays.stream(x).map(d -> (float) d).toArray();
    }

    private static int results(Elementary f, int n) {
        return f.kind == Elementary.Kind.REDUCTION ? 1 : n;
    }

    private static double[] onCells(Elementary f, Arithmetic a, double[] x, double[] v, Selections s) {
        Cells c = a.cells(0);
        int n = x.length;
        int[] in = IntStream.range(0, n).toArray();
        int[] second = IntStream.range(n, n + v.length).toArray();
        int[] out = IntStream.range(n + v.length, n + v.length + results(f, n)).toArray();
        c.reserve(n + v.length + out.length);
        c.scratchFrom(n + v.length + out.length);
        for (int k = 0; k < n; k++) c.set(k, x[k]);
        for (int k = 0; k < v.length; k++) c.set(n + k, v[k]);
        f.kernel().row(c, out, new int[][] {in, second}, new Elementary.Context(1, false, s));
        assertThat(c.scratch()).as("%s leaves the scratch cells as they were", f).isEqualTo(n + v.length + out.length);
        assertThat(tallied(c)).as("%s of %s", f, n).isEqualTo(counted(f, n));
        for (int k = 0; k < n; k++) assertThat(Double.valueOf(c.get(k).toDouble())).as("%s leaves its row", f).isEqualTo(Double.valueOf(x[k]));
        return Arrays.stream(out).mapToDouble(k -> c.get(k).toDouble()).toArray();
    }

    private static Map<String, Long> tallied(Cells c) {
        Map<String, Long> out = new TreeMap<>();
        c.forEachTallied((p, n) -> out.merge(p.name, n, Long::sum));
        return out;
    }

    private static Map<String, Long> counted(Elementary f, int n) {
        Map<String, Long> out = new TreeMap<>();
        for (Elementary.Count k : f.counts()) if (k.of(n) > 0) out.merge(k.primitive().name, k.of(n), Long::sum);
        return out;
    }

    // ---- in fractions, by definition

    @Test
    void sumsAndProductsAreExactAndCountedAsTheyAre() {
        Random random = new Random(2);
        for (int n = 1; n <= 30; n++) {
            Rational[] x = fractions(n, random);
            Rational[] y = fractions(n, random);
            Rational sum = Rational.ZERO;
            Rational dot = Rational.ZERO;
            for (int k = 0; k < n; k++) {
                sum = sum.plus(x[k]);
                dot = dot.plus(x[k].times(y[k]));
            }
            assertThat(exact(Standard.SUM, x, y, 1, false).get(2 * n)).isEqualTo(sum);
            for (int rank : new int[] {11, 21, 12, 22})
                for (boolean constant : new boolean[] {false, true}) {
                    Cells c = exact(Standard.MATMUL, x, y, rank, constant);
                    assertThat(c.get(2 * n)).isEqualTo(dot);
                    Map<String, Long> counts = new TreeMap<>(Map.of(Standard.MULTIPLY.primitive(constant).name, (long) n));
                    if (n > 1) counts.merge(Standard.ADD.name, n - 1L, Long::sum);
                    assertThat(tallied(c)).isEqualTo(counts);
                    c.forEachTallied((p, k) -> assertThat(p == Standard.ADD.primitive(false) || p == Standard.MULTIPLY.primitive(constant)).isTrue());
                }
        }
    }

    private static Cells exact(Elementary f, Rational[] x, Rational[] y, int rank, boolean constant) {
        int n = x.length;
        Cells c = Arithmetic.RATIONAL.cells(0);
        c.reserve(2 * n + 1);
        c.scratchFrom(2 * n + 1);
        for (int k = 0; k < n; k++) {
            c.set(k, x[k]);
            c.set(n + k, y[k]);
        }
        f.kernel().row(c, new int[] {2 * n}, new int[][] {IntStream.range(0, n).toArray(), IntStream.range(n, 2 * n).toArray()}, new Elementary.Context(rank, constant, Selections.DEFAULT));
        return c;
    }

    private static Rational[] fractions(int n, Random random) {
        return IntStream.range(0, n).mapToObj(k -> Rational.of(random.nextInt(19) - 9, 1 + random.nextInt(5))).toArray(Rational[]::new);
    }

    /// [row-sum] Partial results of stride 8: the order of additions shows in what rounding leaves.
    @Test
    void theOrderOfASumIsTheSpecifications() {
        Random random = new Random(3);
        for (int n = 1; n <= 40; n++) {
            double[] x = random.doubles(n, -1, 1).map(d -> Math.scalb(d, random.nextInt(60))).toArray();
            double[] y = new double[n];
            Arrays.fill(y, 1);
            int lanes = Math.min(8, n);
            double[] p = Arrays.copyOf(x, lanes);
            for (int k = lanes; k < n; k++) p[k % 8] += x[k];
            for (int w = 4; w > 0; w /= 2) for (int l = 0; l < w && l + w < lanes; l++) p[l] += p[l + w];
            assertThat(rowOf(Standard.SUM, x, y, 1)).isEqualTo(p[0]);
            assertThat(rowOf(Standard.MATMUL, x, y, 11)).isEqualTo(p[0]);
            double chain = x[0];
            for (int k = 1; k < n; k++) chain += x[k];
            assertThat(rowOf(Standard.MATMUL, x, y, 22)).isEqualTo(chain);
        }
    }

    private static double rowOf(Elementary f, double[] x, double[] y, int rank) {
        int n = x.length;
        Cells c = Arithmetic.FLOAT64.cells(0);
        c.reserve(2 * n + 1);
        c.scratchFrom(2 * n + 1);
        for (int k = 0; k < n; k++) {
            c.set(k, x[k]);
            c.set(n + k, y[k]);
        }
        f.kernel().row(c, new int[] {2 * n}, new int[][] {IntStream.range(0, n).toArray(), IntStream.range(n, 2 * n).toArray()}, new Elementary.Context(rank, false, Selections.DEFAULT));
        return c.get(2 * n).toDouble();
    }

    // ---- infinite rows

    @Test
    void rowsWithInfinitiesKeepTheirLimits() {
        double inf = Double.POSITIVE_INFINITY;
        assertThat(onCells(Standard.LOGSUMEXP, Arithmetic.FLOAT64, new double[] {inf, 1}, new double[0], Selections.DEFAULT)).containsExactly(inf);
        assertThat(onCells(Standard.LOGSUMEXP, Arithmetic.FLOAT64, new double[] {-inf, -inf}, new double[0], Selections.DEFAULT)).containsExactly(-inf);
        assertThat(onCells(Standard.LOGSUMEXP, Arithmetic.FLOAT64, new double[] {-inf, 2}, new double[0], Selections.DEFAULT)).containsExactly(2);
        assertThat(onCells(Standard.LOGSUMEXP, Arithmetic.FLOAT64, new double[] {Double.NaN, 2}, new double[0], Selections.DEFAULT)).containsExactly(Double.NaN);
        assertThat(onCells(Standard.SOFTMAX, Arithmetic.FLOAT64, new double[] {-inf, 2}, new double[0], Selections.DEFAULT)).containsExactly(0, 1);
    }

    // ---- who wins

    @Test
    void weightsAreSharedAmongThoseThatTie() {
        Random random = new Random(5);
        int ties = 0;
        for (int k = 0; k < 400; k++) {
            int n = 1 + random.nextInt(6);
            Rational[] x = IntStream.range(0, n).mapToObj(i -> Rational.of(random.nextInt(4) - 2)).toArray(Rational[]::new);
            int sign = random.nextBoolean() ? 1 : -1;
            Rational tie = Rational.of(random.nextInt(5), 4);
            Rational best = Arrays.stream(x).reduce((a, b) -> a.compareTo(b) * sign >= 0 ? a : b).orElseThrow();
            List<Integer> winners = IntStream.range(0, n).filter(i -> x[i].equals(best)).boxed().toList();
            Rational[] wanted = new Rational[n];
            Arrays.fill(wanted, Rational.ZERO);
            if (winners.size() == 1) wanted[winners.getFirst()] = Rational.ONE;
            else if (tie.equals(Rational.HALF)) winners.forEach(i -> wanted[i] = Rational.of(1, winners.size()));
            else {
                wanted[winners.getFirst()] = tie;
                wanted[winners.getLast()] = Rational.ONE.minus(tie);
            }
            if (winners.size() > 1) ties++;
            assertThat(Rows.weights(x, sign, tie)).containsExactly((Quantity[]) wanted);
            double[] real = Arrays.stream(Rows.weights(Arrays.stream(x).map(q -> new Real(q.toDouble())).toArray(Quantity[]::new), sign, tie)).mapToDouble(Quantity::toDouble).toArray();
            assertThat(real).containsExactly(Arrays.stream(wanted).mapToDouble(Rational::toDouble).toArray());
        }
        assertThat(ties).isGreaterThan(80);
    }

    /// A weight in intervals holds that of every choice of points.
    @Test
    void weightsInIntervalsHoldThoseOfPoints() {
        Random random = new Random(7);
        int certain = 0;
        for (int k = 0; k < 300; k++) {
            int n = 2 + random.nextInt(4);
            int sign = random.nextBoolean() ? 1 : -1;
            Interval[] x = IntStream.range(0, n).mapToObj(i -> {
                int lo = random.nextInt(9) - 4;
                return new Interval(lo, lo + random.nextInt(3));
            }).toArray(Interval[]::new);
            Quantity[] w = Rows.weights(x, sign, Rational.HALF);
            if (Arrays.stream(w).anyMatch(q -> ((Interval) q).lo() == 1)) certain++;
            boolean[] taken = new boolean[n];
            for (int m = 0; m < 40; m++) {
                Rational[] points = Arrays.stream(x).map(i -> Rational.of((int) i.lo() + random.nextInt((int) (i.hi() - i.lo()) + 1))).toArray(Rational[]::new);
                Quantity[] at = Rows.weights(points, sign, Rational.HALF);
                for (int i = 0; i < n; i++) {
                    assertThat(((Interval) w[i]).contains(at[i].toDouble())).isTrue();
                    taken[i] |= at[i].sign() != 0;
                }
            }
            for (int i = 0; i < n; i++) if (!taken[i]) assertThat(w[i].toDouble()).as("a weight that no points take, of few points").isBetween(0.0, 1.0);
            for (int i = 0; i < n; i++) if (beaten(x, i, sign)) assertThat(((Interval) w[i]).hi()).isZero();
        }
        assertThat(certain).isBetween(30, 290);
    }

    private static boolean beaten(Interval[] x, int i, int sign) {
        return Arrays.stream(x).anyMatch(y -> sign > 0 ? y.lo() > x[i].hi() : y.hi() < x[i].lo());
    }

    /// [row-winners] By sorting: the columns of a row and its directions are compared one after the other.
    @Test
    void winnersAlongDirectionsAreTheLexicographicExtremes() {
        Random random = new Random(11);
        for (int k = 0; k < 300; k++) {
            int n = 1 + random.nextInt(4);
            int d = random.nextInt(4);
            int sign = random.nextBoolean() ? 1 : -1;
            List<List<Rational>> entries = new ArrayList<>();
            for (int i = 0; i < n; i++) entries.add(IntStream.range(0, d + 1).mapToObj(j -> Rational.of(random.nextInt(3) - 1)).toList());
            List<Rational> best = entries.stream().reduce((a, b) -> compared(a, b) * sign >= 0 ? a : b).orElseThrow();
            Cells c = scanned(sign > 0 ? Standard.MAX_ALONG : Standard.MIN_ALONG, entries, n, d);
            for (int i = 0; i < n; i++) assertThat(c.get(n + n * d + i)).isEqualTo(Rational.of(entries.get(i).equals(best) ? sign : 0));
            Map<String, Long> counts = new TreeMap<>();
            if (n > 1) counts.put(Standard.MAX_ALONG.counts().getFirst().primitive().name.replace("max", sign > 0 ? "max" : "min"), (n - 1L) * (d + 1));
            assertThat(tallied(c)).isEqualTo(counts);
        }
    }

    private static int compared(List<Rational> a, List<Rational> b) {
        for (int j = 0; j < a.size(); j++) if (!a.get(j).equals(b.get(j))) return a.get(j).compareTo(b.get(j));
        return 0;
    }

    /// [row-first] The first column that is not zero in all entries; else zero.
    @Test
    void theFirstThatIsNotZeroIsFound() {
        Random random = new Random(13);
        for (int k = 0; k < 300; k++) {
            int n = 1 + random.nextInt(3);
            int d = random.nextInt(4);
            List<List<Rational>> entries = new ArrayList<>();
            for (int i = 0; i < n; i++) entries.add(IntStream.range(0, d + 1).mapToObj(j -> Rational.of(random.nextInt(3) > 0 ? 0 : random.nextInt(3) - 1)).toList());
            int first = IntStream.rangeClosed(0, d).filter(j -> entries.stream().anyMatch(e -> e.get(j).sign() != 0)).findFirst().orElse(0);
            Cells c = scanned(Standard.FIRST, entries, n, d);
            for (int i = 0; i < n; i++) assertThat(c.get(n + n * d + i)).isEqualTo(entries.get(i).get(first));
            assertThat(tallied(c).values()).containsExactly((long) n * (d + 1));
        }
    }

    private static Cells scanned(Elementary f, List<List<Rational>> entries, int n, int d) {
        return scanned(f, entries.stream().map(e -> e.toArray(Quantity[]::new)).toList(), Arithmetic.RATIONAL, n, d);
    }

    private static Cells scanned(Elementary f, List<Quantity[]> entries, Arithmetic a, int n, int d) {
        Cells c = a.cells(0);
        int size = n + n * d + n;
        c.reserve(size);
        c.scratchFrom(size);
        for (int i = 0; i < n; i++) {
            c.set(i, entries.get(i)[0]);
            for (int j = 0; j < d; j++) c.set(n + i * d + j, entries.get(i)[j + 1]);
        }
        f.kernel().row(c, IntStream.range(n + n * d, size).toArray(), new int[][] {IntStream.range(0, n).toArray(), IntStream.range(n, n + n * d).toArray()},
                new Elementary.Context(1, false, Selections.DEFAULT));
        return c;
    }

    /// A decision that intervals leave open is not taken; one that they do not leave open is.
    @Test
    void decisionsInIntervalsAreTakenOrRefused() {
        Quantity[] low = {new Interval(0, 1), Interval.point(2)};
        Quantity[] high = {new Interval(2, 3), Interval.point(1)};
        Quantity[] over = {new Interval(0.5, 2.5), Interval.point(1)};
        assertThat(scanned(Standard.MAX_ALONG, List.of(low, high), Arithmetic.INTERVAL, 2, 1).get(5).toDouble()).isEqualTo(1);
        assertThat(scanned(Standard.MAX_ALONG, List.of(low, high), Arithmetic.INTERVAL, 2, 1).get(4).sign()).isZero();
        assertThat(scanned(Standard.MIN_ALONG, List.of(low, high), Arithmetic.INTERVAL, 2, 1).get(4).toDouble()).isEqualTo(-1);
        Assertions.assertThatThrownBy(() -> scanned(Standard.MAX_ALONG, List.of(low, over), Arithmetic.INTERVAL, 2, 1)).isInstanceOf(Library.Leaves.class);
        Quantity[] zero = {Interval.point(0), new Interval(1, 2)};
        Quantity[] open = {new Interval(-1, 1), new Interval(1, 2)};
        assertThat(scanned(Standard.FIRST, List.<Quantity[]>of(zero), Arithmetic.INTERVAL, 1, 1).get(2)).isEqualTo(new Interval(1, 2));
        Assertions.assertThatThrownBy(() -> scanned(Standard.FIRST, List.<Quantity[]>of(open), Arithmetic.INTERVAL, 1, 1)).isInstanceOf(Library.Leaves.class);
    }
}
