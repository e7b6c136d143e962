package nad.cli;

import nad.core.Program;
import nad.dictionary.CostModel;
import nad.print.PlainForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "backprop", description = "Prints backprop(P), a program of the same language.",
        footer = {"", "Example:  nad backprop samples/mlp.nad -o mlp_backprop.nad", "          nad backprop samples/helmholtz.nad --format dot | dot -Tsvg > helmholtz.svg",
            "          nad backprop samples/relu_network.nad --format html -o relu_network.html"})
final class BackpropCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Mixin
    GradientOptions by;

    @Mixin
    DumpOptions dump;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        Program p = options.program(pipe, true);
        CostModel prices = options.prices(pipe, p);
        Program q = pipe.backprop(p, by);
        pipe.stage("printing");
        if (!json && dump.format.equals("html")) dump.put(HtmlReport.of(pipe, p, q, pipe.certify(p, q, prices, by.wrt), prices, by, null), out());
        else if (!json && dump.format.equals("slp"))
            dump.put(DumpOptions.plain(q, to -> PlainForm.dump(q, p.parameters().size(), by::includes, to)), out());
        else dump.write(q, Facts.dumpComment(p, q, prices), prices, json, out());
        return DONE;
    }
}
