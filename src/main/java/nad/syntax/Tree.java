package nad.syntax;

import java.util.List;
import nad.arithmetic.Rational;
import nad.report.Source;
import nad.report.Span;

/// The typed syntax tree of a file. Every node says where it stands, as `at`: the offsets of its first character and of
/// the one after its last, packed into a long (a file of 10⁶ statements has 10⁷ nodes).
public final class Tree {
    private Tree() {}

    /// @param items   those in which nothing is wrong
    /// @param unsound the names of those in which something is
    /// @param whole   whether every item is in one of the two
    public record File(Source source, List<Item> items, List<Word> unsound, boolean whole) {}

    /// A name in the text.
    public record Word(String text, long at) {}

    // ---- items

    public sealed interface Item {
        long at();
    }

    public record Use(String path, long at) implements Item {}

    public record Const(Word name, Expr value, long at) implements Item {}

    /// @param cost null where the text sets none
    public record Elementary(Word name, List<Word> parameters, Expr cost, List<Piece> pieces, long at) implements Item {}

    /// @param relation null for `otherwise`, with null sides
    public record Piece(Expr left, String relation, Expr right, Expr value, long at) {}

    public record Dictionary(Word name, List<Clause> clauses, long at) implements Item {}

    public record Program(Word name, List<Size> sizes, List<Parameter> parameters, Word over, List<Statement> body, long at, long end)
            implements Item {}

    /// @param standard null where the size must be given
    public record Size(Word name, Expr standard) {}

    /// @param dimensions null for a scalar
    public record Parameter(Word name, boolean data, List<Expr> dimensions, long at) {}

    public sealed interface Clause {
        long at();
    }

    public record Allow(List<Word> operations, long at) implements Clause {}

    public record Prices(List<Word> operations, List<Expr> prices, long at) implements Clause {}

    /// @param point null for `tie`
    public record Select(Word operation, Expr point, Expr value, long at) implements Clause {}

    // ---- statements

    public sealed interface Statement {
        long at();
    }

    /// @param subscripts null where the whole value is assigned; @param relation `=`, `+=` or `-=`
    public record Assign(Word target, List<Subscript> subscripts, String relation, Expr value, List<Range> clauses, long at)
            implements Statement {}

    public record Loop(Word variable, Expr from, Expr to, List<Statement> body, long at) implements Statement {}

    public record Adjoint(Word target, List<Statement> body, long at) implements Statement {}

    public record Return(List<Expr> values, long at) implements Statement {}

    // ---- expressions

    public sealed interface Expr {
        long at();
    }

    public record Number(Rational value, long at) implements Expr {}

    public record Name(String text, long at) implements Expr {}

    /// `first sign[0] rest[0] sign[1] rest[1] …`, from left to right: long sums stay flat.
    public record Chain(Expr first, char[] signs, List<Expr> rest, long at) implements Expr {}

    public record Negate(Expr of, long at) implements Expr {}

    public record Power(Expr base, Expr exponent, long at) implements Expr {}

    public record Index(Expr of, List<Subscript> subscripts, long at) implements Expr {}

    public record Transpose(Expr of, long at) implements Expr {}

    public record ListOf(List<Expr> elements, long at) implements Expr {}

    public record Comprehension(Expr element, Range range, long at) implements Expr {}

    /// @param prime null, or what follows the name: `'`, `'1`, `'T`; @param last what follows a semicolon, or null
    public record Call(Word name, String prime, List<Argument> arguments, List<Range> clauses, Expr last, long at) implements Expr {
        /// The operation's name with its prime.
        public String operation() {
            return prime == null ? name.text : name.text + prime;
        }
    }

    /// @param name null for a positional argument
    public record Argument(Word name, Expr value) {}

    public record Range(Word variable, Expr from, Expr to, long at) {}

    /// `from`, `from .. to`, or `..` where both are null; a single index has a null `to`.
    public record Subscript(Expr from, Expr to, long at) {
        public boolean isIndex() {
            return from != null && to == null;
        }
    }

    public static long at(int begin, int end) {
        return (long) begin << 32 | end;
    }

    public static Span span(Source source, long at) {
        return new Span(source, (int) (at >>> 32), (int) at);
    }
}
