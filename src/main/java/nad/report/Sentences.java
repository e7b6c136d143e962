package nad.report;

import static nad.report.Excerpt.quoted;

import java.util.List;

/// The sentences for every kind of [Problem], in the language's own words: what is wrong and, as a hint, what to write.
/// A message never says "you"; it names both shapes where shapes matter and shows both places where two do.
final class Sentences {
    private Sentences() {}

    static Sentence of(Problem p) {
        return switch (p) {
            case Problem.Warning w -> Warnings.of(w);

            // ---- reading

            case Problem.Unreadable u -> new Sentence("unreadable-file", "The file " + q(u.path()) + " cannot be read: " + u.why() + ".");
            case Problem.NotUtf8 u -> new Sentence("not-utf-8", "This file is not text in UTF-8: the byte at offset " + u.offset() + " cannot stand there.")
                    .hint("save the file as UTF-8; a compiled or packed file cannot be read as a program");
            case Problem.LineTooLong l -> new Sentence("line-too-long",
                    "This line has " + l.length() + " characters; a line may have " + l.limit() + ".")
                    .hint("end a statement with its line, or break the line inside `( )` or `[ ]`");
            case Problem.UnknownCharacter u -> new Sentence("unknown-character", "The character " + character(u.text()) + " has no meaning here.")
                    .hint(Words.instead(u.text()));
            case Problem.MalformedNumber m -> new Sentence("malformed-number", q(m.text()) + " is neither a number nor a name.")
                    .hint(Words.number(m.text()));
            case Problem.NumberTooLarge n -> new Sentence("number-too-large", (n.text().contains(" ") ? capital(n.text()) : q(n.text()))
                    + " is beyond the numbers that a program may hold.").hint(n.text().startsWith("^")
                    ? "an integer exponent stands for products and is at most 1000000, and 4096 for a constant"
                    : "constants are exact fractions: exponents stay within ±400, and no more than some thousand digits are kept");
            case Problem.OpenString o -> new Sentence("open-string", "This text in quotes does not end on its line.").hint("close it with `\"`");
            case Problem.Unclosed u -> new Sentence("unclosed-bracket", q(u.bracket()) + " is opened here and never closed.")
                    .hint("close it with " + q(Words.closing(u.bracket())));
            case Problem.TooDeep t -> new Sentence("nested-too-deeply", "This is nested more than " + t.limit() + " levels deep.")
                    .hint("give inner parts names of their own");
            case Problem.Unexpected u -> new Sentence("unexpected-word", expected(u)).hint(Words.unexpected(u));

            // ---- files and items

            case Problem.UseCycle c -> new Sentence("use-cycle", "The files use each other in a circle: " + String.join(" uses ", c.files().stream().map(Sentences::q).toList()) + ".")
                    .hint("move what both need into a third file");
            case Problem.NoProgram n -> new Sentence("no-program", "There is no program in " + q(n.file()) + ".")
                    .hint("a program is written `program f(x) { return x * x }`");
            case Problem.UnknownProgram u -> new Sentence("unknown-program", "There is no program named " + q(u.name()) + " in this file.")
                    .hint(meant(u.name(), u.programs(), "its programs are "));
            case Problem.DefinedTwice d -> new Sentence("defined-twice", "The name " + q(d.name()) + " is defined twice.")
                    .hint("give one of the two another name").see(d.first(), "first defined here");
            case Problem.Recursive r -> new Sentence("recursive-program", q(r.program()) + " would be written out inside itself without end.")
                    .hint("a program may call only others that do not call it; repeat with `for i in 1..n { … }`");
            case Problem.UnknownDictionary u -> new Sentence("unknown-dictionary", "There is no dictionary named " + q(u.name()) + ".")
                    .hint(meant(u.name(), u.dictionaries(), "declared are "));

            // ---- names and calls

            case Problem.UnknownName u -> new Sentence("unknown-name", "There is no value named " + q(u.name()) + " here.").hint(meant(u.name(), u.known()));
            case Problem.UnknownFunction u -> new Sentence("unknown-function", "There is no function or program named " + q(u.name()) + ".")
                    .hint(Words.function(u.name(), meant(u.name(), u.known())));
            case Problem.NotAValue n -> new Sentence("not-a-value", q(n.name()) + " is a function, and a value is needed here.")
                    .hint("apply it to arguments: `" + quoted(n.name()) + "(x)`");
            case Problem.NotAFunction n -> new Sentence("not-a-function", q(n.name()) + " is a value and cannot be called.")
                    .hint("multiply with `*`, and take entries with `" + quoted(n.name()) + "[i]`");
            case Problem.WrongArguments w -> new Sentence("wrong-arguments", q(w.function()) + " takes " + w.wanted() + ", and is given "
                    + (w.given() == 0 ? "none" : w.given() == 1 ? "one" : Integer.toString(w.given())) + ".");
            case Problem.UnknownOption u -> new Sentence("unknown-option", q(u.function()) + " has no option " + q(u.option()) + ".")
                    .hint(u.known().isEmpty() ? "its arguments are told apart by their order" : meant(u.option(), u.known(), "it knows "));
            case Problem.SeveralResults s -> new Sentence("several-results", q(s.program()) + " has " + s.results() + " results, and one value is needed here.")
                    .hint("let it return one tensor, or split it into a program for each result");
            case Problem.InCall i -> new Sentence("fails-inside", q(i.program()) + " cannot be applied to these arguments. Inside it: " + of(i.cause()).message());
            case Problem.NotAllowed n -> new Sentence("not-allowed", q(n.operation()) + " is not in the dictionary " + q(n.dictionary()) + " that this program is over.")
                    .hint("write " + q("allow " + n.operation()) + " in it, or do without").see(n.declaration(), "the dictionary allows what is listed here");

            // ---- sizes, shapes, indices

            case Problem.SizeWithoutValue s -> new Sentence("size-without-value", "The size " + q(s.size()) + " has no value: it has no default, and nothing sets it.")
                    .hint("give `--size " + quoted(s.size()) + "=10`, or a default: `<" + quoted(s.size()) + " = 10>`");
            case Problem.SizeNotGiven s -> new Sentence("size-not-given", "The size " + q(s.size()) + " of " + q(s.program()) + " is not given in this call, and no argument fixes it.")
                    .hint("add it: `" + quoted(s.program()) + "(…, " + quoted(s.size()) + "=2)`");
            case Problem.UnknownSize u -> new Sentence("unknown-size", "This program has no size named " + q(u.size()) + ".")
                    .hint(u.known().isEmpty() ? "it has no sizes at all" : meant(u.size(), u.known(), "its sizes are "));
            case Problem.NotASize n -> new Sentence("not-a-size", capital(n.what()) + " is " + quoted(n.value()) + ", and sizes are positive integers.");
            case Problem.SizesDisagree s -> new Sentence("sizes-disagree",
                    "The argument " + q(s.parameter()) + " must be " + s.wanted() + " for the sizes of this call, and is " + s.given() + ".");
            case Problem.NotConstant n -> new Sentence("not-constant", capital(n.what()) + " must be known before anything runs, and this depends on a parameter.")
                    .hint("use numbers, sizes `<n>`, loop variables and constants here");
            case Problem.NotAnInteger n -> new Sentence("not-an-integer", capital(n.what()) + " must be an integer, and this is " + quoted(n.value()) + ".");
            case Problem.IndexOutOfRange i -> new Sentence("index-out-of-range", "The index " + quoted(i.index())
                    + (i.of().equals(i.index()) ? "" : " (from " + q(i.of()) + ")") + " is out of range: indices run from 1 to " + i.size() + " here.")
                    .hint(Words.index(i));
            case Problem.TooManySubscripts t when rank(t.shape()) == 0 -> new Sentence("too-many-subscripts", "A scalar has no entries that an index could choose.");
            case Problem.TooManySubscripts t -> new Sentence("too-many-subscripts", t.given() + (t.given() == 1 ? " index is" : " indices are") + " given for a value of shape "
                    + t.shape() + ", which takes " + rank(t.shape()) + ".");
            case Problem.NoBroadcast b -> new Sentence("no-broadcast", q(b.operation()) + " cannot combine " + b.left() + " with " + b.right() + ": " + Words.broadcast(b) + ".")
                    .hint("two sizes fit if they are equal or one of them is 1, counted from the last");
            case Problem.NoProduct n -> new Sentence("no-product", "A product of " + n.left() + " with " + n.right() + " is not defined: "
                    + "both must be vectors or matrices, and the last size of the left one the first of the right one.").hint(Words.product(n));
            case Problem.WrongShape w -> new Sentence("wrong-shape", capital(w.what()) + " must be " + w.wanted() + ", and is " + w.given() + ".");
            case Problem.NoSuchAxis n -> new Sentence("no-such-axis", "There is no axis " + n.axis() + ": a value of shape " + n.shape() + " has "
                    + (rank(n.shape()) == 0 ? "none" : rank(n.shape()) == 1 ? "axis 1 only" : "axes 1 to " + rank(n.shape())) + ".");
            case Problem.EmptyRange e -> new Sentence("empty-range", e.operation().equals("[ ]") ? "A list needs at least one element, and this range is empty."
                    : e.operation().startsWith("range") ? "The " + e.operation() + " is empty, and there are no tensors without entries."
                    : "The " + q(e.operation()) + " of nothing has no value: this range is empty.")
                    .hint("a range `a..b` includes both ends, and is empty where b < a");
            case Problem.EmptyList e -> new Sentence("empty-list", "A list `[ ]` needs at least one element.").hint("there are no tensors without entries");
            case Problem.Ragged r -> new Sentence("ragged-list", "The elements of a list must have one shape: the first is " + r.first() + ", and this one is " + r.other() + ".");
            case Problem.TooManyStatements t -> new Sentence("too-many-statements", "Written out, this program has more than " + t.limit() + " statements or rounds of loops.")
                    .hint("use smaller sizes, write it with tensors, or raise the limit with `--limit`", "use smaller sizes, write it with tensors, or raise the limit: `:set limit 100000000`");
            case Problem.NoPlainForm n -> new Sentence("no-plain-form", "The plain form has scalar statements only, and " + q(n.operation())
                    + (n.on().equals("row") ? " works on a whole row here." : " is applied to a tensor here."))
                    .hint(n.on().equals("row") ? "write it with operations on scalars, or use another format" : "add `--flat`");
            case Problem.TooManyEntries t -> new Sentence("too-many-entries", tooLarge(t) + ", and the limit is " + t.limit() + ".").hint("use smaller sizes");
            case Problem.NotFinite n -> new Sentence("not-finite", "The constant " + q(n.operation() + "(" + n.arguments() + ")") + " is no finite number: " + n.what() + ".");
            case Problem.DivisionByZero d -> new Sentence("division-by-zero", "This divides by the constant 0.");

            // ---- statements

            case Problem.MissingReturn m -> new Sentence("missing-return", "The program " + q(m.program()) + " ends without a `return`.")
                    .hint("end it with `return` and its result");
            case Problem.AfterReturn a -> new Sentence("after-return", "`return` is the last statement of a program, and this one stands behind it.");
            case Problem.ReturnInside r -> new Sentence("return-inside", "`return` cannot stand inside " + r.what() + ": a program has one result, at its end.");
            case Problem.NotABar n -> new Sentence("not-a-bar", q(n.name()) + " is added to or partly set here, and has no value before.")
                    .hint("set it first: `" + quoted(n.name()) + " = zeros(n)`, or `=` for the first contribution");
            case Problem.SetTwice t -> new Sentence("set-twice", q(t.name()) + " is set as a whole a second time in an adjoint block.")
                    .hint("later contributions are added: `" + quoted(t.name()) + " += …`").see(t.first(), "first set here");
            case Problem.UnknownStatement u -> new Sentence("unknown-statement", "An adjoint block belongs to a statement, and none defines " + q(u.name()) + ".")
                    .hint(meant(u.name(), u.known()));
            case Problem.Misplaced m -> new Sentence("misplaced", capital(m.what()) + " has no place in " + m.where() + ".");

            // ---- elementary functions and dictionaries

            case Problem.MissingOtherwise m -> new Sentence("missing-otherwise", q(m.function()) + " does not say what it is where no condition holds.")
                    .hint("let the last piece be `otherwise : …`");
            case Problem.AfterOtherwise a -> new Sentence("after-otherwise", "This piece of " + q(a.function()) + " stands behind `otherwise` and is never reached.")
                    .hint("`otherwise` is the last piece");
            case Problem.NotSmooth n -> new Sentence("not-smooth", "This cannot be part of a piece of " + q(n.function()) + ": " + n.why() + ".");
            case Problem.Jump j -> new Sentence("jump", q(j.function()) + " jumps at " + quoted(j.point()) + ": it tends to " + j.left()
                    + (j.point().contains("=") ? " from one side and to " + j.right() + " from the other" : " from the left and to " + j.right() + " from the right")
                    + (j.own() == null ? "" : ", and is " + j.own() + " there")
                    + ". So it is not locally Lipschitz, and has no generalised derivative.").hint("let the pieces agree where they meet");
            case Problem.SelectionOutside s -> new Sentence("selection-outside", s.value() + " is no generalised derivative of " + q(s.function())
                    + " at this kink: the Clarke interval is [" + s.lo() + ", " + s.hi() + "].").hint("select a value from [" + s.lo() + ", " + s.hi() + "]");
            case Problem.TieWeights t -> new Sentence("tie-weights", "The weights (" + String.join(", ", t.weights()) + ") for a tie of " + q(t.function())
                    + (t.weights().size() == 2 ? " sum to " + t.sum() + ", not to 1." : " are " + t.weights().size() + ", not two."))
                    .hint("the Clarke set of a tie is the simplex: give the first and the last that tie weights from [0, 1] of sum 1, as in (0.3, 0.7); half shares equally");
            case Problem.NoKink n -> new Sentence("no-kink", q(n.function()) + " has no kink where a derivative could be selected.")
                    .hint(n.known().isEmpty() ? null : "there is a choice at " + list(n.known()));
            case Problem.BadPrice b -> new Sentence("bad-price", "A cost must be a positive number, and this is " + quoted(b.value()) + ".")
                    .hint("only a price in a dictionary may be 0");

            // ---- transformation

            case Problem.PricedComposition c -> new Sentence("priced-composition",
                    q(c.operation()) + " has no price of its own: it costs what its parts cost, " + String.join(", ", c.parts().stream().map(Sentences::q).toList()) + ".")
                    .hint("price these");
            case Problem.NotPathDifferentiable n -> new Sentence("not-path-differentiable", "backprop does not go through " + q(n.operation()) + ": " + n.why() + ".")
                    .hint("keep it away from the differentiated parameters, or use a continuous function");
            case Problem.UnknownWrt u -> new Sentence("unknown-parameter", "`--wrt` names " + q(u.name()) + ", which is no parameter of this program.")
                    .hint(meant(u.name(), u.known(), "its parameters are "));
            case Problem.NoScalarResult n -> new Sentence("no-scalar-result", q(n.program()) + " must return one scalar for this, and returns "
                    + (n.results() == 1 ? "a tensor" : n.results() + " results") + ".").hint("reduce the result, for example with `sum`");
            case Problem.WrongDirections w -> new Sentence("wrong-directions", "The directions must be " + w.wanted() + " numbers, one for each entry of the"
                    + " differentiated parameters in order, and are " + w.given() + ".");
            case Problem.SingularDirections s -> new Sentence("singular-directions", "These " + s.size() + " directions are linearly dependent, so they do not"
                    + " determine a subgradient.").hint("let the rows be a basis, for example the identity");
            case Problem.TooManyCells t -> new Sentence("too-many-cells", "Around this point " + q(t.program()) + " has more than " + t.limit()
                    + " cells, too many to list its Clarke set.").hint("raise the limit with `--cells`, or leave the set out with `--no-set`");

            // ---- inputs and runs

            case Problem.MissingInput m -> new Sentence("missing-input", "The parameter " + q(m.name()) + " (" + m.type() + ") has no value.")
                    .hint("give `--at \"" + quoted(m.name()) + "=" + example(m) + "\"`, `--inputs FILE` or `--random SEED`",
                            "set it: `" + quoted(m.name()) + " = " + example(m) + "`; or give the command `--at`, `--inputs FILE` or `--random SEED`");
            case Problem.UnknownInput u -> new Sentence("unknown-input", "This program has no parameter named " + q(u.name()) + ".")
                    .hint(u.known().isEmpty() ? "it has no parameters" : meant(u.name(), u.known(), "its parameters are "));
            case Problem.InputShape i -> new Sentence("input-shape", "The value for " + q(i.name()) + " must be " + i.wanted() + ", and is " + i.given() + ".");
            case Problem.InputNotANumber i -> new Sentence("input-not-a-number", "The value for " + q(i.name() + i.where()) + " is not a finite number.")
                    .hint("data holds finite numbers: replace or leave out what is missing");
            case Problem.BadInput b -> new Sentence("bad-input", (b.what().contains(" ") || b.what().startsWith("`") ? capital(b.what()) : q(b.what())) + " cannot be used: " + b.why() + ".");
            case Problem.LeavesArithmetic l -> new Sentence("leaves-arithmetic", q(l.function()) + " leaves the " + l.arithmetic() + "." + place(l))
                    .hint("use `--arithmetic float64`, or `interval` for enclosures", "use `:arithmetic float64`, or `interval` for enclosures");
            case Problem.ExactDivisionByZero e -> new Sentence("exact-division-by-zero", q(e.operation()) + " divides by 0 here, and exact arithmetic has no infinity." + place(e));
            case Problem.StrictDomain s -> new Sentence("strict-domain", Warnings.of(s.cause()).message()).hint("`--strict` makes this an error", "`:set strict off` makes this a warning");
            case Problem.BadOption b -> new Sentence("bad-option", q(b.value()) + " does not fit `" + b.option() + "`, which takes " + b.wanted() + ".")
                    .hint(meant(b.value(), List.of(b.wanted().split(", | or "))));
            case Problem.NotCompiled n -> new Sentence("not-compiled", "The compiled engine has no routine for " + q(n.function()) + ".")
                    .hint("`--engine interpreter` runs this program");
            case Problem.UnknownCommand u -> new Sentence("unknown-command", "There is no command " + q(u.command()) + ".").hint(meant(u.command(), u.known()));
            case Problem.UnknownCommandOption u -> new Sentence("unknown-command-option", "There is no option " + q(u.option()) + " here.")
                    .hint(u.nearest() == null ? null : "perhaps " + q(u.nearest()) + " is meant");
            case Problem.UnknownCode u -> new Sentence("unknown-code", "No error and no warning has the code " + q(u.code()) + ".")
                    .hint(meant(u.code(), u.known()) == null ? "`nad explain` lists them" : meant(u.code(), u.known()),
                            meant(u.code(), u.known()) == null ? "`:explain` lists them" : meant(u.code(), u.known()));
            case Problem.MissingArgument m -> new Sentence("missing-argument", "Something is missing: " + m.what() + ".");
            case Problem.SuperfluousArgument s -> new Sentence("superfluous-argument", q(s.argument()) + " is one argument too many.");
            case Problem.CannotWrite c -> new Sentence("cannot-write", q(c.path()) + " cannot be written: " + c.why() + ". Nothing was changed.");
            case Problem.OutOfMemory o -> new Sentence("out-of-memory", "There is not enough memory for " + o.what() + ".")
                    .hint("use smaller sizes, or give Java more memory: `JAVA_TOOL_OPTIONS=-Xmx8g`");
        };
    }

    private static String example(Problem.MissingInput m) {
        return rank(m.type()) == 0 ? "1.5" : rank(m.type()) == 1 ? "[1, 2]" : "[[1, 2], [3, 4]]";
    }

    private static String tooLarge(Problem.TooManyEntries t) {
        return t.what().startsWith("real") ? "A tensor " + t.what() + " would have " + t.entries() + " entries"
                : t.what().equals("the program") ? "The values of this program would have " + t.entries() + " entries together"
: t.what().equals("the constants") ? "The constants of this program would take " + t.entries() + " operations to compute"
                : capital(t.what()) + " is " + t.entries();
    }

    /// Line and column in the sentence itself, for what a run says: its result may be read without the source beside it.
    static String place(Problem p) {
        return p.at().source().name().isEmpty() ? "" : " This is line " + p.at().line() + ", column " + p.at().column() + ".";
    }

    private static String expected(Problem.Unexpected u) {
        List<String> e = u.expected();
        return e.isEmpty() ? capital(quoted(u.found())) + " has no meaning here." : "Expected " + orList(e) + " here, and found " + quoted(u.found()) + ".";
    }

    /// In backquotes, on one line, not too long.
    static String q(String s) {
        return "`" + quoted(s) + "`";
    }

    private static String character(String s) {
        int c = s.codePointAt(0);
        return c > 0x20 && c < 0x7F ? q(s) : q(s) + String.format(" (U+%04X)", c);
    }

    static String capital(String s) {
        return s.isEmpty() || s.startsWith("`") ? s : Character.toUpperCase(s.charAt(0)) + s.substring(1);
    }

    static String meant(String name, List<String> known) {
        return Suggest.nearest(name, known).map(k -> "did you mean " + q(k) + "?").orElse(null);
    }

    /// The nearest name, or all of them where none is near.
    private static String meant(String name, List<String> known, String otherwise) {
        String near = meant(name, known);
        return near != null ? near : known.isEmpty() ? null : otherwise + list(known);
    }

    private static String list(List<String> names) {
        List<String> shown = names.subList(0, Math.min(8, names.size())).stream().map(Sentences::q).toList();
        return String.join(", ", shown) + (names.size() > 8 ? ", …" : "");
    }

    private static String orList(List<String> words) {
        return words.size() == 1 ? words.getFirst() : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    /// How many sizes a shape such as `real[2, 3]` shows.
    static int rank(String shape) {
        return Words.sizes(shape).length;
    }
}
