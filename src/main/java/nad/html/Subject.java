package nad.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import nad.bound.Certificate;
import nad.core.Program;
import nad.print.Printer;
import nad.report.Span;

/// What a page is about: P, backprop(P) and the certificate of the pair, with the texts of both and what belongs to what.
/// A statement's number is its row in the certificate.
final class Subject {
    /// So many statements are shown; of a longer program its beginning and its end.
    static final int MOST_SHOWN = 1000;
    /// A longer text of a statement is cut.
    private static final int LONGEST = 600;
    private static final int LONGEST_VALUE = 200;

    final Program p;
    final Program q;
    final Certificate certificate;
    final Evaluation evaluation;
    private final IntFunction<String> mine;
    private final IntFunction<String> theirs;
    private final Map<String, Integer> blocks = new HashMap<>();
    private final Map<String, Integer> statements = new HashMap<>();

    Subject(Program p, Program q, Certificate certificate, Evaluation evaluation) {
        this.p = p;
        this.q = q;
        this.certificate = certificate;
        this.evaluation = evaluation;
        this.mine = Printer.statements(p);
        this.theirs = Printer.statements(q);
        for (int b = 0; b < q.blocks(); b++) blocks.put(q.name(q.blockTarget(b)), b);
        for (int k = 0; k < rows().size(); k++) statements.put(rows().get(k).statement(), k);
    }

    List<Certificate.Row> rows() {
        return certificate.rows();
    }

    /// The statement's adjoint block, or null where it has none.
    Integer block(int statement) {
        return blocks.get(rows().get(statement).statement());
    }

    /// The statement that a block belongs to, or null where P has none of that name.
    Integer statement(int block) {
        return statements.get(q.name(q.blockTarget(block)));
    }

    String text(int statement) {
        String s = mine.apply(rows().get(statement).instruction());
        return cut(s == null ? rows().get(statement).statement() : s);
    }

    /// The statements of backprop(P) from one instruction up to, not including, another.
    List<String> texts(int from, int to) {
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

    /// Whether the checker's blame lies in this block.
    boolean blamed(int block) {
        for (int i = q.blockStart(block); i < q.blockEnd(block); i++) if (within(certificate.place(), q.span(i))) return true;
        return false;
    }

    private static boolean within(Span place, Span span) {
        return place != Span.NONE && span != Span.NONE && place.source() == span.source() && span.begin() <= place.begin() && place.begin() <= span.end();
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
