package nad.syntax;

import java.util.ArrayList;
import java.util.List;
import nad.grammar.NadLexer;
import nad.report.Source;
import org.antlr.v4.runtime.Token;

/// The words of a text and what each of them is, for colours, for completion, and for the question whether a text is whole.
/// Nothing is refused: what is no word of the language is [Kind#UNKNOWN].
public final class Lexemes {
    private Lexemes() {}

    public enum Kind { ITEM, STATEMENT, CLAUSE, NAME, NUMBER, STRING, COMMENT, OPEN, CLOSE, END, ASSIGN, OPERATOR, UNKNOWN }

    /// The characters from `begin` up to, not including, `end`.
    public record Lexeme(Kind kind, String text, int begin, int end) {}

    public static List<Lexeme> of(String text) {
        NadLexer lexer = new NadLexer(new Characters(new Source("", text)));
        lexer.removeErrorListeners();
        List<Lexeme> out = new ArrayList<>();
        int last = 0;
        for (Token t = lexer.nextToken(); ; t = lexer.nextToken()) {
            boolean end = t.getType() == Token.EOF;
            int begin = end ? text.length() : t.getStartIndex();
            int comment = text.substring(last, begin).indexOf('#');
            if (comment >= 0) out.add(new Lexeme(Kind.COMMENT, text.substring(last + comment, begin), last + comment, begin));
            if (end) return out;
            last = t.getStopIndex() + 1;
            out.add(new Lexeme(kind(t.getType()), text.substring(begin, last), begin, last));
        }
    }

    private static Kind kind(int type) {
        return switch (type) {
            case NadLexer.USE, NadLexer.CONST, NadLexer.ELEMENTARY, NadLexer.DICTIONARY, NadLexer.PROGRAM -> Kind.ITEM;
            case NadLexer.FOR, NadLexer.ADJOINT, NadLexer.RETURN -> Kind.STATEMENT;
            case NadLexer.IN, NadLexer.WHEN, NadLexer.OTHERWISE -> Kind.CLAUSE;
            case NadLexer.NAME, NadLexer.DATA, NadLexer.REAL, NadLexer.OVER, NadLexer.COST, NadLexer.ALLOW, NadLexer.AT, NadLexer.SELECT, NadLexer.TIE -> Kind.NAME;
            case NadLexer.NUMBER -> Kind.NUMBER;
            case NadLexer.STRING -> Kind.STRING;
            case NadLexer.LPAREN, NadLexer.LBRACKET, NadLexer.LBRACE -> Kind.OPEN;
            case NadLexer.RPAREN, NadLexer.RBRACKET, NadLexer.RBRACE -> Kind.CLOSE;
            case NadLexer.NEWLINE, NadLexer.SEMICOLON -> Kind.END;
            case NadLexer.ASSIGN, NadLexer.PLUSASSIGN, NadLexer.MINUSASSIGN -> Kind.ASSIGN;
            case NadLexer.UNKNOWN, NadLexer.MALFORMED_NUMBER, NadLexer.OPEN_STRING -> Kind.UNKNOWN;
            default -> Kind.OPERATOR;
        };
    }

    /// The bracket that belongs to this one.
    public static char partner(char bracket) {
        return "()[]{}".charAt("()[]{}".indexOf(bracket) ^ 1);
    }
}
