package nad.plot;

import java.util.ArrayList;
import java.util.List;
import nad.plot.Drawing.Anchor;

/// What pictures have in common: paper, a heading, a legend.
final class Page {
    final int width;
    final int height;
    final List<Drawing.Mark> marks = new ArrayList<>();
    private final String heading;
    private double legendAt;
    private double legendY;

    /// @param small a line under the heading, or empty
    Page(int width, int height, String heading, String small) {
        this.width = width;
        this.height = height;
        this.heading = heading;
        marks.add(new Drawing.Box(Ink.PAPER, 0, 0, width, height));
        marks.add(new Drawing.Text(Ink.TEXT, 78, 32, 19, true, Anchor.START, false, heading));
        if (!small.isEmpty()) marks.add(new Drawing.Text(Ink.QUIET, 78, 53, 13, false, Anchor.START, false, small));
        legendAt = 78;
        legendY = small.isEmpty() ? 58 : 77;
    }

    /// Where panels may begin, below the legend.
    double top() {
        return legendY + 18;
    }

    /// An entry of the legend: what `sample` draws into a space of 24 pixels, and its name.
    void legend(String name, Sample sample) {
        double wide = 32 + Drawing.width(name, 13) + 12;
        if (legendAt + wide > width && legendAt > 78) {
            legendAt = 78;
            legendY += 20;
        }
        sample.draw(legendAt, legendY - 4.5);
        marks.add(new Drawing.Text(Ink.TEXT, legendAt + 31, legendY, 13, false, Anchor.START, false, name));
        legendAt += wide;
    }

    void line(String name, Ink ink, double thick, boolean dashed) {
        legend(name, (x, y) -> marks.add(new Drawing.Path(ink, thick, dashed, List.of(new double[] {x, y, x + 24, y}))));
    }

    void dot(String name, Ink ink, double radius, boolean hollow) {
        legend(name, (x, y) -> marks.add(new Drawing.Dot(ink, x + 14, y, radius, hollow, null)));
    }

    @FunctionalInterface
    interface Sample {
        void draw(double x, double y);
    }

    Drawing drawing(String description) {
        return new Drawing(width, height, heading, description, List.copyOf(marks));
    }
}
