package nad.syntax;

import nad.grammar.NadLexer;
import nad.grammar.NadParser;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.UnbufferedTokenStream;
import org.antlr.v4.runtime.misc.Interval;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.ParseTreeListener;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Text to [Tree]. The only class that knows ANTLR's machinery.
public final class Parser {
    /// A longer line is refused: it is no text that anyone wrote, and it would be held as one statement.
    static final int LONGEST_LINE = 1 << 24;
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

    /// The tree of a file, or null where problems were added. The text is as [#normalized] leaves it.
    public static Tree.File parse(Source source, List<Problem> problems) {
        List<Tree.Item> items = new Parser(source, problems, "the file").read(NadParser::file, TreeBuilder::file);
        return items == null ? null : new Tree.File(source, items);
    }

    /// The settings in `x = 1.5, v = [1, 2]`, or null where problems were added.
    public static List<Tree.Const> settings(Source source, List<Problem> problems) {
        return new Parser(source, problems, "the text").read(NadParser::settings, TreeBuilder::settings);
    }

    /// Drops a byte order mark and turns the ends of lines into `\n`.
    public static String normalized(String text) {
        if (text.startsWith("\uFEFF")) text = text.substring(1);
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    }

    private <C, T> T read(Function<NadParser, C> rule, BiFunction<TreeBuilder, C, T> build) {
        int before = problems.size();
        if (hasLongLine()) return null;
        NadLexer lexer = new NadLexer(new Characters(source));
        lexer.removeErrorListeners();
        Tokens tokens = new Tokens(lexer, source, problems);
        NadParser parser = new NadParser(new UnbufferedTokenStream<>(tokens));
        parser.removeErrorListeners();
        parser.addErrorListener(new Listener());
        parser.setErrorHandler(new Strategy());
        TreeBuilder builder = new TreeBuilder();
        parser.addParseListener(new StatementListener(builder, before));
        try {
            C parsed = rule.apply(parser);
            // The errors of words and those of sentences were met in one pass; they are told in the order of the text.
            if (problems.size() > before) {
                problems.subList(before, problems.size()).sort((a, b) -> Integer.compare(a.at().begin(), b.at().begin()));
                return null;
            }
            return build.apply(builder, parsed);
        } catch (Enough e) {
            problems.subList(before, problems.size()).sort((a, b) -> Integer.compare(a.at().begin(), b.at().begin()));
            return null;
        } catch (StackOverflowError e) {
            Token t = parser.getCurrentToken();
            int at = t == null ? 0 : Math.min(t.getStartIndex(), source.text().length());
            problems.add(new Problem.TooDeep(new Span(source, at, at + 1), Tokens.DEEPEST));
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

        StatementListener(TreeBuilder builder, int before) {
            this.builder = builder;
            this.before = before;
        }

        @Override
        public void exitEveryRule(ParserRuleContext c) {
            boolean statement = c instanceof NadParser.StatementContext;
            if (statement && problems.size() == before && c.exception == null) builder.finish((NadParser.StatementContext) c);
            if (statement || c instanceof NadParser.SeparatorContext) ((ParserRuleContext) c.parent).removeLastChild();
        }

        @Override
        public void enterEveryRule(ParserRuleContext c) {}

        @Override
        public void visitTerminal(TerminalNode n) {}

        @Override
        public void visitErrorNode(ErrorNode n) {}
    }

    /// One error a line, with what was expected in the language's own words.
    private final class Listener extends BaseErrorListener {
        @Override
        public void syntaxError(Recognizer<?, ?> r, Object symbol, int line, int column, String message, RecognitionException e) {
            Token t = (Token) symbol;
            int end = source.text().length();
            int begin = Math.min(t.getStartIndex(), end);
            Span at = new Span(source, begin, Math.max(begin, Math.min(t.getStopIndex() + 1, end)));
            int here = at.line();
            // A wrong word was reported where it stands; what the parser makes of its place says nothing new.
            for (Problem p : problems) if (p.at().source() == source && p.at().line() == here) lastErrorLine = here;
            if (here == lastErrorLine) return;
            lastErrorLine = here;
            String found = t.getType() == Token.EOF ? "the end of " + whole : t.getType() == NadLexer.NEWLINE ? "the end of the line" : "`" + t.getText() + "`";
            if (t.getType() == Token.EOF && problems.stream().anyMatch(p -> p instanceof Problem.Unclosed)) return;
            String previous = before(begin);
            IntervalSet expected = e != null ? e.getExpectedTokens() : ((NadParser) r).getExpectedTokens();
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
    /// error the rest of the line is skipped.
    private static final class Strategy extends DefaultErrorStrategy {
        @Override
        protected boolean singleTokenInsertion(org.antlr.v4.runtime.Parser p) {
            return false;
        }

        @Override
        protected Token singleTokenDeletion(org.antlr.v4.runtime.Parser p) {
            return null;
        }

        @Override
        public void sync(org.antlr.v4.runtime.Parser p) {}

        @Override
        public void reportError(org.antlr.v4.runtime.Parser p, RecognitionException e) {
            if (inErrorRecoveryMode(p)) return;
            beginErrorCondition(p);
            p.notifyErrorListeners(e.getOffendingToken(), "", e);
        }
    }

    /// The characters of a source by UTF-16 index, so that every offset is one of the source's own.
    private static final class Characters implements CharStream {
        private final Source source;
        private final String text;
        private int at;

        Characters(Source source) {
            this.source = source;
            this.text = source.text();
        }

        @Override
        public String getText(Interval i) {
            return text.substring(Math.min(i.a, text.length()), Math.min(i.b + 1, text.length()));
        }

        @Override
        public void consume() {
            at++;
        }

        @Override
        public int LA(int k) {
            int i = at + (k > 0 ? k - 1 : k);
            return i >= 0 && i < text.length() ? text.charAt(i) : EOF;
        }

        @Override
        public int mark() {
            return -1;
        }

        @Override
        public void release(int marker) {}

        @Override
        public int index() {
            return at;
        }

        @Override
        public void seek(int index) {
            at = index;
        }

        @Override
        public int size() {
            return text.length();
        }

        @Override
        public String getSourceName() {
            return source.name();
        }
    }
}
