package nad.cli;

import java.util.List;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Option;

/// By what backprop differentiates, and how.
final class GradientOptions {
    @Option(names = "--wrt", paramLabel = "x,y", split = ",", description = "The parameters to differentiate by; else all that are not data.")
    List<String> wrt;

    @Option(names = "--strong-zero", description = "A bar that is exactly 0 stays 0 through products with what is infinite or NaN.")
    boolean strongZero;

    boolean includes(Program.Parameter x) {
        return wrt == null ? !x.data() : wrt.contains(x.name());
    }

    void refuseUnknown(Program p) throws Refusal {
        if (wrt == null) return;
        List<String> known = p.parameters().stream().map(Program.Parameter::name).toList();
        for (String name : wrt) if (!known.contains(name)) throw new Refusal(new Problem.UnknownWrt(Span.NONE, name, known));
    }
}
