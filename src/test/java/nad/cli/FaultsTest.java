package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.forward.Forprop;
import nad.report.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inputs that were faults of NAD once, and those like them: each has an answer, or an error with its place.
class FaultsTest {
    private static final String DUMP = """
            program f_backprop(x) {
              t1 = x * x
              t1_bar = 1
              adjoint t1 { x_bar = x; x_bar += x }
              return t1, x_bar
            }
            """;

    @TempDir
    Path folder;

    private String told;

    private int run(String text, String... command) throws IOException {
        Path file = Files.writeString(folder.resolve("p.nad"), text);
        List<String> all = new ArrayList<>(List.of(command));
        all.add(1, file.toString());
        return main(all.toArray(String[]::new));
    }

    private int main(String... line) {
        StringWriter said = new StringWriter();
        PrintWriter w = new PrintWriter(said);
        int status = Main.run(line, w, w);
        told = said.toString();
        return status;
    }

    /// Without the warnings, whose places are of a text's own.
    private String answer() {
        return told.split("(?m)^warning")[0];
    }

    @Test
    void thePrimeOfALinearFunctionHasNoTangentOfItsPoint() throws IOException {
        String text = "elementary g(t) { otherwise : 5 * t }\nprogram f(x: real[2]) { return g'(x; [1, 2]) + x }\n";
        assertThat(run(text, "cost")).as(told).isZero();
        assertThat(run(text, "forprop", "--directions", "3")).as(told).isZero();
        assertThat(told).contains("return t2, x_dot");
    }

    @Test
    void aKinkWithAnInfiniteSlopeIsInTheDictionary() throws IOException {
        for (String piece : List.of("sqrt(t)", "1 / t", "log(t)", "t^0.5"))
            for (String format : List.of("--json", "--color=never"))
                assertThat(run("elementary g(t) {\n  when t > 0 : " + piece + "\n  otherwise : 0\n}\n", "dictionary", format)).as(piece + told).isLessThan(3);
    }

    @Test
    void functionsWithoutArgumentsAreRefusedInDumps() throws IOException {
        for (String f : List.of("sum", "reshape", "zeros", "ones", "max", "dot", "prod"))
            for (String statement : List.of("t1 = " + f + "()", "t1 = x; s = " + f + "()", "t1 = sum(" + f + "())")) {
                String text = "program f_backprop(x) {\n  " + statement + "\n  adjoint t1 { x_bar = 1 }\n  return t1, x_bar\n}\n";
                assertThat(run(text, "run", "--at", "x=1")).as(text + told).isEqualTo(NadCommand.BAD_INPUT);
                assertThat(told).contains("p.nad:");
            }
    }

    @Test
    void anAdjointBlockInsideAnotherIsRefused() throws IOException {
        for (String inner : List.of("adjoint t1 { x_bar = x }", "for i in 1..2 { adjoint t1 { x_bar = x } }"))
            for (String command : List.of("run", "grad", "check")) {
                List<String> line = new ArrayList<>(List.of(command));
                if (!command.equals("check")) line.addAll(List.of("--at", "x=1"));
                assertThat(run(DUMP.replace("x_bar = x; x_bar += x", inner), line.toArray(String[]::new))).as(told).isEqualTo(NadCommand.BAD_INPUT);
                assertThat(told).contains("An adjoint block has no place in another adjoint block.").contains("p.nad:4:");
            }
    }

    @Test
    void aProgramWithBlocksIsNotTransformed() {
        Checker c = Checker.readText(new DiskFiles(), "dump", DUMP);
        Program dump = c.elaborate(null, Checker.Options.STANDARD);
        assertThat(dump.blocks()).isOne();
        List<Problem> problems = new ArrayList<>();
        assertThat(Backprop.of(dump, null, problems)).isNull();
        assertThat(Forprop.jvp(dump, null, 1, problems)).isNull();
        assertThat(problems).hasSize(2).allMatch(p -> p instanceof Problem.Misplaced m && m.at().line() == 4);
    }

    @Test
    void commandsOfThePromptWithBrokenArgumentsAreAnswered() {
        List<String> arguments = List.of("", "=", "==", "= =", "-", "--", "---", "--=", "-=", "=3", "f =", "f --json = 3", "f --at", "f --at =", "f --wrt", "f --wrt =", "f --kink =", "f --box =",
                "f --size =", "\"", "'", "\"\"", "''", ",", ";", "(", ")", "[", "f[", "f f", "f, f", "f --cost-model =", "f --format", "f --format =", "%s", "\\", "$1", "kink =", "kink", "inputs ,", "limit =", "limit -1",
                "convention =", "relu=", "=relu", "0.5", "relu=0.5=", "\u0000", "f \u0000");
        for (String name : PromptCommands.names()) {
            if (List.of("save", "quit", "load", "watch", "plot").contains(name)) continue;
            StringWriter said = new StringWriter();
            Workbench w = new Workbench(new PrintWriter(said), false);
            w.take("x = 3");
            w.take("f = x * x + relu(x)");
            for (String a : arguments) {
                w.take(":" + name + " " + a);
                assertThat(said.toString()).as(":" + name + " " + a).doesNotContain("a fault of NAD");
            }
        }
    }

    @Test
    void aDumpInJsonIsReadWhereverAProgramIs() throws IOException {
        Path p = Files.writeString(folder.resolve("f.nad"), """
                elementary inner(t) {
                  when t > 0 : t^3 + t
                  otherwise : 0
                }
                elementary cos(t) { otherwise : 2 * inner(t) }
                dictionary d {
                  allow + * sin cos inner sum
                  cost sin = 2
                  at inner 0 select 0
                }
                program f(x: real[3], data w: real[3]) over d { return sum(w * sin(cos(x))) }
                """);
        String json = folder.resolve("d.data").toString();
        assertThat(main("backprop", p.toString(), "--format", "json", "-o", json)).as(told).isZero();
        assertThat(main("verify", p.toString(), json)).as(told).isZero();
        String text = folder.resolve("d.nad").toString();
        assertThat(main("backprop", p.toString(), "-o", text)).as(told).isZero();
        for (List<String> command : List.of(List.of("run", "--random", "3"), List.of("show"))) {
            List<String> line = new ArrayList<>(command);
            line.add(1, text);
            main(line.toArray(String[]::new));
            String expected = answer();
            line.set(1, json);
            assertThat(main(line.toArray(String[]::new))).as(told).isZero();
            assertThat(answer()).isEqualTo(expected);
        }
        String sound = Files.readString(Path.of(json));
        for (String[] change : new String[][] {{"\"offset\": 0", "\"offset\": 1"}, {"\"strides\": [1]", "\"strides\": [2]"}, {"\"sin\": 3", "\"sin\": 2"}, {"\"operation\": \"sin\"", "\"operation\": \"exp\""},
                {"\"after\": 4", "\"after\": 3"}, {"\"cost\": 6", "\"cost\": 5"}, {"\"kind\": \"set\"", "\"kind\": \"add\""}, {"\"value\": \"t^3", "\"value\": \"t^9"},
                {"\"program\"", "\"programme\""}, {"\"text\": \"", "\"text\": \"# "}, {"\"text\": \"", "\"text\": \"\\n"}, {"[", "{"}, {"}", ""}, {"\"after\": ", "\"after\": -"}}) {
            if (!sound.contains(change[0])) continue;
            int at = sound.indexOf(change[0]);
            Files.writeString(Path.of(json), sound.substring(0, at) + change[1] + sound.substring(at + change[0].length()));
            assertThat(main("run", json, "--random", "3")).as(change[1] + told).isEqualTo(NadCommand.BAD_INPUT);
            assertThat(told).contains("d.data");
        }
    }
}
