package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import nad.arithmetic.Rational;
import nad.bound.Certificate;
import nad.check.Checker;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.print.Printer;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "verify", description = "Certifies cost(backprop(P)) <= ω·cost(P): P beside its adjoint blocks, the cost of each, the sums, the verdict.",
        footer = {"", "Example:  nad verify samples/mlp.nad", "          nad verify samples/mlp.nad mlp_backprop.nad   (a dump from anywhere)",
            "          nad verify samples/huber.nad -o huber.html --random 1", "          nad verify --each samples/*.nad"})
final class VerifyCommand extends NadCommand {
    /// Without --all, longer tables show their beginning and their end.
    private static final int MOST_ROWS = 60;

    @Mixin
    ProgramOptions options;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "DUMP", description = "A file that holds backprop(P); else NAD transforms P itself. With --each: more files.")
    List<String> more = List.of();

    @Option(names = "--each", description = "Verifies several files, each on its own: one answer each, and the worst exit status.")
    boolean each;

    @Option(names = {"-o", "--output"}, paramLabel = "REPORT", description = "Writes a report as well, one self-contained HTML file.")
    String output;

    @Mixin
    RunOptions where;

    @Mixin
    GradientOptions by;

    @Option(names = "--all", description = "Print every row of the table, however many.")
    boolean all;

    @Option(names = "--symbolic", description = "The bound for all sizes, and all costs c >= 1 of an elementary function, at once; the costs as polynomials where they are.")
    boolean symbolic;

    @Override
    List<String> several() {
        return each ? ProgramOptions.several(options.file, more) : List.of();
    }

    @Override
    void about(String file) {
        options.file = file;
    }

    @Override
    int execute(Pipeline pipe) throws Refusal {
        refuseUnclear();
        if (symbolic) return symbolic(pipe);
        String dump = each || more.isEmpty() ? null : more.getFirst();
        Program p = options.program(pipe, true);
        CostModel prices = options.prices(pipe, p);
        Program q = dump == null ? pipe.backprop(p, by) : dumped(dump, pipe);
        by.refuseUnknown(p);
        Certificate c = pipe.certify(p, q, prices, by.wrt);
        if (output != null) Output.replace(output, HtmlReport.of(pipe, p, q, c, prices, by, where));
        if (json) answer(object(p, c, prices));
        else out().print(text(p, q, c, prices));
        return c.holds() ? DONE : NO;
    }

    /// Two files may be a program and its dump, or two programs: which one is never guessed.
    private void refuseUnclear() throws Refusal {
        if (!each && more.size() > 1) throw new Refusal(new Problem.SuperfluousArgument(Span.NONE, more.get(1)));
        if (each && output != null) throw new Refusal(new Problem.BadOption(Span.NONE, "--output", output, "one program's report, and no --each"));
        if (output == null && where.given()) throw new Refusal(new Problem.MissingArgument(Span.NONE, "-o REPORT, the page that shows the values given"));
        if (symbolic && output != null) throw new Refusal(new Problem.BadOption(Span.NONE, "--output", output, "a program of given sizes, and no --symbolic"));
    }

    private int symbolic(Pipeline pipe) throws Refusal {
        pipe.readAlone(options.file);
        CostModel prices = options.ownPrices(pipe);
        Symbolic.Costs c = Symbolic.costs(pipe, options, by, prices);
        Symbolic.Bound b = Symbolic.bound(pipe, options, prices);
        if (json) answer(SymbolicText.verdict(c, b, pipe.checker().chosen(options.program)));
        else out().print(SymbolicText.proof(c, b, prices));
        return b.omega() != null ? DONE : NO;
    }

    private Program dumped(String dump, Pipeline pipe) throws Refusal {
        Pipeline other = new Pipeline(files());
        other.read(dump);
        Program q = other.check(null, Checker.Options.ofDump(options.limit));
        other.warnings().forEach(pipe::warn);
        return q;
    }

    private static Map<String, Object> object(Program p, Certificate c, CostModel prices) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", p.name());
        out.put("sizes", p.sizes());
        out.put("verdict", switch (c) {
            case Certificate.Holds h -> "holds";
            case Certificate.WithinCost w -> "within_cost";
            case Certificate.Violated v -> "violated";
        });
        out.put("model", prices.name());
        out.put("cost", Facts.cost(c));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Certificate.Row r : c.rows()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("statement", r.statement());
            Json.place(row, p, r.instruction(), false);
            row.put("operation", r.operation());
            row.put("cost", Json.number(r.cost()));
            row.put("adjoint", Json.number(r.adjoint()));
            row.put("omega", Json.number(r.omega()));
            rows.add(row);
        }
        out.put("statements", rows);
        if (c instanceof Certificate.Holds h && h.strongZero()) out.put("strong_zero", true);
        out.put("reason", c.reason());
        if (c.place() != Span.NONE) {
            out.put("reason_line", c.place().line());
            out.put("reason_column", c.place().column());
        }
        return out;
    }

    private String text(Program p, Program q, Certificate c, CostModel prices) {
        StringBuilder out = new StringBuilder();
        out.append(p.name()).append(Facts.sizes(p)).append(", cost model ").append(prices.name()).append("\n\n");
        out.append(table(p, q, c)).append('\n');
        out.append("cost(").append(p.name()).append(")           = ").append(Numbers.cost(c.costP())).append('\n');
        out.append("cost(backprop(").append(p.name()).append(")) = ").append(Numbers.cost(c.costQ()));
        if (c.ratio() != null) out.append(", ratio ").append(Numbers.ratio(c.ratio()));
        Rational spread = c.bound().minus(c.omega().times(c.costP()));
        String entries = spread.sign() == 0 ? "" : " + " + Numbers.cost(spread);
        out.append('\n').append("bound  omega · cost").append(entries.isEmpty() ? "" : " + entries of the results").append(" = ").append(Numbers.ratio(c.omega()))
                .append(" · ").append(Numbers.cost(c.costP())).append(entries).append(" = ").append(Numbers.cost(c.bound())).append("\n\n");
        switch (c) {
            case Certificate.Holds h -> {
                out.append("HOLDS: each block is an instance of its statement's rule and costs at most (omega - 1) times its statement;\n")
                        .append("       so cost(backprop(").append(p.name()).append(")) <= ").append(Numbers.ratio(c.omega())).append(" · cost(").append(p.name()).append(")").append(entries).append(".\n");
                if (h.strongZero()) out.append("       Products and quotients with a bar have a strong zero: a bar that is exactly 0 stays 0 (mul0, div0).\n");
            }
            case Certificate.WithinCost w -> out.append("WITHIN THE COST, BUT NOT AN INSTANCE OF THE RULES: ").append(w.reason()).append(place(c)).append('\n');
            case Certificate.Violated v -> out.append("BOUND VIOLATED: ").append(v.reason()).append(place(c)).append('\n');
        }
        return out.toString();
    }

    private static String place(Certificate c) {
        return c.place() == Span.NONE ? "" : " (" + c.place().source().name() + ':' + c.place().line() + ':' + c.place().column() + ')';
    }

    private String table(Program p, Program q, Certificate c) {
        Table t = new Table("statement of P", ">cost", "adjoint block", ">cost", ">ratio", ">omega");
        IntFunction<String> mine = Printer.statements(p);
        IntFunction<String> theirs = Printer.statements(q);
        List<Certificate.Row> rows = c.rows();
        boolean cut = !all && rows.size() > MOST_ROWS;
        for (int k = 0; k < rows.size(); k++) {
            if (cut && k == MOST_ROWS - 10) {
                k = rows.size() - 10;
                t.row("… " + (rows.size() - MOST_ROWS) + " more (--all shows them)", "", "", "", "", "");
            }
            Certificate.Row r = rows.get(k);
            String ratio = r.cost().sign() == 0 ? "–" : Numbers.ratio(r.cost().plus(r.adjoint()).over(r.cost()));
            t.row(shortened(mine.apply(r.instruction())), Numbers.cost(r.cost()), r.block() < 0 ? "–" : shortened(block(q, r.block(), theirs)), Numbers.cost(r.adjoint()), ratio,
                    Numbers.ratio(r.omega()));
        }
        return t.toString();
    }

    private static String block(Program q, int b, IntFunction<String> statements) {
        StringBuilder out = new StringBuilder();
        for (int i = q.blockStart(b); i < q.blockEnd(b); i++) {
            String s = statements.apply(i);
            if (s != null) out.append(out.isEmpty() ? "" : "; ").append(s);
        }
        return out.toString();
    }

    private static String shortened(String s) {
        return s.length() <= 72 ? s : s.substring(0, 71) + "…";
    }
}
