package nad.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import nad.data.DiskFiles;
import nad.report.Problem;
import nad.report.Report;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What nobody would write is answered with a problem, in seconds: never with a stack trace, never with a hang.
class MonstersTest {
    private static final Duration GENEROUS = Duration.ofSeconds(60);

    private static String program(String result) {
        return "program f(x) {\n  return " + result + "\n}\n";
    }

    private static Map<String, String> monsters() {
        Map<String, String> m = new LinkedHashMap<>();
        m.put("ten thousand parentheses", program("(".repeat(10_000) + "x" + ")".repeat(10_000)));
        m.put("ten thousand brackets", program("[".repeat(10_000) + "x" + "]".repeat(10_000)));
        m.put("five thousand braces", "program f(x) {" + "for i in 1..2 {".repeat(5000) + "}".repeat(5000) + "}");
        m.put("a tower of powers", program("x^".repeat(100_000) + "2"));
        m.put("a million minus signs", program("-".repeat(1_000_000) + "x"));
        m.put("as many in a constant", "const a = " + "-".repeat(1_000_000) + "1\n" + program("a * x"));
        m.put("a long piece", "elementary e(t) { otherwise : " + "t * ".repeat(30_000) + "t }\n" + program("e(x)"));
        m.put("n = 10^12", "program f<n = 1000000000000>(x: real[n]) { return sum(x) }");
        m.put("a sum over 10^12", program("sum(x * i for i in 1..1000000000000)"));
        m.put("nested loops", "program f(x) {\n  for i in 1..10^12 {\n    for j in 1..10^12 { }\n  }\n  return x\n}");
        m.put("a line of 50 MB", program("x + ".repeat(12_500_000) + "x"));
        m.put("a number of a million digits", program("9".repeat(1_000_000)));
        m.put("1e999999999", program("1e999999999 * x"));
        m.put("powers of powers", "const a = 2^4096\nconst b = a^4096\nconst c = b^4096\n" + program("c * x"));
        m.put("a harmonic sum", program("x * sum(1 / i for i in 1..1000000)"));
        m.put("a product of constants", program("sum(ones(10000, 10000) @ ones(10000, 10000)) * x"));
        m.put("10^10 constants", program("sum(x^(i * j) for i in 1..100000, j in 1..100000)"));
        m.put("calls that double", "program g0(x) { return x + undefined }\n" + doubling() + program("g59(x)"));
        m.put("lists that double", "program f(x) {\n  a = [x, x]\n" + "  a = [a, a]\n".repeat(60) + "  return sum(a)\n}");
        m.put("entries one by one", "program f<n = 100000000>(x: real[n]) {\n  y = zeros(n)\n  y[1] = x[1]\n  return sum(y)\n}");
        return m;
    }

    private static String doubling() {
        StringBuilder out = new StringBuilder();
        for (int k = 1; k < 60; k++) out.append("program g").append(k).append("(x) { return g").append(k - 1).append("(x) * g").append(k - 1).append("(x) }\n");
        return out.toString();
    }

    @TestFactory
    Stream<DynamicTest> aMonsterIsAnsweredWithAProblem() {
        return monsters().entrySet().stream().map(e -> dynamicTest(e.getKey(), () -> assertTimeoutPreemptively(GENEROUS, () -> {
            Checker c = Checker.readText(new DiskFiles(), "monster.nad", e.getValue());
            assertThat(c.elaborate(null, Checker.Options.STANDARD)).isNull();
            assertThat(c.failed()).isTrue();
            assertThat(Report.text(c.problems(), false)).hasSizeLessThan(5000);
        })));
    }

    @Test
    void junkIsAnsweredWithAProblem(@TempDir Path dir) throws IOException {
        Random random = new Random(1);
        for (int length : new int[] {1, 10, 1000, 100_000}) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            bytes[0] = (byte) 0xFF;
            Path file = java.nio.file.Files.write(dir.resolve("junk.nad"), bytes);
            assertThat(Checker.read(new DiskFiles(), file.toString()).problems()).hasAtLeastOneElementOfType(Problem.NotUtf8.class);
            for (int k = 0; k < length; k++) bytes[k] = (byte) (1 + random.nextInt(126));
            Checker c = Checker.readText(new DiskFiles(), "junk.nad", new String(bytes, StandardCharsets.US_ASCII));
            c.elaborate(null, Checker.Options.STANDARD);
            assertThat(c.failed()).isTrue();
        }
    }

    /// Programs with any of their words left out, doubled or replaced are made, or refused with a problem.
    @Test
    void changedWordsAreNeverAFault() {
        String text = """
                const a = 0.5
                elementary g(t) { when t > 1 : t - a; otherwise : 0 * t }
                dictionary d { allow + - * g max; cost * = 2; at max tie select first }
                program h<n>(v: real[n], data w) { s = zeros(n); for i in 1..n { s[i] += v[i]^2 * w }; return sum(s[i] for i in 2..n) }
                program f<n = 3>(x: real[n], A: real[n, n]) over d { y = A @ x + max(x, 0); y[1..2] = [h(x, 2), g(x[1])]; return y.T, max(A, axis=1) }
                """;
        List<String> words = List.of(text.split("(?<=\\W)|(?=\\W)"));
        Random random = new Random(7);
        for (int round = 0; round < 1000; round++) {
            List<String> changed = new ArrayList<>(words);
            for (int k = random.nextInt(3); k >= 0; k--) {
                int at = random.nextInt(changed.size());
                String word = words.get(random.nextInt(words.size()));
                switch (random.nextInt(3)) {
                    case 0 -> changed.remove(at);
                    case 1 -> changed.add(at, word);
                    default -> changed.set(at, word);
                }
            }
            String program = String.join("", changed);
            Checker c = Checker.readText(new DiskFiles(), "words.nad", program);
            try {
                boolean made = c.elaborate(null, new Checker.Options(Map.of(), 10_000, false)) != null;
                assertThat(made).as(program).isEqualTo(!c.failed());
                Report.text(c.problems(), false);
            } catch (RuntimeException e) {
                throw new AssertionError(program, e);
            }
        }
    }
}
