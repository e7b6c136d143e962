package nad.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.core.Flat;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.run.Engine;
import nad.run.Interpreter;
import nad.tensor.Shapes;

/// Programs for the tests of the engine, and how its answers are compared with the interpreter's.
final class Samples {
    /// Each a body with its head: scalars, views, reductions, contractions, selections, shifted writes, packed operands.
    static final List<String> PROGRAMS = List.of(
            "program f(x, y) { return x * y + relu(x - y) }",
            "program f(x, y) { a = x / y; b = sin(a) * a; c = b - x; return max(a, c) + min(b, y) + abs(c) }",
            "program f(x: real[40]) { return sum(100 * (x[i+1] - x[i]^2)^2 + (1 - x[i])^2 for i in 1..39) }",
            "program f(x: real[3000]) { return sum(100 * (x[i+1] - x[i]^2)^2 + (1 - x[i])^2 for i in 1..2999) }",
            "program f(x: real[9], A: real[9, 9], b: real[9]) { return dot(x, A @ x) / (1 + dot(b, x)^2) }",
            "program f(x: real[7], W: real[7, 21], b: real[21], v: real[21]) { return dot(relu(x @ W + b), v) }",
            "program f(X: real[13, 7], W: real[7, 37], b: real[37], V: real[37, 10]) { return sum(logsumexp(tanh(X @ W + b) @ V, axis=2)) }",
            "program f(X: real[5, 8], Y: real[8, 6]) { return sum(softmax((X @ Y).T, axis=1) * (Y.T @ X.T)) }",
            "program f(x: real[33]) { return norm2(x) + logsumexp(x) + max(x) - min(x) + sum(softmax(x) * x) }",
            "program f(X: real[12, 17]) { return sum(max(X, axis=1)) - sum(min(X, axis=2)) + sum(norm2(X, axis=2)) }",
            "program f(x: real[20], y: real[20]) { return sum(max(x, y) * min(x, y) + hypot(x, y) + abs(x - y)) }",
            "program f(x: real[21]) { return sum(exp(x) + log(1 + x^2) + sqrt(1 + x*x) + sigmoid(x) + softplus(x) + erf(x) + tanh(x)) }",
            "program f(x: real[10]) { return sum(huber(x, 1) + clip(x, -0.5, 0.5) + elu(x) + gelu(x) + leaky_relu(x, 0.1)) }",
            "program f(x: real[6, 5]) { return sum(sum(x[i, j] * x[j, i] for j in 1..5) for i in 1..5) }",
            "program f(x: real[40], k: real[5]) { return sum(sum(x[i + j - 1] * k[j] for j in 1..5)^2 for i in 1..36) }",
            "program f(x: real[4], y: real[3]) { return sum(x[i] * y[j] * x[i]^y[j] for i in 1..4, j in 1..3) }",
            "program f(x: real[6]) { v = [x[1], x[2] * x[3], 2, x[6]]; return dot(v, v) * v[2] + sum(v) }",
            "program f(x: real[8]) { s = x[1]; for i in 2..8 { s = s * x[i] + relu(s) }; return s }",
            "program f(x: real[8]) { y = x * 2; y[2..4] = x[1..3]; y[1] += x[8]; y[5..6] -= x[3..4]; return sum(y * y) }",
            "program f(x: real[4, 6], y: real[6]) { return sum(prod([x[i, j] for j in 1..3]) for i in 1..4) * max(y) }",
            "program f(x: real[1, 8, 8], k: real[2, 1, 3, 3]) { return sum(relu(conv2d(x, k, stride=2, padding=1))) }",
            "program f(x: real[1, 6, 6]) { return sum(maxpool2d(x, 2)^2) + sum(avgpool2d(x, 3)) }",
            "program f(U: real[4, 4], data x: real[6, 4]) { s = zeros(4); for t in 1..6 { s = tanh(U @ s + x[t]) }; return sum(s) }",
            "program f(x: real[5], y: real[5]) { return x * y, sum(x), [x[1], y[2]], x }",
            "program f(x: real[50], data s: real[50]) { a = x * s; b = a[2..50] - a[1..49]; c = b[2..49] * b[1..48]; return sum(abs(c)) + sum(b) + a[7] }",
            "program f(A: real[3, 4, 5], B: real[3, 5, 2]) { return sum(A[2] @ B[1]) + sum([A[i] @ B[i] for i in 1..3]^2) + sum(sum(A, axis=2) * sum(A, axis=2)) + sum(sum(A, axis=1)) }",
            "program f(A: real[30, 64], x: real[64], y: real[30]) { return dot(y, A @ x) + sum((y @ A) * x) + sum(x @ A.T) }",
            "program f(A: real[11, 40], B: real[40, 70]) { C = A @ B; return sum(C * C) + sum(sum(C, axis=1)) }",
            "program f(x: real[3]) { return -x[1] * 2 - (-x[2]) + 0 * x[3] }",
            "program f(x: real[160]) { y = x * 2; for t in 1..150 { y[t..t+5] += 0.1 * x[t] * x[t+1..t+6]; y[t] = y[t] * y[t+1] }; return sum(y * y) }",
            "program f(U: real[5, 5], x: real[60, 5], s0: real[5]) { s = s0; for t in 1..60 { s = relu(U @ s + x[t]) * 0.5 + s[1] }; return sum(s) }",
            "program f(x: real[90]) { y = x; for t in 1..80 { y = [y[2], y[1] * 0.9, y[3] + y[4]]; y = [y[1], y[2], y[3], x[t]] }; return sum(y) }",
            "program f(x: real[4000], y: real[4000]) { a = x[2..4000] * y[1..3999]; b = exp(a[1..3998]) - a[2..3999]; c = b[3..3998] * b[1..3996]; return sum(c) + sum(b) + sum(a * a) }",
            "program f(x: real[17], W: real[17, 24], b: real[24], V: real[24, 20], v: real[20]) { return dot(relu(relu(x @ W + b) @ V - b[1..20]), v), x, W[3] }",
            "program f(x) { return x }",
            "program f(x: real[3], data y: real[3]) { return dot(x, y) + sum(y) }");

    /// Those that are scalar programs of a few thousand statements.
    static List<String> flattened() {
        List<String> out = PROGRAMS.stream().filter(text -> Flat.of(program(text), 5000, new ArrayList<>()) != null).toList();
        assertThat(out).hasSizeGreaterThan(30);
        return out;
    }

    private Samples() {}

    static Program program(String text) {
        Checker c = Checker.readText(new DiskFiles(), "sample.nad", text);
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        assertThat(p).as("%s: %s", text, c.problems()).isNotNull();
        return p;
    }

    static Program backprop(Program p) {
        List<Problem> problems = new ArrayList<>();
        Program q = Backprop.of(p, null, problems);
        assertThat(q).as("%s", problems).isNotNull();
        return q;
    }

    /// Inputs of a program: small multiples of 1/8, so that ties and zeros occur, or arbitrary numbers.
    static double[][] inputs(Program p, long seed, boolean coarse) {
        Random random = new Random(seed);
        double[][] out = new double[p.parameters().size()][];
        for (int k = 0; k < out.length; k++) {
            out[k] = new double[Shapes.size(p.parameters().get(k).shape())];
            for (int i = 0; i < out[k].length; i++) out[k][i] = coarse ? random.nextInt(-8, 9) / 8.0 : random.nextDouble(-1, 1.5);
        }
        return out;
    }

    static double[][] run(Engine e, double[][] inputs) {
        double[][] results = e.newResults();
        run(e.workspace(), inputs, results);
        return results;
    }

    static void run(Engine.Workspace w, double[][] inputs, double[][] results) {
        try {
            w.run(inputs, results);
        } catch (Interpreter.Stopped stopped) {
            throw new AssertionError(stopped.problem.toString());
        }
    }

    static double[][] reference(Program p, double[][] inputs) {
        return run(Engine.reference(p, Selections.DEFAULT), inputs);
    }

    static Map<String, Options> options() {
        return Map.of("vectors", Options.STANDARD.atOnce(), "plain", Options.STANDARD.withoutVectors(), "later", Options.STANDARD);
    }
}
