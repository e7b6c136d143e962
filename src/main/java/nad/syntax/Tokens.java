package nad.syntax;

import nad.grammar.NadLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nad.report.Interrupt;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenFactory;
import org.antlr.v4.runtime.TokenSource;

/// Between lexer and parser: drops newlines inside ( ) and [ ], refuses what is no word of the language, and watches the
/// depth of brackets, so that the parser's recursion is bounded.
final class Tokens implements TokenSource {
    /// Deeper brackets are refused; so many fit the stack of any thread.
    static final int DEEPEST = 400;
    /// After so many bad words the rest of a file is not read: it is no program.
    private static final int MOST_BAD = 20;

    private final NadLexer lexer;
    private final Source source;
    private final List<Problem> problems;
    private final Deque<Token> open = new ArrayDeque<>();
    /// Read ahead, to see whether a line begins a statement although a bracket is open.
    private final Deque<Token> ahead = new ArrayDeque<>();
    private final Set<Integer> forgiven = new HashSet<>();
    private int last = NadLexer.NEWLINE;
    private int bad;
    private boolean stopped;

    Tokens(NadLexer lexer, Source source, List<Problem> problems) {
        this.lexer = lexer;
        this.source = source;
        this.problems = problems;
    }

    @Override
    public Token nextToken() {
        Interrupt.heed();
        Token t = next();
        last = t.getType();
        return t;
    }

    private Token read() {
        return ahead.isEmpty() ? lexer.nextToken() : ahead.poll();
    }

    private Token next() {
        while (true) {
            Token t = read();
            if (stopped) return end(t);
            switch (t.getType()) {
                case NadLexer.NEWLINE -> {
                    if (inExpression() && ahead.isEmpty() && statementFollows()) closeExpression(t);
                    if (inExpression()) continue;
                    return t;
                }
                case NadLexer.LPAREN, NadLexer.LBRACKET, NadLexer.LBRACE -> {
                    if (t.getType() == NadLexer.LBRACE && inExpression()) closeExpression(t);
                    open.push(t);
                    if (open.size() > DEEPEST) {
                        problems.add(new Problem.TooDeep(span(t), DEEPEST));
                        stopped = true;
                        return end(t);
                    }
                    return t;
                }
                case NadLexer.RPAREN, NadLexer.RBRACKET, NadLexer.RBRACE -> {
                    return close(t);
                }
                case NadLexer.UNKNOWN, NadLexer.MALFORMED_NUMBER, NadLexer.OPEN_STRING -> {
                    refuse(t);
                    if (stopped) return end(t);
                    if (t.getType() == NadLexer.UNKNOWN) continue;
                    ((CommonToken) t).setType(t.getType() == NadLexer.OPEN_STRING ? NadLexer.STRING : NadLexer.NUMBER);
                    ((CommonToken) t).setText(t.getType() == NadLexer.STRING ? "\"\"" : "0");
                    return t;
                }
                case NadLexer.NUMBER -> {
                    if (hugeNumber(t.getText())) {
                        problems.add(new Problem.NumberTooLarge(span(t), t.getText()));
                        ((CommonToken) t).setText("0");
                    }
                    return t;
                }
                case Token.EOF -> {
                    if (!open.isEmpty()) problems.add(new Problem.Unclosed(span(open.peek()), open.peek().getText()));
                    stopped = true;
                    return t;
                }
                default -> {
                    return t;
                }
            }
        }
    }

    private boolean inExpression() {
        return !open.isEmpty() && open.peek().getType() != NadLexer.LBRACE;
    }

    /// Whether the next line can only be a new statement, piece or item: it begins with a word of such, or with `name =`
    /// where no argument can be named. Then a bracket was forgotten, and the rest of the file is not swallowed.
    private boolean statementFollows() {
        while (ahead.isEmpty() || ahead.peekLast().getType() == NadLexer.NEWLINE) ahead.add(lexer.nextToken());
        return switch (ahead.peekLast().getType()) {
            case NadLexer.RETURN, NadLexer.ADJOINT, NadLexer.WHEN, NadLexer.OTHERWISE, NadLexer.PROGRAM, NadLexer.ELEMENTARY, NadLexer.DICTIONARY,
                 NadLexer.CONST, NadLexer.USE -> true;
            case NadLexer.NAME -> {
                if (last == NadLexer.COMMA || last == NadLexer.LPAREN) yield false;
                Token second = lexer.nextToken();
                ahead.add(second);
                yield second.getType() == NadLexer.ASSIGN || second.getType() == NadLexer.PLUSASSIGN || second.getType() == NadLexer.MINUSASSIGN;
            }
            default -> false;
        };
    }

    /// Tells of the innermost open bracket and goes on as if all were closed in front of `t`.
    private void closeExpression(Token t) {
        problems.add(new Problem.Unclosed(span(open.peek()), open.peek().getText()));
        while (inExpression()) open.pop();
        forgiven.add(t.getStartIndex());
    }

    /// Whether what the parser finds wrong at this offset follows from a bracket that was told.
    boolean forgives(int offset) {
        return forgiven.contains(offset);
    }

    private Token close(Token t) {
        int partner = switch (t.getType()) {
            case NadLexer.RPAREN -> NadLexer.LPAREN;
            case NadLexer.RBRACKET -> NadLexer.LBRACKET;
            default -> NadLexer.LBRACE;
        };
        // `}` closes whatever is still open in front of it, so that one slip does not swallow the rest of the file.
        if (partner == NadLexer.LBRACE && inExpression()) closeExpression(t);
        if (!open.isEmpty() && open.peek().getType() == partner) open.pop();
        return t;
    }

    private void refuse(Token t) {
        String text = t.getText();
        switch (t.getType()) {
            case NadLexer.MALFORMED_NUMBER -> problems.add(new Problem.MalformedNumber(span(t), text));
            case NadLexer.OPEN_STRING -> problems.add(new Problem.OpenString(span(t)));
            default -> {
                // The lexer's characters are UTF-16: one beyond the basic plane is two of them.
                boolean pair = Character.isHighSurrogate(text.charAt(0));
                Token second = pair ? read() : t;
                problems.add(new Problem.UnknownCharacter(new Span(source, t.getStartIndex(), second.getStopIndex() + 1), pair ? text + second.getText() : text));
            }
        }
        stopped |= ++bad >= MOST_BAD;
    }

    /// Exponents beyond any use would take forever to expand into digits.
    private static boolean hugeNumber(String text) {
        if (text.length() > 2000) return true;
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e < 0) return text.length() > 308 && Double.isInfinite(Double.parseDouble(text));
        String digits = text.substring(e + 1).replaceFirst("^[+-]0*|^0+", "");
        return digits.length() > 4 || Double.isInfinite(Double.parseDouble(text)) || !digits.isEmpty() && Integer.parseInt(digits) > 400;
    }

    private Token end(Token at) {
        CommonToken t = new CommonToken(Token.EOF, "<EOF>");
        t.setStartIndex(at.getStartIndex());
        t.setStopIndex(at.getStartIndex() - 1);
        t.setLine(at.getLine());
        return t;
    }

    private Span span(Token t) {
        return new Span(source, t.getStartIndex(), t.getStopIndex() + 1);
    }

    @Override
    public int getLine() {
        return lexer.getLine();
    }

    @Override
    public int getCharPositionInLine() {
        return lexer.getCharPositionInLine();
    }

    @Override
    public CharStream getInputStream() {
        return lexer.getInputStream();
    }

    @Override
    public String getSourceName() {
        return source.name();
    }

    @Override
    public void setTokenFactory(TokenFactory<?> factory) {
        lexer.setTokenFactory(factory);
    }

    @Override
    public TokenFactory<?> getTokenFactory() {
        return lexer.getTokenFactory();
    }
}
