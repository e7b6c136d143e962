package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.check.Checker;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Dictionary;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which program, at which sizes, at which prices.
final class ProgramOptions {
    @Parameters(index = "0", paramLabel = "FILE", description = "A .nad file; - reads standard input.")
    String file;

    @Option(names = "--program", paramLabel = "NAME", description = "The program of the file; else its last.")
    String program;

    @Option(names = "--size", paramLabel = "n=100", split = ",", description = "A size parameter's value (repeatable).")
    List<String> sizes = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "The most statements that a program may be written out to (${DEFAULT-VALUE}).", defaultValue = "10000000")
    long limit;

    @Option(names = "--flat", description = "Writes the program out to scalar statements first: the same bits, the same operations.")
    boolean flat;

    @Option(names = "--optimize", description = "Computes once what is written twice, and leaves out what changes nothing; says the cost before and after.")
    boolean optimize;

    @Option(names = "--cost-model", paramLabel = "MODEL", completionCandidates = Choices.CostModels.class, description = "${COMPLETION-CANDIDATES}, or a dictionary of the file.")
    String costModel;

    static List<String> several(String file, List<String> more) {
        List<String> out = new ArrayList<>(List.of(file));
        out.addAll(more);
        return out;
    }

    /// Reads the file and checks the program.
    Program program(Pipeline pipe) throws Refusal {
        return program(pipe, false);
    }

    /// @param dissolve whether a dump's blocks become ordinary statements, to be transformed again
    Program program(Pipeline pipe, boolean dissolve) throws Refusal {
        pipe.read(file);
        Program p = pipe.check(program, new Checker.Options(sizes(), limit, dissolve || flat || optimize));
        if (flat) p = pipe.flat(p, limit);
        return optimize ? pipe.optimized(p) : p;
    }

    CostModel prices(Pipeline pipe, Program p) throws Refusal {
        return pipe.costModel(costModel, p);
    }

    /// The prices where the program is read and not elaborated: those named, else those of the dictionary that it is over.
    CostModel ownPrices(Pipeline pipe) throws Refusal {
        Dictionary over = costModel == null ? pipe.checker().over(program) : null;
        return over != null ? over.costModel() : pipe.costModel(costModel, null);
    }

    Map<String, Integer> sizes() throws Refusal {
        Map<String, Integer> out = new LinkedHashMap<>();
        for (String s : sizes) {
            String[] parts = s.split("=", 2);
            try {
                if (parts.length < 2) throw new NumberFormatException();
                out.put(parts[0].strip(), Integer.parseInt(parts[1].strip()));
            } catch (NumberFormatException e) {
                throw new Refusal(new Problem.BadOption(Span.NONE, "--size", s, "name=integer, as in n=100"));
            }
        }
        return out;
    }
}
