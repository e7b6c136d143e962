package nad.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import nad.laws.Spoken;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.StatisticsReport;

class LayoutStepsProperties {
    /// A view that is a grid in the buffer's coordinates, by construction.
    @Property(tries = 500)
    void aGridInTheBufferIsFoundAgain(@ForAll @IntRange(min = 1, max = 6) int rows, @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll @IntRange(min = -5, max = 5) int down, @ForAll @IntRange(min = -5, max = 5) int right, @ForAll @IntRange(min = 1, max = 4) int n) {
        int top = Math.max(0, -down * (n - 1));
        int left = Math.max(0, -right * (n - 1));
        int[] buffer = {Math.max(rows, top + Math.max(0, down * (n - 1)) + 1), Math.max(columns, left + Math.max(0, right * (n - 1)) + 1)};
        Layout diagonal = new Layout(top * buffer[1] + left, new int[] {n}, new int[] {down * buffer[1] + right});
        int[][] steps = diagonal.steps(buffer);
        assertThat(steps[1]).containsExactly(top, left);
        if (n > 1) assertThat(steps[0]).containsExactly(down, right);
    }

    /// Whatever the steps are, they lead to the entries that the layout shows; and slices have steps of 0 and 1.
    @StatisticsReport(onFailureOnly = true)
    @Property(tries = 500)
    void stepsLeadToTheEntriesShown(@ForAll @IntRange(min = 1, max = 5) int rows, @ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll @IntRange(min = 0, max = 24) int offset, @ForAll @IntRange(min = -6, max = 6) int stride, @ForAll @IntRange(min = 1, max = 6) int n) {
        int size = rows * columns;
        int last = offset + stride * (n - 1);
        boolean inside = offset < size && last >= 0 && last < size;
        Spoken.of("layouts in the buffer", inside, 10);
        if (!inside) return;
        Layout l = new Layout(offset, new int[] {n}, new int[] {stride});
        int[] buffer = {rows, columns};
        int[][] steps = l.steps(buffer);
        if (l.isSlice(buffer)) assertThat(steps).isNotNull();
        if (stride != 0 && n > 1) Spoken.of("steps of what moves", steps != null, 30);
        if (steps == null) return;
        int[] positions = l.positions();
        for (int k = 0; k < n; k++) {
            int row = steps[1][0] + k * steps[0][0];
            int column = steps[1][1] + k * steps[0][1];
            assertThat(row).isBetween(0, rows - 1);
            assertThat(column).isBetween(0, columns - 1);
            assertThat(row * columns + column).isEqualTo(positions[k]);
        }
    }
}
