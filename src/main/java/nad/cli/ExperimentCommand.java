package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.check.Checker;
import nad.clarke.ClarkeElements;
import nad.clarke.ClarkeSet;
import nad.clarke.Growth;
import nad.clarke.Hull;
import nad.clarke.MatrixProduct;
import nad.clarke.Satisfiability;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.dictionary.Tally;
import nad.plot.Costs;
import nad.plot.Drawing;
import nad.plot.Svg;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "experiment", description = "Reproduces a published experiment.", synopsisSubcommandLabel = "NAME", mixinStandardHelpOptions = true,
        footer = {"", "Example:  nad experiment growth --p 2,16,128 -o growth.svg -o growth.csv"},
        subcommands = {ExperimentCommand.Sat.class, ExperimentCommand.MatMul.class, ExperimentCommand.Growing.class})
final class ExperimentCommand implements Runnable {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// The answer of an experiment: a table of numbers, as text, as JSON rows, in a file of values or as a picture.
    private abstract static class Experiment extends NadCommand {
        @Option(names = {"-o", "--output"}, paramLabel = "OUT", description = "A file to write besides: .csv, .svg or .png (repeatable).")
        List<String> outputs = List.of();

        final List<Map<String, Object>> rows = new ArrayList<>();

        /// What is drawn over the rising sizes.
        abstract Drawing drawing(Rows sorted);

        final void requireOutputs(String option, List<Integer> sizes) throws Refusal {
            for (String o : outputs) {
                if (!o.endsWith(".csv") && !o.endsWith(".svg") && !o.endsWith(".png"))
                    throw new Refusal(new Problem.BadOption(Span.NONE, "--output", o, "a name that ends with .csv, .svg or .png"));
                if (!o.endsWith(".csv") && sizes.stream().distinct().count() < 2)
                    throw new Refusal(new Problem.BadOption(Span.NONE, option, sizes.getFirst().toString(), "at least two sizes for a picture"));
            }
        }

        static Program program(Pipeline pipe, String text, Map<String, Integer> sizes) throws Refusal {
            pipe.readText("experiment.nad", text);
            return pipe.check(null, new Checker.Options(sizes, Checker.STANDARD_LIMIT, false));
        }

        void answer(Table table) throws Refusal {
            for (String o : outputs) {
                if (o.endsWith(".csv")) Output.replace(o, Rows.csv(rows));
                else if (o.endsWith(".png")) Output.replace(o, Output.png(drawing(Rows.sorted(rows)), o));
                else Output.replace(o, Svg.of(drawing(Rows.sorted(rows))));
            }
            if (json) {
                answer(outputs.isEmpty() ? Map.of("rows", rows) : Map.of("rows", rows, "output", outputs));
                return;
            }
            out().print(table);
            for (String o : outputs) out().println("wrote " + o);
        }

        static void refuse(List<Problem> problems) throws Refusal {
            if (problems.stream().anyMatch(p -> !p.isWarning())) throw new Refusal(problems);
        }

        static Rational cost(Tally t) {
            return CostModel.UNIT.cost(t);
        }

        static String ratio(Rational a, Rational b) {
            return Numbers.ratio(a.over(b));
        }

        static void requireAtLeast(String option, int least, List<Integer> values) throws Refusal {
            for (int v : values) if (v < least) throw new Refusal(new Problem.BadOption(Span.NONE, option, Integer.toString(v), "integers of at least " + least));
        }
    }

    @Command(name = "sat", description = {"Formulas as programs relu(min over clauses of max of ±x): 0 everywhere if no assignment satisfies them.",
                "All 2^n clauses on n variables, and all but the last, at 0 under relu'(0) = 1/2: the Clarke set, and backprop's answer in it or not."},
            footer = {"", "Example:  nad experiment sat --variables 2,3", "          nad experiment sat --print 3 > sat3.nad"})
    static final class Sat extends Experiment {
        @Option(names = "--variables", paramLabel = "n,m", split = ",", defaultValue = "1,2,3", description = "Numbers of variables (${DEFAULT-VALUE}).")
        List<Integer> variables;

        @Option(names = "--print", paramLabel = "n", description = "Prints the program of all clauses on n variables instead.")
        Integer printed;

        @Override
        int execute(Pipeline pipe) throws Refusal {
            if (printed != null) {
                requireAtLeast("--print", 1, List.of(printed));
                out().print(Satisfiability.program(printed, Satisfiability.allClauses(printed)));
                return DONE;
            }
            requireAtLeast("--variables", 1, variables);
            requireOutputs("--variables", variables);
            Table table = new Table(">variables", ">clauses", "satisfiable", ">cells", "Clarke set at 0", "backprop", "in the set");
            for (int n : variables) {
                List<int[]> clauses = Satisfiability.allClauses(n);
                row(pipe, table, n, clauses, false);
                row(pipe, table, n, clauses.subList(0, clauses.size() - 1), true);
            }
            answer(table);
            return DONE;
        }

        @Override
        Drawing drawing(Rows sorted) {
            Rows unsatisfiable = sorted.where("satisfiable", false);
            Rows satisfiable = sorted.where("satisfiable", true);
            return Costs.of("variables", unsatisfiable.sizes(),
                    new Costs.Lines().line("cells of both", 1, unsatisfiable.column("cells")), "cells around 0",
                    new Costs.Lines().line("vertices, unsatisfiable", 3, unsatisfiable.lengths("vertices")).line("vertices, satisfiable", 0, satisfiable.lengths("vertices")), "vertices")
                    .drawing("Formulas as programs: the Clarke set at 0", "all clauses on the variables, and all but the last",
                            "Above, the cells around 0, as many for the formula of all clauses as for that of all but one; below, the vertices of their Clarke sets: one, 0, where no assignment satisfies the formula.");
        }

        private void row(Pipeline pipe, Table table, int n, List<int[]> clauses, boolean satisfiable) throws Refusal {
            Program p = program(pipe, Satisfiability.program(n, clauses), Map.of());
            Rational[] zeros = new Rational[n];
            java.util.Arrays.fill(zeros, Rational.ZERO);
            List<Problem> problems = new ArrayList<>();
            ClarkeElements e;
            try {
                Map<String, Tensor> at = Map.of("x", Tensor.of(new int[] {n}, zeros));
                e = ClarkeElements.of(p, null, at, at, Arithmetic.RATIONAL, Selections.DEFAULT.with("relu", Rational.HALF), 1, ClarkeSet.STANDARD_LIMIT, 0, problems);
            } catch (Interpreter.Stopped s) {
                throw new Refusal(s.problem);
            }
            refuse(problems);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("variables", n);
            row.put("clauses", clauses.size());
            row.put("satisfiable", satisfiable);
            row.put("cells", e.set().cells());
            row.put("vertices", e.set().vertices().stream().map(List::of).toList());
            row.put("backprop", List.of(e.backprop()));
            row.put("backprop_in_set", e.backpropInSet());
            rows.add(row);
            int vertices = e.set().vertices().size();
            table.row(Integer.toString(n), Integer.toString(clauses.size()), satisfiable ? "yes" : "no", Integer.toString(e.set().cells()),
                    vertices == 1 ? "{" + text(e.set().vertices().getFirst()) + "}" : vertices + " vertices", text(e.backprop()), e.membership() instanceof Hull.Inside ? "yes" : "no");
        }

        private static String text(Object[] vector) {
            return "(" + String.join(", ", java.util.Arrays.stream(vector).map(Object::toString).toList()) + ")";
        }
    }

    @Command(name = "matmul", description = {"p directional derivatives cost a matrix product: backprop of the program that computes them returns S·D'.",
                "Random signs S and integers D; the product is compared with its definition exactly. Costs in operations."},
            footer = {"", "Example:  nad experiment matmul --p 2,4,8"})
    static final class MatMul extends Experiment {
        @Option(names = "--p", paramLabel = "2,4,8", split = ",", defaultValue = "2,4,8,16,32", description = "Sizes, at least 2 (${DEFAULT-VALUE}).")
        List<Integer> sizes;

        @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the matrices (${DEFAULT-VALUE}).")
        long seed;

        @Override
        int execute(Pipeline pipe) throws Refusal {
            requireAtLeast("--p", 2, sizes);
            requireOutputs("--p", sizes);
            Table table = new Table(">p", ">cost(f)", ">p derivatives", ">backprop of them", ">ratio", ">p²", ">p³", ">backprop/p³", "equals S·D'");
            boolean all = true;
            for (int p : sizes) all &= row(pipe, table, p);
            answer(table);
            return all ? DONE : NO;
        }

        @Override
        Drawing drawing(Rows sorted) {
            List<Integer> p = sorted.sizes();
            return Costs.of("p", p,
                    new Costs.Lines().line("f", 0, sorted.column("program")).line("p derivatives", 2, sorted.column("derivatives")).line("backprop of them", 1, sorted.column("backprop"))
                            .beside("p²", p.stream().mapToDouble(n -> (double) n * n).toArray()).beside("p³", p.stream().mapToDouble(n -> Math.pow(n, 3)).toArray()), "operations",
                    new Costs.Lines().line("ratio of the two", 3, sorted.ratio("backprop", "derivatives")), "ratio")
                    .drawing("p directional derivatives cost a matrix product", "backprop of the program that computes them returns S·D'",
                            "Above, the operations of f, of its p directional derivatives, and of backprop of these, beside p squared and p cubed; below, the ratio of the last two.");
        }

        private boolean row(Pipeline pipe, Table table, int p) throws Refusal {
            Program f = program(pipe, MatrixProduct.PROGRAM, Map.of("p", p));
            List<Problem> problems = new ArrayList<>();
            MatrixProduct m = MatrixProduct.of(f, problems);
            refuse(problems);
            Random random = new Random(seed);
            Rational[][] s = matrix(p, () -> random.nextBoolean() ? 1 : -1);
            Rational[][] d = matrix(p, () -> random.nextInt(19) - 9);
            boolean equal;
            Run run;
            try {
                run = m.run(s, d);
            } catch (Interpreter.Stopped e) {
                throw new Refusal(e.problem);
            }
            Tensor product = run.results().getLast();
            Rational[][] direct = MatrixProduct.direct(s, d);
            equal = true;
            for (int k = 0; k < product.size(); k++) equal &= product.get(k).equals(direct[k / p][k % p]);
            Rational derivatives = cost(StaticCost.of(m.derivatives()));
            Rational backprop = cost(run.tally());
            Rational cube = Rational.of((long) p * p * p);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("p", p);
            row.put("program", Json.number(cost(StaticCost.of(f))));
            row.put("derivatives", Json.number(derivatives));
            row.put("backprop", Json.number(backprop));
            row.put("equal", equal);
            rows.add(row);
            table.row(Integer.toString(p), Numbers.cost(cost(StaticCost.of(f))), Numbers.cost(derivatives), Numbers.cost(backprop), ratio(backprop, derivatives),
                    Integer.toString(p * p), Numbers.cost(cube), ratio(backprop, cube), equal ? "yes" : "no");
            return equal;
        }

        private static Rational[][] matrix(int p, java.util.function.IntSupplier next) {
            Rational[][] m = new Rational[p][p];
            for (Rational[] row : m) for (int k = 0; k < p; k++) row[k] = Rational.of(next.getAsInt());
            return m;
        }
    }

    @Command(name = "growth", description = {"What each way to differentiate costs as the number p of inputs grows, in operations counted from the text.",
                "The ways: P, backprop, p tangents, the LD-derivative along p directions, branch locking, and expressions written out without sharing."},
            footer = {"", "Example:  nad experiment growth --p 2,16,128", "          nad experiment growth -o growth.svg -o growth.csv"})
    static final class Growing extends Experiment {
        @Option(names = "--p", paramLabel = "2,16", split = ",", defaultValue = "2,4,8,16,32,64,128,256,512,1024,2048,4096", description = "Numbers of inputs, at least 2.")
        List<Integer> sizes;

        @Override
        int execute(Pipeline pipe) throws Refusal {
            requireAtLeast("--p", 2, sizes);
            requireOutputs("--p", sizes);
            Table table = new Table(">p", ">P", ">backprop", ">ratio", ">locked", ">ratio", ">p tangents", ">ratio", ">LD", ">ratio", ">written out");
            for (int p : sizes) {
                Program chain = program(pipe, Growth.PROGRAM, Map.of("p", p));
                pipe.stage("counting");
                List<Problem> problems = new ArrayList<>();
                Growth g = Growth.of(chain, problems);
                refuse(problems);
                row(table, g);
            }
            answer(table);
            return DONE;
        }

        @Override
        Drawing drawing(Rows sorted) {
            Costs.Lines costs = new Costs.Lines().line("P", 4, sorted.column("program"));
            Costs.Lines ratios = new Costs.Lines();
            for (int k = 0; k < WAYS.size(); k++) {
                costs.line(NAMES.get(k), k, sorted.column(WAYS.get(k)));
                ratios.line(NAMES.get(k), k, sorted.ratio(WAYS.get(k), "program"));
            }
            return Costs.of("p", sorted.sizes(), costs.beside("written out", sorted.column("symbolic_gradient")), "operations", ratios, "ratio to P")
                    .drawing("What each way to differentiate costs", "a chain t ← t · relu(t + x) over p inputs, in operations",
                            "Above, the operations of P and of each way to its gradient as the number p of inputs grows; below, their ratios to P: flat for backprop and for branch"
                                    + " locking, growing with p for p tangents and for the LD-derivative.");
        }

        private static final List<String> WAYS = List.of("backprop", "locked", "tangents", "lexicographic");
        private static final List<String> NAMES = List.of("backprop", "branch locking", "p tangents", "LD-derivative");

        private void row(Table table, Growth g) {
            Rational program = cost(g.program());
            List<String> cells = new ArrayList<>(List.of(Integer.toString(g.p()), Numbers.cost(program)));
            for (Tally t : List.of(g.backprop(), g.locked(), g.tangents(), g.lexicographic())) {
                cells.add(Numbers.cost(cost(t)));
                cells.add(ratio(cost(t), program));
            }
            cells.add(large(g.symbolic().gradient()));
            table.row(cells.toArray(String[]::new));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("p", g.p());
            row.put("program", Json.number(program));
            row.put("backprop", Json.number(cost(g.backprop())));
            row.put("locked", Json.number(cost(g.locked())));
            row.put("tangents", Json.number(cost(g.tangents())));
            row.put("lexicographic", Json.number(cost(g.lexicographic())));
            row.put("symbolic_function", g.symbolic().function().toString());
            row.put("symbolic_gradient", g.symbolic().gradient().toString());
            rows.add(row);
        }

        /// All digits of a number that has few, else its first three and its power of ten.
        private static String large(java.math.BigInteger n) {
            String s = n.toString();
            return s.length() <= 9 ? s : s.charAt(0) + "." + s.substring(1, 3) + "e" + (s.length() - 1);
        }
    }
}
