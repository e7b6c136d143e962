package nad.compile;

import java.util.Arrays;
import java.util.BitSet;
import java.util.TreeSet;

/// Finds the loops that a scalar program was before it was written out. Instructions that wait for equally many others, the longest way
/// back, do not need each other, and may be done in any order: those of one operation side by side, by falling in with the cells that
/// they name. Where these lie in step, they are a row, and rows that lie in step are a nest. The same operations on the same values as before:
/// the same bits. A value gets a cell of its own, so that only what is needed makes an instruction wait.
final class NestPlanner {
    /// Nests of fewer instructions stay numbers.
    private static final int WORTH = 8;
    /// So many instructions must a nest have on the average, and half of all be in one, or there is nothing to gain.
    private static final int REGULAR = 16;
    /// Among so many rows that could be next one is looked for that goes on with the nest.
    private static final int FARTHEST = 512;
    private static final int NONE = -1;

    private final ScalarCode code;
    private final ScalarCode rest;
    private final Nests nests;
    private final BitSet fixed;
    private final BitSet live;
    /// The instruction that writes the last value of a cell: a result's has to be there.
    private final int[] last;
    /// Instructions by number: where they begin, the value written, the values read (four places each), and the level.
    private final int[] places;
    private final int[] to;
    private final int[] from;
    private final int[] level;
    private final int count;
    /// The cell of each value; the first are the cells that code outside knows.
    private final int[] cell;
    private int values;
    private int next;
    private int loops;
    private int inLoops;
    /// Instructions by rows, where each row begins, and the row of each instruction.
    private final int[] members;
    private final int[] rowAt;
    private final int[] rowOf;
    private int memberCount;
    private int rowCount;

    private NestPlanner(ScalarCode code, int cells, BitSet live) {
        this.code = code;
        this.rest = code.like();
        this.nests = new Nests(rest);
        this.places = needed(code, live);
        int n = places.length;
        this.count = n;
        this.to = new int[n];
        this.from = new int[4 * n];
        this.level = new int[n];
        this.members = new int[n];
        this.rowAt = new int[n + 1];
        this.rowOf = new int[n];
        this.live = live;
        this.last = new int[cells];
        this.fixed = fixed(cells);
        this.next = cells;
        this.values = cells;
        this.cell = new int[cells + n];
        for (int k = 0; k < cells; k++) cell[k] = k;
        Arrays.fill(cell, cells, cell.length, NONE);
    }

    /// The code as loops, or null where it has too few.
    ///
    /// @param cells how many it uses
    /// @param live  those that are read afterwards
    static Plan of(ScalarCode code, int cells, BitSet live) {
        return of(code, cells, live, REGULAR);
    }

    /// @param regular how many instructions a nest must have on the average; 0 takes everything
    static Plan of(ScalarCode code, int cells, BitSet live, int regular) {
        NestPlanner planner = new NestPlanner(code, cells, live);
        planner.levels(cells);
        planner.groups();
        if (planner.count < regular / 4 * planner.rowCount) return null;
        planner.schedule();
        boolean worth = regular == 0 || planner.loops > 0 && 2 * planner.inLoops >= planner.count && planner.inLoops >= regular * planner.loops;
        return worth ? new Plan(planner.nests, planner.next) : null;
    }

    /// @param cells how many cells the loops use
    record Plan(Nests nests, int cells) {}

    /// Where the instructions begin, without zeros that are all overwritten before anybody reads them.
    private static int[] needed(ScalarCode code, BitSet live) {
        int[] all = new int[code.length() / 2 + 1];
        int n = 0;
        for (int p = 0; p < code.length(); p = code.after(p)) all[n++] = p;
        BitSet read = (BitSet) live.clone();
        int kept = all.length;
        for (int i = n - 1; i >= 0; i--) {
            int p = all[i];
            int z = code.target(p);
            if (code.opcode(p) == ScalarCode.ZEROS) {
                int end = z + code.number(p, 0);
                int next = read.nextSetBit(z);
                if (next < 0 || next >= end) continue;
                read.clear(z, end);
            } else if (!code.accumulates(p)) {
                read.clear(z);
            }
            all[--kept] = p;
            if (code.accumulates(p)) read.set(z);
            for (int k = 0; k < code.cells(p); k++) read.set(code.cell(p, k));
        }
        return Arrays.copyOfRange(all, kept, all.length);
    }

    /// Cells all of whose values others know by their place: inputs, constants, arrays that begin as zeros.
    private BitSet fixed(int cells) {
        BitSet out = new BitSet(cells);
        BitSet written = new BitSet(cells);
        for (int i = 0; i < places.length; i++) {
            int p = places[i];
            int z = code.target(p);
            for (int k = 0; k < code.cells(p); k++) if (!written.get(code.cell(p, k))) out.set(code.cell(p, k));
            if (code.opcode(p) == ScalarCode.ZEROS) {
                out.set(z, z + code.number(p, 0));
                written.set(z, z + code.number(p, 0));
            } else {
                if (code.accumulates(p) && !written.get(z)) out.set(z);
                written.set(z);
                if (!code.accumulates(p)) last[z] = i;
            }
        }
        return out;
    }

    /// A value written waits for what it is computed from; one that is changed in place, or in a cell that is known outside, also for
    /// all that read and write it before.
    private void levels(int cells) {
        int[] current = new int[cells];
        for (int k = 0; k < cells; k++) current[k] = k;
        int[] written = new int[cells + count];
        int[] read = new int[cells + count];
        for (int i = 0; i < count; i++) {
            int p = places[i];
            int z = code.target(p);
            int wait = 0;
            for (int k = 0; k < code.cells(p); k++) {
                int v = current[code.cell(p, k)];
                from[4 * i + k] = v;
                wait = Math.max(wait, written[v]);
            }
            int many = code.opcode(p) == ScalarCode.ZEROS ? code.number(p, 0) : 1;
            if (!code.accumulates(p)) current[z] = fixed.get(z) || live.get(z) && i == last[z] ? z : values++;
            to[i] = current[z];
            for (int k = 0; k < many; k++) wait = Math.max(wait, Math.max(written[to[i] + k], read[to[i] + k]));
            level[i] = wait + 1;
            for (int k = 0; k < many; k++) written[to[i] + k] = wait + 1;
            for (int k = 0; k < code.cells(p); k++) read[from[4 * i + k]] = Math.max(read[from[4 * i + k]], wait + 1);
        }
    }

    // ---- instructions of one level and one operation

    private void groups() {
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            int function = code.opcode(places[i]) >= ScalarCode.CALL1 && code.opcode(places[i]) != ScalarCode.ZEROS ? code.number(places[i], 0) : 0;
            order[i] = (long) level[i] << 40 | (long) (code.opcode(places[i]) | function << 6 & 0xFFF) << 28 | i;
        }
        Arrays.sort(order);
        for (int begin = 0, end; begin < count; begin = end) {
            end = begin + 1;
            while (end < count && order[end] >>> 28 == order[begin] >>> 28) end++;
            int[] group = new int[end - begin];
            for (int k = 0; k < group.length; k++) group[k] = (int) order[begin + k] & 0xFFFFFFF;
            group(sorted(group));
        }
    }

    /// By the cell that is written, where there is one already, then by those that are read.
    private int[] sorted(int[] group) {
        if (group.length == 1) return group;
        boolean sorted = true;
        for (int k = 1; k < group.length && sorted; k++) sorted = compare(group[k - 1], group[k]) <= 0;
        if (sorted) return group;
        Integer[] boxed = new Integer[group.length];
        for (int k = 0; k < boxed.length; k++) boxed[k] = group[k];
        Arrays.sort(boxed, this::compare);
        for (int k = 0; k < group.length; k++) group[k] = boxed[k];
        return group;
    }

    private int compare(int i, int j) {
        int c = Integer.compare(at(i, 0), at(j, 0));
        for (int k = 1; c == 0 && k <= code.cells(places[i]); k++) c = Integer.compare(at(i, k), at(j, k));
        return c;
    }

    private void group(int[] group) {
        for (int i : group) if (cell[to[i]] == NONE) cell[to[i]] = next++;
        for (int begin = 0, end; begin < group.length; begin = end) {
            end = run(group, begin);
            // Two in step may be the last of one row and the first of the next.
            if (end == begin + 2 && run(group, begin + 1) > begin + 3) end--;
            rowAt[rowCount] = memberCount;
            for (int k = begin; k < end; k++) {
                rowOf[group[k]] = rowCount;
                members[memberCount++] = group[k];
            }
            rowAt[++rowCount] = memberCount;
        }
    }

    /// Where the row ends that begins there.
    private int run(int[] group, int begin) {
        int end = begin + 1;
        if (end >= group.length || code.opcode(places[group[begin]]) == ScalarCode.ZEROS) return end;
        end++;
        while (end < group.length && inStep(group[begin], group[begin + 1], group[end - 1], group[end])) end++;
        return end;
    }

    /// Whether the cells of two instructions are as far apart as those of two others.
    private boolean inStep(int a, int b, int c, int d) {
        boolean same = at(b, 0) - at(a, 0) == at(d, 0) - at(c, 0);
        for (int k = 1; same && k <= code.cells(places[a]); k++) same = at(b, k) - at(a, k) == at(d, k) - at(c, k);
        return same;
    }

    /// The cell that instruction i writes, or its k-th that it reads.
    private int at(int i, int k) {
        return k == 0 ? cell[to[i]] : cell[from[4 * i + k - 1]];
    }

    // ---- rows to nests

    /// Rows one after the other, each after those that it waits for; if one goes on with the nest that is being made, it is next.
    private void schedule() {
        Waiting w = new Waiting();
        TreeSet<Integer> ready = new TreeSet<>();
        for (int r = 0; r < rowCount; r++) if (w.waits[r] == 0) ready.add(r);
        while (!ready.isEmpty()) {
            int r = nextOf(ready);
            ready.remove(r);
            row(r);
            for (int e = w.first[r]; e != NONE; e = w.link[e]) if (--w.waits[w.later[e]] == 0) ready.add(w.later[e]);
        }
        flush();
        nests.numbers(numbersFrom, rest.length());
    }

    private int nextOf(TreeSet<Integer> ready) {
        int found = NONE;
        if (op != NONE && Nests.arity(op) > 0) {
            int looked = 0;
            for (int r : ready) {
                if (looked++ == FARTHEST) break;
                if (!continues(r)) continue;
                if (rows > 1 || at(members[rowAt[r]], 0) == place[0]) return r;
                if (found == NONE) found = r;
            }
        }
        return found != NONE ? found : ready.first();
    }

    /// Which rows wait for which: for those that write what they read, and before they change a value for all that use it.
    private final class Waiting {
        final int[] waits = new int[rowCount];
        /// For each row the first of the edges to later ones.
        final int[] first = new int[rowCount];
        int[] later = new int[4 * count];
        int[] link = new int[4 * count];
        private int edges;

        Waiting() {
            Arrays.fill(first, NONE);
            int[] writer = new int[values];
            Arrays.fill(writer, NONE);
            // The readers of each value since it was written last, as a list.
            int[] reader = new int[values];
            Arrays.fill(reader, NONE);
            int[] before = new int[4 * count];
            for (int i = 0; i < count; i++) {
                int p = places[i];
                int many = code.opcode(p) == ScalarCode.ZEROS ? code.number(p, 0) : 1;
                for (int k = 0; k < code.cells(p); k++) edge(writer[from[4 * i + k]], i);
                for (int v = to[i]; v < to[i] + many; v++) {
                    edge(writer[v], i);
                    for (int e = reader[v]; e != NONE; e = before[e]) edge(e / 4, i);
                    reader[v] = NONE;
                    writer[v] = i;
                }
                for (int k = 0; k < code.cells(p); k++) {
                    int v = from[4 * i + k];
                    before[4 * i + k] = reader[v];
                    reader[v] = 4 * i + k;
                }
            }
        }

        private void edge(int i, int j) {
            if (i == NONE || rowOf[i] == rowOf[j]) return;
            if (edges == later.length) {
                later = Arrays.copyOf(later, 2 * edges);
                link = Arrays.copyOf(link, 2 * edges);
            }
            later[edges] = rowOf[j];
            link[edges] = first[rowOf[i]];
            first[rowOf[i]] = edges++;
            waits[rowOf[j]]++;
        }
    }

    private int op = NONE;
    private int n;
    private int rows;
    private final int[] place = new int[12];
    private int[] nest = new int[64];
    private int nestCount;
    private int numbersFrom;

    private void row(int r) {
        int begin = rowAt[r];
        int first = members[begin];
        if (continues(r)) {
            if (rows == 1) for (int k = 0; k <= Nests.arity(op); k++) place[3 * k + 2] = at(first, k) - place[3 * k];
            rows++;
        } else {
            flush();
            op = code.opcode(places[first]);
            n = rowAt[r + 1] - begin;
            rows = 1;
            Arrays.fill(place, 0);
            for (int k = 0; k <= Nests.arity(op); k++) {
                place[3 * k] = at(first, k);
                place[3 * k + 1] = n > 1 ? at(members[begin + 1], k) - at(first, k) : 0;
            }
        }
        if (nestCount + n > nest.length) nest = Arrays.copyOf(nest, 2 * (nestCount + n));
        System.arraycopy(members, begin, nest, nestCount, n);
        nestCount += n;
    }

    /// Whether a row is the next one of the nest; the second says how far apart they are.
    private boolean continues(int r) {
        int begin = rowAt[r];
        int a = members[begin];
        if (op == NONE || Nests.arity(op) == 0 || code.opcode(places[a]) != op || rowAt[r + 1] - begin != n) return false;
        for (int k = 0; k <= Nests.arity(op); k++) {
            if (n > 1 && at(members[begin + 1], k) - at(a, k) != place[3 * k + 1]) return false;
            if (rows > 1 && at(a, k) != place[3 * k] + rows * place[3 * k + 2]) return false;
        }
        return true;
    }

    /// Ends the nest: as loops, or as the instructions that it is.
    private void flush() {
        if (nestCount == 0) return;
        if (Nests.arity(op) > 0 && nestCount >= WORTH) {
            nests.numbers(numbersFrom, rest.length());
            nests.nest(op, n, rows, place, independent());
            loops++;
            inLoops += nestCount;
            numbersFrom = rest.length();
        } else {
            for (int k = 0; k < nestCount; k++) copy(nest[k]);
        }
        nestCount = 0;
        op = NONE;
    }

    private void copy(int i) {
        int p = places[i];
        int[] numbers = new int[code.after(p) - p - 1];
        for (int k = 0; k < numbers.length; k++) numbers[k] = code.number(p, k);
        int first = numbers.length - code.cells(p);
        for (int k = 0; k < code.cells(p); k++) numbers[first + k] = at(i, 1 + k);
        rest.emit(code.opcode(p), at(i, 0), numbers);
    }

    /// Whether each cell that is written is the same in all rows, and no row reads one: then the rows of one cell may run before
    /// those of the next.
    private boolean independent() {
        if (place[2] != 0 || n > 1 && place[1] == 0) return false;
        for (int k = 1; k <= Nests.arity(op); k++) if (least(k) <= most(0) && most(k) >= least(0)) return false;
        return true;
    }

    private int least(int k) {
        return place[3 * k] + Math.min(0, (n - 1) * place[3 * k + 1]) + Math.min(0, (rows - 1) * place[3 * k + 2]);
    }

    private int most(int k) {
        return place[3 * k] + Math.max(0, (n - 1) * place[3 * k + 1]) + Math.max(0, (rows - 1) * place[3 * k + 2]);
    }
}
