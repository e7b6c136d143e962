package nad.backprop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.check.Checker;
import nad.core.Program;
import nad.core.StaticCost;
import nad.data.DiskFiles;
import nad.forward.Calculus;
import nad.print.Printer;
import nad.run.Run;
import org.junit.jupiter.api.Test;

/// What is written for views: which bars begin as copies, which as zeros and where those stand, what is summed, what gets a name because it is
/// read entry by entry. Each dump is read back: as text it is the same program, at the same cost.
class ViewDumpsTest {
    @Test
    void bars_of_entries_begin_as_zeros_before_what_is_given_to_them() {
        dumps("program f(x: real[3]) { return x[2] * exp(x[2]) - x[3] }", """
            program f_backprop(x: real[3]) {
              t1 = exp(x[2])
              t2 = x[2] * t1
              t3 = t2 - x[3]
              t3_bar = 1
              adjoint t3 { t2_bar = t3_bar; x_bar = zeros(3); x_bar[3] = -t3_bar }
              adjoint t2 { x_bar[2] = t2_bar * t1; t1_bar = t2_bar * x[2] }
              adjoint t1 { x_bar[2] += t1_bar * t1 }
              return t3, x_bar
            }
            """);
        dumps("program f(x: real[2, 3]) { return sum(x[1] - x[2]) - sum(x[.., 2] * x[.., 3]) }", """
            program f_backprop(x: real[2, 3]) {
              t1 = x[1] - x[2]
              t2 = sum(t1)
              t3 = x[.., 2] * x[.., 3]
              t4 = sum(t3)
              t5 = t2 - t4
              t5_bar = 1
              adjoint t5 { t2_bar = t5_bar; t4_bar = -t5_bar }
              adjoint t4 { t3_bar = zeros(2); t3_bar[..] = t4_bar }
              adjoint t3 { x_bar = zeros(2, 3); x_bar[.., 2] = t3_bar * x[.., 3]; x_bar[.., 3] = t3_bar * x[.., 2] }
              adjoint t2 { t1_bar = zeros(3); t1_bar[..] = t2_bar }
              adjoint t1 { x_bar[1] += t1_bar; x_bar[2] -= t1_bar }
              return t5, x_bar
            }
            """);
        dumps("program f(x: real[3]) { return x, -x, [x[1], 2 * x[3]] }", """
            program f_backprop(x: real[3], data seed1: real[3], data seed2: real[3], data seed3: real[2]) {
              t1 = -x
              t2 = 2 * x[3]
              x_bar = seed1
              t1_bar = seed2
              x_bar[1] += seed3[1]
              t2_bar = seed3[2]
              adjoint t2 { x_bar[3] += t2_bar * 2 }
              adjoint t1 { x_bar -= t1_bar }
              return x, t1, [x[1], t2], x_bar
            }
            """);
    }

    @Test
    void what_repeats_is_summed_over_its_axes() {
        dumps("program f(A: real[2, 3], x: real[3]) { return sum(exp(A - x)) }", """
            program f_backprop(A: real[2, 3], x: real[3]) {
              t1 = A - x
              t2 = exp(t1)
              t3 = sum(t2)
              t3_bar = 1
              adjoint t3 { t2_bar = zeros(2, 3); t2_bar[..] = t3_bar }
              adjoint t2 { t1_bar = t2_bar * t2 }
              adjoint t1 { A_bar = t1_bar; x_bar = -sum(t1_bar, axis=1) }
              return t3, A_bar, x_bar
            }
            """);
        dumps("program f(A: real[2, 3], x: real[3], c: real[2]) { return sum(A * x) + sum(x - A) + sum(A.T + c) }", """
            program f_backprop(A: real[2, 3], x: real[3], c: real[2]) {
              t1 = A * x
              t2 = sum(t1)
              t3 = x - A
              t4 = sum(t3)
              t5 = t2 + t4
              t6 = A.T + c
              t7 = sum(t6)
              t8 = t5 + t7
              t8_bar = 1
              adjoint t8 { t5_bar = t8_bar; t7_bar = t8_bar }
              adjoint t7 { t6_bar = zeros(3, 2); t6_bar[..] = t7_bar }
              adjoint t6 { A_bar = t6_bar.T; c_bar = sum(t6_bar, axis=1) }
              adjoint t5 { t2_bar = t5_bar; t4_bar = t5_bar }
              adjoint t4 { t3_bar = zeros(2, 3); t3_bar[..] = t4_bar }
              adjoint t3 { x_bar = sum(t3_bar, axis=1); A_bar -= t3_bar }
              adjoint t2 { t1_bar = zeros(2, 3); t1_bar[..] = t2_bar }
              adjoint t1 { A_bar += t1_bar * x; x_bar += sum(t1_bar * A, axis=1) }
              return t8, A_bar, x_bar, c_bar
            }
            """);
        dumps("program f(A: real[2, 4, 3], x: real[3]) { B = A * x; return sum(B * B) }", """
            program f_backprop(A: real[2, 4, 3], x: real[3]) {
              B = A * x
              t1 = B * B
              t2 = sum(t1)
              t2_bar = 1
              adjoint t2 { t1_bar = zeros(2, 4, 3); t1_bar[..] = t2_bar }
              adjoint t1 { s1 = t1_bar * B; B_bar = s1; B_bar += s1 }
              adjoint B { A_bar = B_bar * x; s2 = B_bar * A; x_bar = [sum(s2[.., .., i]) for i in 1..3] }
              return t2, A_bar, x_bar
            }
            """);
        dumps("program f(A: real[2, 4, 3], s) { B = A - s; return sum(B * B) }", """
            program f_backprop(A: real[2, 4, 3], s) {
              B = A - s
              t1 = B * B
              t2 = sum(t1)
              t2_bar = 1
              adjoint t2 { t1_bar = zeros(2, 4, 3); t1_bar[..] = t2_bar }
              adjoint t1 { s1 = t1_bar * B; B_bar = s1; B_bar += s1 }
              adjoint B { A_bar = B_bar; s_bar = -sum(B_bar) }
              return t2, A_bar, s_bar
            }
            """);
        dumps("program f(x: real[1, 3], y: real[3, 1]) { return sum(exp(x * y)) - sum(x) }", """
            program f_backprop(x: real[1, 3], y: real[3, 1]) {
              t1 = reshape(x, 3) * y
              t2 = exp(t1)
              t3 = sum(t2)
              t4 = sum(x)
              t5 = t3 - t4
              t5_bar = 1
              adjoint t5 { t3_bar = t5_bar; t4_bar = -t5_bar }
              adjoint t4 { x_bar = zeros(1, 3); x_bar[..] = t4_bar }
              adjoint t3 { t2_bar = zeros(3, 3); t2_bar[..] = t3_bar }
              adjoint t2 { t1_bar = t2_bar * t2 }
              adjoint t1 { x_bar += sum(t1_bar * y, axis=1); y_bar = reshape(sum(t1_bar * reshape(x, 3), axis=2), 3, 1) }
              return t5, x_bar, y_bar
            }
            """);
    }

    @Test
    void reshaped_and_listed_operands_get_their_parts() {
        dumps("program f(x: real[12]) { return sum(reshape(x, 3, 4).T @ ones(3)) - sum(reshape(reshape(x, 3, 4).T, 2, 6)[1]) }", """
            program f_backprop(x: real[12]) {
              t1 = [[x[i + 4 * j - 4] for j in 1..3] for i in 1..4] @ ones(3)
              t2 = sum(t1)
              t3 = sum([x[1], x[5], x[9], x[2], x[6], x[10]])
              t4 = t2 - t3
              t4_bar = 1
              adjoint t4 { t2_bar = t4_bar; t3_bar = -t4_bar }
              adjoint t3 {
                x_bar = zeros(12)
                x_bar[1] = t3_bar
                x_bar[5] = t3_bar
                x_bar[9] = t3_bar
                x_bar[2] = t3_bar
                x_bar[6] = t3_bar
                x_bar[10] = t3_bar
              }
              adjoint t2 { t1_bar = zeros(4); t1_bar[..] = t2_bar }
              adjoint t1 {
                s1 = reshape(t1_bar, 4, 1) * ones(4, 3)
                x_bar[4 * i + j - 4] += s1[j, i] for i in 1..3, j in 1..4
              }
              return t4, x_bar
            }
            """);
        dumps("program f(x: real[3], y: real[3]) { u = [x, y]; return sum(u * u) - sum([y, x, y] * x) }", """
            program f_backprop(x: real[3], y: real[3]) {
              t1 = [x, y] * [x, y]
              t2 = sum(t1)
              t3 = [y, x, y] * x
              t4 = sum(t3)
              t5 = t2 - t4
              t5_bar = 1
              adjoint t5 { t2_bar = t5_bar; t4_bar = -t5_bar }
              adjoint t4 { t3_bar = zeros(3, 3); t3_bar[..] = t4_bar }
              adjoint t3 {
                s1 = t3_bar * x
                y_bar = s1[1]
                x_bar = s1[2]
                y_bar += s1[3]
                x_bar += sum(t3_bar * [y, x, y], axis=1)
              }
              adjoint t2 { t1_bar = zeros(2, 3); t1_bar[..] = t2_bar }
              adjoint t1 { s2 = t1_bar * [x, y]; x_bar += s2[1]; y_bar += s2[2]; x_bar += s2[1]; y_bar += s2[2] }
              return t5, x_bar, y_bar
            }
            """);
        dumps("program f(x: real[6], y: real[2]) { A = reshape(x, 2, 3); return sum(max(A, axis=2) * y) + sum(A[1] * A[2]) / y[1] }", """
            program f_backprop(x: real[6], y: real[2]) {
              t1 = max(reshape(x, 2, 3), axis=2)
              t2 = t1 * y
              t3 = sum(t2)
              t4 = x[1..3] * x[4..6]
              t5 = sum(t4)
              t6 = t5 / y[1]
              t7 = t3 + t6
              t7_bar = 1
              adjoint t7 { t3_bar = t7_bar; t6_bar = t7_bar }
              adjoint t6 { s1 = t6_bar / y[1]; t5_bar = s1; y_bar = zeros(2); y_bar[1] = -(s1 * t6) }
              adjoint t5 { t4_bar = zeros(3); t4_bar[..] = t5_bar }
              adjoint t4 { x_bar = zeros(6); x_bar[1..3] = t4_bar * x[4..6]; x_bar[4..6] = t4_bar * x[1..3] }
              adjoint t3 { t2_bar = zeros(2); t2_bar[..] = t3_bar }
              adjoint t2 { t1_bar = t2_bar * y; y_bar += t2_bar * t1 }
              adjoint t1 { x_bar += reshape(max'T(reshape(x, 2, 3), axis=2; t1_bar), 6) }
              return t7, x_bar, y_bar
            }
            """);
        dumps("program f(x: real[4]) { y = 2 * x; y[2..3] = x[1..2] * y[3]; y[4] -= x[4]; return dot(y, y) - max(x) }", """
            program f_backprop(x: real[4]) {
              y = 2 * x
              t1 = x[1..2] * y[3]
              t2 = y[4] - x[4]
              t3 = dot([y[1], t1[1], t1[2], t2], [y[1], t1[1], t1[2], t2])
              t4 = max(x)
              t5 = t3 - t4
              t5_bar = 1
              adjoint t5 { t3_bar = t5_bar; t4_bar = -t5_bar }
              adjoint t4 { x_bar = max'T(x; t4_bar) }
              adjoint t3 {
                s1 = t3_bar * [y[1], t1[1], t1[2], t2]
                y_bar = zeros(4)
                y_bar[1] = s1[1]
                t1_bar = zeros(2)
                t1_bar[1] = s1[2]
                t1_bar[2] = s1[3]
                t2_bar = s1[4]
                y_bar[1] += s1[1]
                t1_bar[1] += s1[2]
                t1_bar[2] += s1[3]
                t2_bar += s1[4]
              }
              adjoint t2 { y_bar[4] = t2_bar; x_bar[4] -= t2_bar }
              adjoint t1 { x_bar[1..2] += t1_bar * y[3]; y_bar[3] = sum(t1_bar * x[1..2]) }
              adjoint y { x_bar += y_bar * 2 }
              return t5, x_bar
            }
            """);
    }

    private static void dumps(String text, String dump) {
        Program p = Calculus.program(text);
        Program q = Backprop.of(p, null, new ArrayList<>());
        assertThat(Printer.print(q)).isEqualTo(dump);
        Checker c = Checker.readText(new DiskFiles(), "dump", dump);
        Program again = c.elaborate(null, Checker.Options.ofDump(Checker.STANDARD_LIMIT));
        assertThat(c.failed()).as(() -> c.problems().toString()).isFalse();
        assertThat(Printer.print(again)).isEqualTo(dump);
        assertThat(StaticCost.of(again).byName()).isEqualTo(StaticCost.of(q).byName());
        Random random = new Random(1);
        var at = Calculus.inputs(q, () -> Rational.of(random.nextInt(9) - 4, 8));
        Run wanted = Calculus.run(q, at, Arithmetic.FLOAT64);
        Run got = Calculus.run(again, at, Arithmetic.FLOAT64);
        for (int k = 0; k < wanted.results().size(); k++)
            for (int e = 0; e < wanted.results().get(k).size(); e++) assertThat(got.results().get(k).toDouble(e)).isEqualTo(wanted.results().get(k).toDouble(e));
    }
}
