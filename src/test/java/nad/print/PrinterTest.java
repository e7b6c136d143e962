package nad.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.core.Program;
import nad.data.DiskFiles;
import org.junit.jupiter.api.Test;

class PrinterTest {
    private static Program program(String text) {
        Checker c = Checker.readText(new DiskFiles(), "test.nad", text);
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        assertThat(p).as(c.problems().toString()).isNotNull();
        return p;
    }

    private static String dump(String text) {
        return Printer.print(Backprop.of(program(text), null, new ArrayList<>()));
    }

    @Test
    void theDumpOfTheLanguageTextIsPrintedAsItStandsThere() {
        Program p = program("program f(x, y) { return relu(x * y) + x }");
        String comment = "backprop(f): cost(f) = 3, cost(backprop(f)) = 7, ratio 2.33 <= omega_b = 5";
        assertThat(Printer.print(Backprop.of(p, null, new ArrayList<>()), List.of(comment))).isEqualTo("""
                # backprop(f): cost(f) = 3, cost(backprop(f)) = 7, ratio 2.33 <= omega_b = 5
                program f_backprop(x, y) {
                  t1 = x * y
                  t2 = relu(t1)
                  t3 = t2 + x
                  t3_bar = 1
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t2 { t1_bar = relu'(t1; t2_bar) }
                  adjoint t1 { x_bar += t1_bar * y; y_bar = t1_bar * x }
                  return t3, x_bar, y_bar
                }
                """);
    }

    @Test
    void aValueThatIsReadEntryByEntryStandsOnceAsAStatement() {
        assertThat(dump("program f(x: real[6]) { return sum(x[2 * i] * x[i] for i in 1..3) }")).contains("""
                  adjoint t1 {
                    x_bar = zeros(6)
                    s1 = t1_bar * x[1..3]
                    x_bar[2 * i] = s1[i] for i in 1..3
                    x_bar[1..3] += t1_bar * [x[2 * i] for i in 1..3]
                  }
                """);
    }

    @Test
    void maxPoolingReadsAPageAndNotAList() {
        assertThat(dump("program f(x: real[1, 4, 4]) { return sum(maxpool2d(x, size=2)) }")).contains("""
                    x_bar = zeros(1, 4, 4)
                    x_bar[1, 2 * i + j - 2, 2 * k + l - 2] = s1[1, i, k, j, l] for i in 1..2, j in 1..2, k in 1..2, l in 1..2
                """);
    }

    @Test
    void stepsAcrossBothAxesAreSubscriptsOfBoth() {
        String dump = dump("program f(A: real[4, 4]) { return sum(A[k, 5 - k] for k in 1..4) }");
        assertThat(dump).contains("t1 = sum(A[i, 5 - i] for i in 1..4)").contains("A_bar[i, 5 - i] = t1_bar for i in 1..4");
        assertThat(Printer.print(program(dump))).isEqualTo(dump);
    }

    @Test
    void stepsOverAnEdgeAreWrittenInParts() {
        String dump = dump("program f(A: real[3, 3]) { return sum(exp(reshape(A, 9)[2 * k]) for k in 1..4) }");
        assertThat(dump).contains("""
                    A_bar = zeros(3, 3)
                    s1 = t1_bar * t1
                    A_bar[i, 3 - i] = s1[i] for i in 1..2
                    A_bar[i + 1, 4 - i] = s1[i + 2] for i in 1..2
                """);
        assertThat(Printer.print(program(dump))).isEqualTo(dump);
    }

    @Test
    void aBatchOfImagesIsConvolvedByOneStatement() {
        String text = Printer.print(program("""
                program f(k: real[2, 3, 2, 2], data x: real[5, 3, 4, 4]) {
                  return sum([reshape(conv2d(x, k)[b], 18) for b in 1..5])
                }"""));
        assertThat(text.lines()).hasSizeLessThan(9);
        assertThat(text).contains("sum(reshape(t2, 5, 18))");
    }

    @Test
    void longListsGoOnBelowAfterAComma() {
        String list = "x, y, ".repeat(40) + "x";
        String printed = Printer.print(program("program f(x, y) { return max([" + list + "]) }"));
        assertThat(printed.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(140));
        assertThat(Printer.print(program(printed))).isEqualTo(printed);
        assertThat(printed).contains("y,\n      x");
    }

    @Test
    void onlySelectionsThatDifferFromTheUsualOnesArePrinted() {
        assertThat(Printer.print(program("""
                dictionary d {
                  at max tie select half
                }
                program f(x, y) over d { return max(x, y) }"""))).startsWith("""
                dictionary d {
                  at max tie select 0.5
                }
                """);
    }
}
