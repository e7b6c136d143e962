package nad.report;

import static nad.report.Excerpt.quoted;
import static nad.report.Sentences.q;

/// The sentences for what is worth telling and leaves the program as it is.
final class Warnings {
    private Warnings() {}

    static Sentence of(Problem.Warning w) {
        return switch (w) {
            case Problem.UnusedValue u -> new Sentence("unused-value", "The value of " + q(u.name()) + " is never used.")
                    .hint("its operations count in the cost all the same: use it or leave it out");
            case Problem.ShadowsFunction s -> new Sentence("shadows-function", "The value " + q(s.name()) + " has the name of a function.")
                    .hint("a call `" + quoted(s.name()) + "(…)` still means the function; another name is clearer");
            case Problem.DeadStatement d -> new Sentence("dead-statement", "The result does not depend on " + q(d.statement()) + ": what uses it is not used.")
                    .hint("it counts in the cost of the program and gets no adjoint block");
            case Problem.ActiveData a -> new Sentence("active-data", "The parameter " + q(a.parameter()) + " of " + q(a.program())
                    + " is `data`, and is given a value that depends on a differentiated parameter.").hint("the gradient goes through it all the same");
            case Problem.JumpUndecided j -> new Sentence("jump-undecided", "Whether the pieces of " + q(j.function()) + " agree where they meet is not decided: "
                    + (j.samples() == 0 ? "no point of a boundary was found." : "no jump was found at " + j.samples() + " sampled points."))
                    .hint("with a jump its derivatives would mean nothing there");
            case Problem.ThinPiece t -> new Sentence("thin-piece", "This piece of " + q(t.function())
                    + (t.point() == null ? " holds only where two values are equal, a set without interior." : " claims " + q(t.point()) + " alone: on both sides other pieces hold."))
                    .hint("its derivative there would be that of this piece, whatever the neighbours say; leave the piece out where they agree");
            case Problem.AssumedSmooth a -> new Sentence("assumed-smooth", q(a.operation()) + " in a piece of " + q(a.function()) + " has kinks of its own.")
                    .hint("the piece is taken as smooth; the kinks inside it are not looked at");
            case Problem.Domain d -> new Sentence("outside-domain", "The result of " + q(d.operation()) + " is no finite number: " + d.what()
                    + (d.arguments().isEmpty() ? "" : ", at " + quoted(d.arguments())) + (d.times() > 1 ? ", " + d.times() + " times" : "") + "." + Sentences.place(d));
            case Problem.NoDerivative n -> new Sentence("no-derivative", "The derivative of " + q(n.operation()) + " in the statement of " + q(n.statement())
                    + " does not exist here: " + n.why() + "." + Sentences.place(n));
            case Problem.ZeroTimesInfinity z -> new Sentence("zero-times-infinity", "The adjoint block of " + q(z.statement())
                    + " multiplies 0 by an infinite derivative, which gives NaN." + Sentences.place(z)).hint("`--strong-zero` lets an adjoint that is exactly 0 stay 0", "`:set strong-zero on` lets an adjoint that is exactly 0 stay 0");
            case Problem.Undecided u -> new Sentence("undecided", "Intervals do not decide " + q(u.operation()) + ": " + u.what()
                    + (u.arguments().isEmpty() ? "" : ", at " + quoted(u.arguments())) + "." + Sentences.place(u)).hint("a smaller box may decide it");
            case Problem.Contradiction c -> new Sentence("contradicting-selections", "The selections at " + q(c.firstOperation()) + " in the statement of " + q(c.firstStatement())
                    + (c.isOne() ? ", at two of its entries," : " and at " + q(c.operation()) + " in that of " + q(c.statement())) + " contradict each other: "
                    + (c.shares().isEmpty() ? "no mixture of the pieces around gives both." : "both look at the same quantity, and of the side where the first's is positive one takes "
                    + c.shares().getFirst() + " and the other " + c.shares().getLast() + ".") + Sentences.place(c)).see(c.isOne() ? null : c.first(), "the other is here")
                    .hint("the gradient may be no generalised derivative of the program here: `nad clarke` tells, `--kink` or `--convention` selects anew",
                            "the gradient may be no generalised derivative of the program here: `:clarke` tells, `:kink` or `:convention` selects anew");
            case Problem.NoEnumeration n -> new Sentence("no-enumeration", "The Clarke set is not listed because of " + q(n.operation())
                    + (n.statement().isEmpty() ? "" : " in the statement of " + q(n.statement())) + ": " + n.why() + "." + Sentences.place(n));
        };
    }
}
