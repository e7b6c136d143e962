package nad.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Interval;
import nad.check.Checker;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Report;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// Boxes as they are typed.
class BoxesTest {
    private static final String PROGRAM = "program f<n = 2>(x, v: real[n], data d) {\n  return x * sum(v) + d\n}\n";

    private static Map<String, Tensor> read(List<Problem> problems, List<String> at, String... box) {
        Checker c = Checker.readText(new DiskFiles(), "test", PROGRAM);
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        return Boxes.gather(p, c.items(), List.of(box), List.of("x", "v"), at, List.of(), null, null, problems);
    }

    private static List<Interval> read(String at, String... box) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Tensor> all = read(problems, at.isEmpty() ? List.of() : List.of(at), box);
        assertThat(problems).isEmpty();
        List<Interval> out = new ArrayList<>();
        for (String name : new String[] {"x", "v", "d"}) for (int k = 0; k < all.get(name).size(); k++) out.add((Interval) all.get(name).get(k));
        return out;
    }

    private static List<String> wrong(String at, String... box) {
        List<Problem> problems = new ArrayList<>();
        assertThat(read(problems, at.isEmpty() ? List.of() : List.of(at), box)).isNull();
        return problems.stream().map(Report::message).toList();
    }

    private static Interval from(double lo, double hi) {
        return new Interval(lo, hi);
    }

    @Test
    void endsARadiusAndARadiusForAll() {
        assertThat(read("d=7", "x=[1, 2], v=[3, 4]")).containsExactly(from(1, 2), from(3, 4), from(3, 4), from(7, 7));
        assertThat(read("d=7", "x=[1, 2]", "v=[[3, 4], [n, 6]]")).containsExactly(from(1, 2), from(3, 4), from(2, 6), from(7, 7));
        assertThat(read("x=1, v=[2, 3], d=7", "x=0.5")).containsExactly(from(0.5, 1.5), from(2, 2), from(3, 3), from(7, 7));
        assertThat(read("x=1, v=[2, 3], d=7", "1/4")).containsExactly(from(0.75, 1.25), from(1.75, 2.25), from(2.75, 3.25), from(7, 7));
        assertThat(read("x=1, v=[2, 3], d=7", "1", "v=0, d=[1, 1]")).containsExactly(from(0, 2), from(2, 2), from(3, 3), from(1, 1));
    }

    @Test
    void endsStandInThePlaceOfAValue() {
        assertThat(read("x=9, v=[2, 3], d=7", "x=[1, 2]").getFirst()).isEqualTo(from(1, 2));
    }

    @Test
    void whatIsNoFloat64IsRoundedOutward() {
        Interval x = read("v=[0, 0], d=0", "x=[1/3, 2/3]").getFirst();
        assertThat(x).isEqualTo(from(Math.nextDown(1 / 3.0) < 1 / 3.0 && 1 / 3.0 < 0.33333333333333337 ? 1 / 3.0 : 0, Math.nextUp(2 / 3.0)));
        Interval pi = read("v=[0, 0], d=0", "x=[0, pi]").getFirst();
        assertThat(pi.hi()).isEqualTo(Math.nextUp(Math.PI));
    }

    @Test
    void slipsAreTold() {
        assertThat(wrong("d=7, v=[0, 0]", "x=[2, 1]")).containsExactly("The box of `x` cannot be used: its lower end 2 is above its upper end 1.");
        assertThat(wrong("d=7, v=[0, 0]", "x=[1, 2, 3]")).containsExactly("The value for `x` must be a radius, real[2] with its ends, and is real[3].");
        assertThat(wrong("d=7, x=0", "v=[1, 2, 3]"))
                .containsExactly("The value for `v` must be a radius, real[2] with its ends, or real[2, 2] with those of each entry, and is real[3].");
        assertThat(wrong("d=7, v=[0, 0]", "y=[1, 2]")).containsExactly("This program has no parameter named `y`.");
        assertThat(wrong("d=7, v=[0, 0]", "x=[1, 2]", "x=[1, 2]")).containsExactly("The name `x` is defined twice.");
        assertThat(wrong("d=7, v=[0, 0], x=1", "-0.5")).containsExactly("`-0.5` does not fit `--box`, which takes a radius of at least 0, or ends as in x=[1, 2].");
        assertThat(wrong("d=7, v=[0, 0], x=1", "x=0-1")).containsExactly("`0-1` does not fit `--box`, which takes a radius of at least 0, or ends as in x=[1, 2].");
        assertThat(wrong("d=7, v=[0, 0], x=1", "[0, 1]")).containsExactly("`[0, 1]` does not fit `--box`, which takes a radius of at least 0, or ends as in x=[1, 2].");
        assertThat(wrong("d=7, v=[0, 0]", "0.5")).containsExactly("The parameter `x` (real) has no value.");
        assertThat(wrong("d=7, v=[0, 0]", "x=[1, z]")).containsExactly("There is no value named `z` here.");
        assertThat(wrong("d=7, v=[0, 0]", "x=[1")).hasSize(1);
    }
}
