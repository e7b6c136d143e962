package nad.plot;

import java.util.List;

/// A picture as data, in pixels from the top left: what [Svg] writes and [Png] paints.
///
/// @param title what it is, in a line; @param description what there is to see, for who cannot see it
public record Drawing(int width, int height, String title, String description, List<Mark> marks) {
    sealed interface Mark {}

    /// Lines through points, one after another in x and y.
    record Path(Ink ink, double width, boolean dashed, List<double[]> lines) implements Mark {}

    /// A rectangle that is filled.
    record Box(Ink ink, double x, double y, double width, double height) implements Mark {}

    /// A polygon that is filled.
    record Area(Ink ink, double[] corners) implements Mark {}

    /// A disc, or a ring that shows the paper within; `says` is what a pointer that rests on it is told, or null.
    record Dot(Ink ink, double x, double y, double radius, boolean hollow, String says) implements Mark {}

    /// A line of text; its baseline starts, is centred or ends at x.
    record Text(Ink ink, double x, double y, double size, boolean bold, Anchor anchor, boolean upwards, String text) implements Mark {}

    enum Anchor { START, MIDDLE, END }

    /// How wide a text is about: measured by no font, since every reader has another.
    static double width(String text, double size) {
        return 0.56 * size * text.codePointCount(0, text.length());
    }
}
