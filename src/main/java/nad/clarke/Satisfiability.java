package nad.clarke;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Formulas in conjunctive form as programs: relu(min over the clauses of max over their literals ±x_j). Where the formula has no
/// satisfying assignment F is 0 everywhere and its Clarke set at 0 is {0}; where it has one, a vector of its signs, F is positive
/// along it. So whoever finds a second Clarke element at 0 decides satisfiability (Bolte, Boustany, Pauwels &
/// Pesquet-Popescu 2023, theorem 4).
public final class Satisfiability {
    private Satisfiability() {}

    /// All 2ⁿ clauses on n variables, a literal of each in every clause: never true together.
    public static List<int[]> allClauses(int n) {
        List<int[]> clauses = new ArrayList<>();
        for (int signs = 0; signs < 1 << n; signs++) {
            int s = signs;
            clauses.add(IntStream.rangeClosed(1, n).map(j -> (s >> n - j & 1) == 0 ? j : -j).toArray());
        }
        return clauses;
    }

    /// The text of the program `sat(x: real[n])`.
    ///
    /// @param clauses each of literals ±1 … ±n
    public static String program(int n, List<int[]> clauses) {
        String body = clauses.stream().map(Satisfiability::clause).collect(Collectors.joining(",\n    "));
        return "program sat(x: real[" + n + "]) {\n  return relu(min([\n    " + body + "]))\n}\n";
    }

    private static String clause(int[] literals) {
        return IntStream.of(literals).mapToObj(j -> j > 0 ? "x[" + j + "]" : "-x[" + -j + "]").collect(Collectors.joining(", ", "max([", "])"));
    }
}
