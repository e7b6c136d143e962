package nad.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Turns [Problem]s into what a reader sees: a code, a message, a hint, and the source with the place underlined. The
/// sentences are in [Sentences], the drawing of source lines in [Excerpt].
///
/// No text ends with a newline.
public final class Report {
    /// So many problems are drawn; of the others only the number is told.
    static final int MOST_DRAWN = 100;

    /// Where a reader would mend it: hints name the options of a shell's command line, or the commands of the prompt.
    public enum Place { SHELL, PROMPT }

    private Report() {}

    /// The stable name of a kind of problem, such as `unknown-name`.
    public static String code(Problem p) {
        return Sentences.of(p).code();
    }

    /// What is wrong, in one or two sentences.
    public static String message(Problem p) {
        return Sentences.of(p).message();
    }

    /// The likely mend, or null.
    public static String hint(Problem p) {
        return Sentences.of(p).hint();
    }

    /// One problem as a block of lines: severity, code and message; the place; a second place where two matter; the hint.
    public static String text(Problem p, boolean color) {
        return text(p, color, Place.SHELL);
    }

    public static String text(Problem p, boolean color, Place place) {
        Sentence s = Sentences.of(p);
        Paint paint = new Paint(color);
        StringBuilder out = new StringBuilder();
        String severity = p.isWarning() ? "warning" : "error";
        out.append(paint.severity(p, severity + "[" + s.code() + "]")).append(paint.bold(": " + s.message()));
        int gutter = Excerpt.draw(p, s, paint, out);
        String hint = place == Place.PROMPT ? s.prompt() : s.hint();
        if (hint != null)
            out.append('\n').append(" ".repeat(gutter)).append(paint.frame(" = ")).append(paint.hint("hint")).append(": ").append(hint);
        return out.toString();
    }

    /// Several problems in the order of their files and places, each told once, and their number where it is not one.
    public static String text(List<Problem> problems, boolean color) {
        return text(problems, color, Place.SHELL);
    }

    public static String text(List<Problem> problems, boolean color, Place place) {
        List<Problem> sorted = inOrder(problems);
        List<String> blocks = new ArrayList<>();
        for (Problem p : sorted.subList(0, Math.min(sorted.size(), MOST_DRAWN))) blocks.add(text(p, color, place));
        if (sorted.size() > MOST_DRAWN) blocks.add("… and " + (sorted.size() - MOST_DRAWN) + " more");
        if (sorted.size() > 1) blocks.add(count(sorted));
        return String.join("\n\n", blocks);
    }

    /// Files in the order in which they were met, then by place; what is told twice stands once.
    public static List<Problem> inOrder(List<Problem> problems) {
        List<Source> sources = problems.stream().map(p -> p.at().source()).distinct().toList();
        return problems.stream().distinct()
                .sorted(Comparator.<Problem>comparingInt(p -> sources.indexOf(p.at().source())).thenComparingInt(p -> p.at().begin()))
                .toList();
    }

    private static String count(List<Problem> problems) {
        long warnings = problems.stream().filter(Problem::isWarning).count();
        long errors = problems.size() - warnings;
        String e = errors == 1 ? "1 error" : errors + " errors";
        String w = warnings == 1 ? "1 warning" : warnings + " warnings";
        return errors == 0 ? w : warnings == 0 ? e : e + ", " + w;
    }
}
