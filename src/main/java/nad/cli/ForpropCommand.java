package nad.cli;

import nad.arithmetic.Rational;
import nad.bound.ForwardOmega;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Tangents;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "forprop", description = "Prints the tangent program of P along k directions, a program of the same language.",
        footer = {"", "Example:  nad forprop samples/helmholtz.nad --directions 3", "          nad forprop samples/clarke_failure.nad --kind directional"})
final class ForpropCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Mixin
    GradientOptions by;

    @Option(names = "--directions", paramLabel = "K", defaultValue = "1", description = "How many directions at once (${DEFAULT-VALUE}).")
    int directions;

    @Option(names = "--kind", paramLabel = "KIND", defaultValue = "jvp",
            description = "jvp: the linear tangent of the selection; directional: the one-sided F'(x; d); lexi: the LD-derivative along the directions in order.")
    String kind;

    @Mixin
    DumpOptions dump;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        if (directions < 1) throw new Refusal(new Problem.BadOption(Span.NONE, "--directions", Integer.toString(directions), "at least 1"));
        Program p = options.program(pipe, true);
        CostModel prices = options.prices(pipe, p);
        Tangents.Way way = way(kind);
        Program q = pipe.forprop(p, by, directions, way);
        pipe.stage("printing");
        dump.write(q, comment(p, q, way, prices), prices, json, "nad, json, dot, latex", out());
        return DONE;
    }

    static Tangents.Way way(String kind) throws Refusal {
        return switch (kind) {
            case "jvp" -> Tangents.Way.SELECTION;
            case "directional" -> Tangents.Way.DIRECTIONS;
            case "lexi", "ld" -> Tangents.Way.LEXICOGRAPHIC;
            default -> throw new Refusal(new Problem.BadOption(Span.NONE, "--kind", kind, "jvp, directional, lexi"));
        };
    }

    private String comment(Program p, Program q, Tangents.Way way, CostModel prices) {
        Rational costP = prices.cost(StaticCost.of(p));
        Rational costQ = prices.cost(StaticCost.of(q));
        String ratio = costP.sign() == 0 ? "" : ", ratio " + Numbers.ratio(costQ.over(costP));
        return kind + "(" + p.name() + ")" + Facts.sizes(p) + " along " + directions + (directions == 1 ? " direction" : " directions") + ": cost(" + p.name() + ") = "
                + Numbers.cost(costP) + ", cost(" + kind + "(" + p.name() + ")) = " + Numbers.cost(costQ) + ratio + " <= omega_f(" + directions + ") = "
                + Numbers.ratio(ForwardOmega.of(p, directions, way, prices));
    }
}
