package nad.syntax;

import nad.grammar.NadLexer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/// Sets of expected tokens in a reader's words: "an expression" and not a list of everything that may begin one.
final class Expected {
    private Expected() {}

    /// @param whole what the text is called whose end may be expected
    static List<String> words(IntervalSet tokens, String whole) {
        Set<String> out = new LinkedHashSet<>();
        boolean expression = tokens.contains(NadLexer.NUMBER) && tokens.contains(NadLexer.LPAREN);
        boolean statement = tokens.contains(NadLexer.RETURN);
        boolean operator = tokens.contains(NadLexer.TIMES) && tokens.contains(NadLexer.PLUS);
        boolean item = tokens.contains(NadLexer.PROGRAM);
        if (item) out.addAll(List.of("`program`", "`elementary`", "`dictionary`", "`const`", "`use`"));
        if (expression) out.add("an expression");
        if (statement) out.add("a statement");
        if (operator) out.add("an operator");
        for (int t : tokens.toList()) {
            String word = t == Token.EOF ? "the end of " + whole : word(t, tokens.contains(NadLexer.NAME));
            if (word == null) continue;
            boolean inExpression = t == NadLexer.LPAREN || t == NadLexer.LBRACKET || t == NadLexer.MINUS || t == NadLexer.NUMBER || t == NadLexer.NAME;
            boolean inOperator = operator && (t >= NadLexer.PLUS && t <= NadLexer.POWER || t == NadLexer.TRANSPOSED || t == NadLexer.LBRACKET
                    || t == NadLexer.LPAREN || t == NadLexer.PRIME);
            boolean inStatement = statement && (t == NadLexer.NAME || t == NadLexer.FOR || t == NadLexer.ADJOINT || t == NadLexer.RETURN);
            boolean inItem = item && (t >= NadLexer.USE && t <= NadLexer.PROGRAM || t == NadLexer.NEWLINE);
            if (expression && inExpression || inOperator || inStatement || inItem) continue;
            out.add(word);
        }
        return new ArrayList<>(out);
    }

    private static String word(int type, boolean names) {
        return switch (type) {
            case NadLexer.NEWLINE -> "the end of the line";
            case NadLexer.SEMICOLON -> null; // always beside the end of a line
            case NadLexer.NAME -> "a name";
            case NadLexer.NUMBER -> "a number";
            case NadLexer.STRING -> "a file name in quotes";
            case NadLexer.DATA, NadLexer.OVER, NadLexer.COST, NadLexer.ALLOW, NadLexer.AT, NadLexer.SELECT, NadLexer.TIE, NadLexer.REAL ->
                names ? null : literal(type);
            default -> literal(type);
        };
    }

    private static String literal(int type) {
        String literal = NadLexer.VOCABULARY.getLiteralName(type);
        return literal == null ? null : "`" + literal.substring(1, literal.length() - 1) + "`";
    }
}
