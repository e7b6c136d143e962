package nad.report;

import java.util.List;

/// A mistake found, as data: where, and what [Report] needs to say about it. One record per kind of mistake; no sentence
/// is written anywhere else than in [Report].
public sealed interface Problem {
    Span at();

    default boolean isWarning() {
        return false;
    }

    /// A mistake that is worth telling but leaves the program as it is.
    sealed interface Warning extends Problem {
        @Override
        default boolean isWarning() {
            return true;
        }
    }

    // ---- reading

    record Unreadable(Span at, String path, String why) implements Problem {}
    record NotUtf8(Span at, long offset) implements Problem {}
    record LineTooLong(Span at, int length, int limit) implements Problem {}
    record UnknownCharacter(Span at, String text) implements Problem {}
    record MalformedNumber(Span at, String text) implements Problem {}
    record NumberTooLarge(Span at, String text) implements Problem {}
    record OpenString(Span at) implements Problem {}
    record Unclosed(Span at, String bracket) implements Problem {}
    record TooDeep(Span at, int limit) implements Problem {}
    record Unexpected(Span at, String found, String previous, List<String> expected) implements Problem {}

    // ---- files and items

    record UseCycle(Span at, List<String> files) implements Problem {}
    record NoProgram(Span at, String file) implements Problem {}
    record UnknownProgram(Span at, String name, List<String> programs) implements Problem {}
    record DefinedTwice(Span at, String name, Span first) implements Problem {}
    record Recursive(Span at, String program) implements Problem {}
    record UnknownDictionary(Span at, String name, List<String> dictionaries) implements Problem {}

    // ---- names and calls

    record UnknownName(Span at, String name, List<String> known) implements Problem {}
    record UnknownFunction(Span at, String name, List<String> known) implements Problem {}
    record NotAValue(Span at, String name) implements Problem {}
    record NotAFunction(Span at, String name) implements Problem {}
    record WrongArguments(Span at, String function, int given, String wanted) implements Problem {}
    record UnknownOption(Span at, String function, String option, List<String> known) implements Problem {}
    record SeveralResults(Span at, String program, int results) implements Problem {}
    /// What is wrong inside a program of the prelude, told at the call.
    record InCall(Span at, String program, Problem cause) implements Problem {}
    record NotAllowed(Span at, String operation, String dictionary, Span declaration) implements Problem {}

    // ---- sizes, shapes, indices

    record SizeWithoutValue(Span at, String size) implements Problem {}
    record SizeNotGiven(Span at, String program, String size) implements Problem {}
    record UnknownSize(Span at, String size, List<String> known) implements Problem {}
    record NotASize(Span at, String what, String value) implements Problem {}
    record SizesDisagree(Span at, String parameter, String wanted, String given) implements Problem {}
    record NotConstant(Span at, String what) implements Problem {}
    record NotAnInteger(Span at, String what, String value) implements Problem {}
    record IndexOutOfRange(Span at, String index, int size, String of) implements Problem {}
    record TooManySubscripts(Span at, int given, String shape) implements Problem {}
    record NoBroadcast(Span at, String operation, String left, String right) implements Problem {}
    record NoProduct(Span at, String left, String right) implements Problem {}
    record WrongShape(Span at, String what, String wanted, String given) implements Problem {}
    record NoSuchAxis(Span at, int axis, String shape) implements Problem {}
    record EmptyRange(Span at, String operation) implements Problem {}
    record EmptyList(Span at) implements Problem {}
    record Ragged(Span at, String first, String other) implements Problem {}
    record TooManyStatements(Span at, long limit) implements Problem {}
    /// @param on what the operation works on, `row` or `tensor`
    record NoPlainForm(Span at, String operation, String on) implements Problem {}
    record TooManyEntries(Span at, String what, String entries, long limit) implements Problem {}
    record DivisionByZero(Span at) implements Problem {}
    record NotFinite(Span at, String operation, String what, String arguments) implements Problem {}

    // ---- statements

    record MissingReturn(Span at, String program) implements Problem {}
    record AfterReturn(Span at) implements Problem {}
    record ReturnInside(Span at, String what) implements Problem {}
    record NotABar(Span at, String name) implements Problem {}
    record SetTwice(Span at, String name, Span first) implements Problem {}
    record UnknownStatement(Span at, String name, List<String> known) implements Problem {}
    record Misplaced(Span at, String what, String where) implements Problem {}

    // ---- elementary functions and dictionaries

    record MissingOtherwise(Span at, String function) implements Problem {}
    record AfterOtherwise(Span at, String function) implements Problem {}
    record NotSmooth(Span at, String function, String why) implements Problem {}
    /// One-sided limits, and what it is at the point itself where it is neither, else null.
    record Jump(Span at, String function, String point, String left, String right, String own) implements Problem {}
    record SelectionOutside(Span at, String function, String value, String lo, String hi) implements Problem {}
    /// Decimal numerals, and their sum; of two it is not 1.
    record TieWeights(Span at, String function, List<String> weights, String sum) implements Problem {}
    record NoKink(Span at, String function, List<String> known) implements Problem {}
    record BadPrice(Span at, String value) implements Problem {}
    record PricedComposition(Span at, String operation, List<String> parts) implements Problem {}

    // ---- transformation

    record NotPathDifferentiable(Span at, String operation, String why) implements Problem {}
    record UnknownWrt(Span at, String name, List<String> known) implements Problem {}
    record NoScalarResult(Span at, String program, int results) implements Problem {}
    record WrongDirections(Span at, String wanted, String given) implements Problem {}
    record SingularDirections(Span at, int size) implements Problem {}
    record TooManyCells(Span at, String program, int limit) implements Problem {}

    // ---- inputs and runs

    record MissingInput(Span at, String name, String type) implements Problem {}
    record UnknownInput(Span at, String name, List<String> known) implements Problem {}
    record InputShape(Span at, String name, String wanted, String given) implements Problem {}
    /// @param where the entry's index, `[2, 3]`; empty for a scalar
    record InputNotANumber(Span at, String name, String where) implements Problem {}
    record BadInput(Span at, String what, String why) implements Problem {}
    record LeavesArithmetic(Span at, String function, String arithmetic) implements Problem {}
    record ExactDivisionByZero(Span at, String operation) implements Problem {}
    record StrictDomain(Span at, Warning cause) implements Problem {}
    record BadOption(Span at, String option, String value, String wanted) implements Problem {}
    /// @param function one that the compiled engine has no routine for
    record NotCompiled(Span at, String function) implements Problem {}
    record UnknownCommand(Span at, String command, List<String> known) implements Problem {}
    record UnknownCommandOption(Span at, String option, String nearest) implements Problem {}
    record UnknownCode(Span at, String code, List<String> known) implements Problem {}
    record MissingArgument(Span at, String what) implements Problem {}
    record SuperfluousArgument(Span at, String argument) implements Problem {}
    record CannotWrite(Span at, String path, String why) implements Problem {}
    record OutOfMemory(Span at, String what) implements Problem {}

    // ---- warnings

    record UnusedValue(Span at, String name) implements Warning {}
    record ShadowsFunction(Span at, String name) implements Warning {}
    record DeadStatement(Span at, String statement) implements Warning {}
    record ActiveData(Span at, String program, String parameter) implements Warning {}
    record JumpUndecided(Span at, String function, int samples) implements Warning {}
    /// @param point the one that a piece claims alone, such as `x = 0`; null where its condition says so by `==`
    record ThinPiece(Span at, String function, String point) implements Warning {}
    record AssumedSmooth(Span at, String function, String operation) implements Warning {}
    record Domain(Span at, String operation, String what, String arguments, long times) implements Warning {}
    record NoDerivative(Span at, String operation, String why, String statement) implements Warning {}
    /// @param arguments the intervals; empty where what was told says which
    record Undecided(Span at, String operation, String what, String arguments) implements Warning {}
    record ZeroTimesInfinity(Span at, String statement) implements Warning {}
    /// Two selections of one gradient.
    ///
    /// @param first  where the other one is, an earlier statement or the same
    /// @param shares what the earlier and the later give to the side where the earlier's quantity is positive; empty where they do not look at one
    record Contradiction(Span at, String operation, String statement, Span first, String firstOperation, String firstStatement, List<String> shares) implements Warning {
        /// Whether the two are entries of one statement.
        boolean isOne() {
            return at.equals(first) && statement.equals(firstStatement);
        }
    }
    record NoEnumeration(Span at, String operation, String statement, String why) implements Warning {}
}
