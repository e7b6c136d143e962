package nad.syntax;

import nad.grammar.NadLexer;
import nad.grammar.NadParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.UnbufferedTokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Text to [Tree]. The only class that knows ANTLR's machinery.
public final class Parser {
    /// A longer line is refused: it is no text that anyone wrote, and its parse tree, a kilobyte for each term, is held whole.
    static final int LONGEST_LINE = 1 << 20;
    private static final int MOST_ERRORS = 20;

    private final Source source;
    private final List<Problem> problems;
    /// What the source is called in messages.
    private final String whole;
    private int lastErrorLine = -1;
    private int errors;

    private Parser(Source source, List<Problem> problems, String whole) {
        this.source = source;
        this.problems = problems;
        this.whole = whole;
    }

    /// The tree of a file: where problems were added, of what is sound in it, or null where nothing is left. The text is as
    /// [#normalized] leaves it.
    public static Tree.File parse(Source source, List<Problem> problems) {
        return new Parser(source, problems, "the file").read(NadParser::file, (b, file, found) -> b.file(file, source, found));
    }

    /// The settings in `x = 1.5, v = [1, 2]`, or null where problems were added.
    public static List<Tree.Const> settings(Source source, List<Problem> problems) {
        return new Parser(source, problems, "the text").read(NadParser::settings, (b, settings, found) -> found.isEmpty() ? b.settings(settings) : null);
    }

    /// One statement that stands alone, or null where problems were added.
    public static Tree.Statement statement(Source source, List<Problem> problems) {
        return new Parser(source, problems, "the text").read(NadParser::typedStatement, (b, typed, found) -> found.isEmpty() ? b.typed() : null);
    }

    /// One expression that stands alone, or null where problems were added.
    public static Tree.Expr expression(Source source, List<Problem> problems) {
        return new Parser(source, problems, "the text").read(NadParser::typedExpression, (b, typed, found) -> found.isEmpty() ? b.typed(typed) : null);
    }

    /// Drops a byte order mark and turns the ends of lines into `\n`.
    public static String normalized(String text) {
        if (text.startsWith("\uFEFF")) text = text.substring(1);
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    /// Builds what is sound of a parse tree in which problems were found.
    private interface Build<C, T> {
        T build(TreeBuilder builder, C parsed, List<Problem> found);
    }

    private <C, T> T read(Function<NadParser, C> rule, Build<C, T> build) {
        int before = problems.size();
        if (hasLongLine()) return null;
        NadLexer lexer = new NadLexer(new Characters(source));
        lexer.removeErrorListeners();
        Tokens tokens = new Tokens(lexer, source, problems);
        NadParser parser = new NadParser(new UnbufferedTokenStream<>(tokens));
        parser.removeErrorListeners();
        parser.addErrorListener(new Listener(tokens));
        parser.setErrorHandler(new Strategy());
        TreeBuilder builder = new TreeBuilder();
        StatementListener statements = new StatementListener(builder, before);
        parser.addParseListener(statements);
        try {
            C parsed = rule.apply(parser);
            statements.finish();
            // The errors of words and those of sentences were met in one pass; they are told in the order of the text.
            List<Problem> found = problems.subList(before, problems.size());
            found.sort((a, b) -> Integer.compare(a.at().begin(), b.at().begin()));
            return build.build(builder, parsed, List.copyOf(found));
        } catch (Enough e) {
            problems.subList(before, problems.size()).sort((a, b) -> Integer.compare(a.at().begin(), b.at().begin()));
            return null;
        } catch (StackOverflowError e) {
            Token t = parser.getCurrentToken();
            int at = t == null ? 0 : Math.min(t.getStartIndex(), source.text().length());
            problems.add(new Problem.TooDeep(new Span(source, at, at + 1), Tokens.DEEPEST));
            return null;
        } catch (OutOfMemoryError e) {
            problems.add(new Problem.OutOfMemory(new Span(source, 0, 0), "the syntax tree of this file"));
            return null;
        }
    }

    private boolean hasLongLine() {
        String text = source.text();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            if (end < 0) end = text.length();
            if (end - start > LONGEST_LINE) {
                problems.add(new Problem.LineTooLong(new Span(source, start, start + 1), end - start, LONGEST_LINE));
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /// Thrown to leave a file that is hopeless.
    private static final class Enough extends RuntimeException {
        Enough() {
            super(null, null, false, false);
        }
    }

    /// Statements become [Tree]s as they are read, and their parse trees are dropped.
    private final class StatementListener implements ParseTreeListener {
        private final TreeBuilder builder;
        private final int before;
        /// Read, and not yet known to be whole.
        private final List<NadParser.StatementContext> read = new ArrayList<>();

        StatementListener(TreeBuilder builder, int before) {
            this.builder = builder;
            this.before = before;
        }

        @Override
        public void exitEveryRule(ParserRuleContext c) {
            boolean statement = c instanceof NadParser.StatementContext;
            if (statement) read.add((NadParser.StatementContext) c);
            if (statement || c instanceof NadParser.SeparatorContext) ((ParserRuleContext) c.parent).removeLastChild();
        }

        /// What was read is whole when the parser goes on, for rules are left in a stack overflow too.
        @Override
        public void enterEveryRule(ParserRuleContext c) {
            if (!read.isEmpty()) finish();
        }

        void finish() {
            for (NadParser.StatementContext s : read) if (TreeBuilder.sound(s, problems.subList(before, problems.size()))) builder.finish(s);
            read.clear();
        }

        @Override
        public void visitTerminal(TerminalNode n) {}

        @Override
        public void visitErrorNode(ErrorNode n) {}
    }

    /// One error a line, with what was expected in the language's own words.
    private final class Listener extends BaseErrorListener {
        private final Tokens tokens;
        private int cutOff = -1;

        Listener(Tokens tokens) {
            this.tokens = tokens;
        }

        @Override
        public void syntaxError(Recognizer<?, ?> r, Object symbol, int line, int column, String message, RecognitionException e) {
            Token t = (Token) symbol;
            int end = source.text().length();
            int begin = Math.min(t.getStartIndex(), end);
            Span at = new Span(source, begin, Math.max(begin, Math.min(t.getStopIndex() + 1, end)));
            int here = at.line();
            // A wrong word was reported where it stands; what the parser makes of its place says nothing new.
            for (Problem p : problems) if (p.at().source() == source && p.at().line() == here) lastErrorLine = here;
            if (here == lastErrorLine || tokens.forgives(begin)) return;
            lastErrorLine = here;
            String found = t.getType() == Token.EOF ? "the end of " + whole : t.getType() == NadLexer.NEWLINE ? "the end of the line" : "`" + t.getText() + "`";
            if (t.getType() == Token.EOF && problems.stream().anyMatch(p -> p instanceof Problem.Unclosed)) return;
            String previous = before(begin);
            IntervalSet expected = e != null ? e.getExpectedTokens() : ((NadParser) r).getExpectedTokens();
            // The rest of an expression that the line's end cut off is no statement of its own.
            if (here == cutOff + 1 && expected.contains(NadLexer.PLUSASSIGN)) return;
            if (t.getType() == NadLexer.NEWLINE) cutOff = here;
            problems.add(new Problem.Unexpected(at, found, previous, Expected.words(expected, whole)));
            if (++errors >= MOST_ERRORS) throw new Enough();
        }

        private String before(int at) {
            int k = at - 1;
            while (k >= 0 && source.text().charAt(k) == ' ') k--;
            return k < 0 ? "" : source.text().substring(k, k + 1);
        }
    }

    /// ANTLR's recovery without its guesses of missing and superfluous tokens, which make messages confusing: after an
    /// error the rest of the line is skipped, and with it whatever stands in braces that open there.
    private static final class Strategy extends DefaultErrorStrategy {
        private static final IntervalSet LINE_END = new IntervalSet(NadLexer.NEWLINE, NadLexer.SEMICOLON);
        private static final IntervalSet STATEMENT_END = new IntervalSet(NadLexer.NEWLINE, NadLexer.SEMICOLON, NadLexer.RBRACE);

        @Override
        protected void consumeUntil(org.antlr.v4.runtime.Parser p, IntervalSet set) {
            int depth = 0;
            for (int t = p.getInputStream().LA(1); t != Token.EOF && (depth > 0 || !set.contains(t)); t = p.getInputStream().LA(1)) {
                depth += t == NadLexer.LBRACE ? 1 : t == NadLexer.RBRACE && depth > 0 ? -1 : 0;
                p.consume();
            }
        }

        @Override
        protected boolean singleTokenInsertion(org.antlr.v4.runtime.Parser p) {
            return false;
        }

        @Override
        protected Token singleTokenDeletion(org.antlr.v4.runtime.Parser p) {
            return null;
        }

        /// Where a list of statements, pieces or items neither goes on nor ends, the rest of the line is what is wrong, and
        /// the list goes on behind it.
        @Override
        public void sync(org.antlr.v4.runtime.Parser p) {
            ParserRuleContext c = p.getContext();
            boolean file = c instanceof NadParser.FileContext;
            if (!file && !inBraces(c)) return;
            int t = p.getInputStream().LA(1);
            if (t == NadLexer.NEWLINE || t == NadLexer.SEMICOLON) return;
            IntervalSet next = p.getATN().nextTokens(p.getATN().states.get(p.getState()));
            if (next.contains(t) || next.contains(Token.EPSILON)) return;
            reportError(p, new InputMismatchException(p));
            consumeUntil(p, file ? LINE_END : STATEMENT_END);
        }

        /// Within the braces of a body, of an elementary function or of a dictionary.
        private static boolean inBraces(ParserRuleContext c) {
            if (c instanceof NadParser.BodyContext) return true;
            if (!(c instanceof NadParser.ItemContext)) return false;
            for (int k = 0; k < c.getChildCount(); k++)
                if (c.getChild(k) instanceof TerminalNode n && n.getSymbol().getType() == NadLexer.LBRACE) return true;
            return false;
        }

        @Override
        public void recover(org.antlr.v4.runtime.Parser p, RecognitionException e) {
            consumeUntil(p, STATEMENT_END);
        }

        @Override
        public void reportError(org.antlr.v4.runtime.Parser p, RecognitionException e) {
            if (inErrorRecoveryMode(p)) return;
            beginErrorCondition(p);
            p.notifyErrorListeners(e.getOffendingToken(), "", e);
        }
    }
}
