package nad.html;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.print.Printer;
import nad.report.Span;

/// What a page is about: P and a program Q made of it, each part of which belongs to a statement of P, with what both cost. A
/// statement's number is its row.
abstract sealed class Subject permits Adjoints, Tangents {
    /// So many statements are shown; of a longer program its beginning and its end.
    static final int MOST_SHOWN = 1000;
    /// A longer text of a statement is cut.
    private static final int LONGEST = 600;
    private static final int LONGEST_VALUE = 200;

    final Program p;
    final Program q;
    private final IntFunction<String> mine;
    private final IntFunction<String> theirs;

    /// One statement of P: its cost, that of its part of Q, and the ω of its operation.
    record Row(int instruction, String name, Span span, String operation, Rational cost, Rational part, Rational omega) {}

    /// Instructions `from` up to, not including, `to` of Q.
    ///
    /// @param statement that the part belongs to, or null where it belongs to none
    /// @param blamed    whether what is wrong with Q lies here
    record Part(String name, Integer statement, int from, int to, boolean blamed) {}

    /// What the page calls things.
    ///
    /// @param title     of Q
    /// @param parts     the heading over Q's parts
    /// @param part      one of them
    /// @param none      why a statement may have none
    /// @param table     the heading over the table of costs
    /// @param holds     the verdict where the costs are within the bound, in a word
    /// @param broken    and where they are not
    record Words(String title, String parts, String part, String none, String table, String holds, String broken) {}

    Subject(Program p, Program q) {
        this.p = p;
        this.q = q;
        this.mine = Printer.statements(p);
        this.theirs = Printer.statements(q);
    }

    abstract Words words();

    abstract List<Row> rows();

    /// In the order of their execution.
    abstract List<Part> parts();

    /// Whether the statement has a part.
    abstract boolean hasPart(int statement);

    /// What stands before Q's parts.
    abstract List<String> before();

    /// What stands between Q's parts and its result.
    abstract List<String> after();

    abstract Rational costP();

    abstract Rational costQ();

    /// The largest ω.
    abstract Rational omega();

    abstract boolean holds();

    /// The verdict in a sentence, and why.
    abstract List<String> why();

    /// Where it fails, or [Span#NONE].
    abstract Span place();

    /// What a run gave, or null.
    Evaluation evaluation() {
        return null;
    }

    final Rational ratio() {
        return costP().sign() == 0 ? null : costQ().over(costP());
    }

    final String text(int statement) {
        String s = mine.apply(rows().get(statement).instruction());
        return cut(s == null ? rows().get(statement).name() : s);
    }

    /// The statements of Q from one instruction up to, not including, another.
    final List<String> texts(int from, int to) {
        List<String> out = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String s = theirs.apply(i);
            if (s != null) out.add(cut(s));
        }
        return out;
    }

    static String cut(String s) {
        return cut(s, LONGEST);
    }

    /// The numbers of an evaluation, which stand in front of the program and must not hide it.
    static String cutValue(String s) {
        return cut(s, LONGEST_VALUE);
    }

    private static String cut(String s, int longest) {
        return s.length() <= longest ? s : s.substring(0, s.offsetByCodePoints(0, s.codePointCount(0, longest - 1))) + "…";
    }

    /// Whether a row is left out of a list of so many.
    static boolean hidden(int row, int of) {
        return of > MOST_SHOWN && row >= MOST_SHOWN / 2 && row < of - MOST_SHOWN / 2;
    }

    /// Whether a note stands at this row for those that are left out.
    static boolean noted(int row, int of) {
        return hidden(row, of) && row == MOST_SHOWN / 2;
    }

    static String leftOut(int of) {
        return (of - MOST_SHOWN) + " more are left out here; every sum is of all of them";
    }
}
