package nad.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Random programs of few operations and many views: slices of reshapes of transposed lists of broadcasts, over each other's edges. What
/// is written always checks.
final class ViewText {
    /// No tensor has more entries.
    private static final int MOST = 36;

    /// A text, and the shape of its value. What is no atom stands in brackets.
    private record Shown(String text, int[] shape) {
        int size() {
            return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        }

        int rank() {
            return shape.length;
        }
    }

    private final Choices choose;
    private final List<Shown> variables = new ArrayList<>();
    private int fresh;

    private ViewText(Choices choose) {
        this.choose = choose;
    }

    static String of(Choices choose) {
        return new ViewText(choose).text();
    }

    private String text() {
        List<String> parameters = new ArrayList<>();
        int n = 1 + choose.below(3);
        for (int k = 1; k <= n; k++) {
            int[] shape = shape(choose.of(2, 1, 3, 2, 0));
            variables.add(new Shown("x" + k, shape));
            parameters.add((k > 1 && choose.chance(15) ? "data " : "") + "x" + k + (shape.length == 0 ? "" : ": real" + Arrays.toString(shape)));
        }
        StringBuilder body = new StringBuilder();
        int statements = 1 + choose.below(4);
        for (int k = 0; k < statements; k++) body.append(statement());
        Shown last = variables.getLast();
        String result = choose.chance(12) ? view().text : "sum(" + last.text + " * " + last.text + ")" + (choose.chance(50) ? " + sum(" + view().text + ")" : "");
        if (choose.chance(8)) result += ", " + view().text;
        return "program f(" + String.join(", ", parameters) + ") {\n" + body + "  return " + result + "\n}\n";
    }

    private int[] shape(int rank) {
        int[] s = new int[rank];
        int size = 1;
        for (int k = 0; k < rank; k++) size *= s[k] = Math.min(1 + (choose.below(4) + 1) % 4 + (rank == 1 ? choose.below(3) : 0), MOST / size);
        return s;
    }

    // ---- statements

    private String statement() {
        if (choose.chance(15)) {
            List<Shown> tensors = variables.stream().filter(v -> v.rank() > 0).toList();
            if (!tensors.isEmpty()) {
                Shown v = tensors.get(choose.below(tensors.size()));
                List<Integer> rest = new ArrayList<>();
                String place = v.text + subscripts(v.shape, rest);
                return "  " + place + choose.of(" += ", " = ", " -= ") + to(rest.stream().mapToInt(i -> i).toArray()) + "\n";
            }
        }
        Shown e = operation();
        String name = "y" + ++fresh;
        variables.add(new Shown(name, e.shape));
        return "  " + name + " = " + e.text + "\n";
    }

    private Shown operation() {
        Shown a = view();
        switch (choose.below(9)) {
            case 0 -> {
                return new Shown(choose.of("tanh", "relu", "sin", "abs") + "(" + a.text + ")", a.shape);
            }
            case 1, 2 -> {
                return new Shown("sum(" + a.text + ")", new int[0]).rank() == 0 && a.rank() > 0 ? reduced(a) : new Shown("cos(" + a.text + ")", a.shape);
            }
            case 3 -> {
                if (a.rank() == 0) return new Shown("logsumexp([" + a.text + ", " + a.text + "])", a.shape);
                return new Shown("softmax(" + a.text + ", axis=" + (1 + choose.below(a.rank())) + ")", a.shape);
            }
            case 4 -> {
                Shown b = view();
                int k = a.rank() == 0 ? 1 : a.shape[a.rank() - 1];
                if (a.rank() != 2 || b.size() % k != 0) return binary(a, b);
                return new Shown(a.text + " @ reshape(" + b.text + ", " + k + ", " + b.size() / k + ")", new int[] {a.shape[0], b.size() / k});
            }
            default -> {
                return binary(a, view());
            }
        }
    }

    private Shown binary(Shown a, Shown b) {
        int[] shape = broadcast(a.shape, b.shape);
        for (int k = 0; k < 4 && shape == null; k++) shape = broadcast(a.shape, (b = view()).shape);
        if (shape == null) shape = (b = a).shape;
        return new Shown(choose.of(a.text + " * " + b.text, a.text + " + " + b.text, a.text + " - " + b.text, a.text + " / (2 + " + b.text + " * " + b.text + ")",
                "max(" + a.text + ", " + b.text + ")", "hypot(" + a.text + ", " + b.text + ")"), shape);
    }

    private Shown reduced(Shown a) {
        String f = choose.of("sum", "sum", "logsumexp", "norm2", "max", "prod");
        if (choose.chance(30)) return new Shown(f + "(" + a.text + ")", new int[0]);
        int axis = choose.below(a.rank());
        return new Shown(f + "(" + a.text + ", axis=" + (axis + 1) + ")", without(a.shape, axis));
    }

    private static int[] broadcast(int[] a, int[] b) {
        int[] out = new int[Math.max(a.length, b.length)];
        int size = 1;
        for (int k = 1; k <= out.length; k++) {
            int x = k > a.length ? 1 : a[a.length - k];
            int y = k > b.length ? 1 : b[b.length - k];
            if (x != y && x != 1 && y != 1) return null;
            size *= out[out.length - k] = Math.max(x, y);
        }
        return size > MOST ? null : out;
    }

    private static int[] without(int[] s, int axis) {
        return IntStream.range(0, s.length).filter(k -> k != axis).map(k -> s[k]).toArray();
    }

    // ---- views

    private Shown view() {
        Shown v = choose.of(variables.getLast(), variables.get(choose.below(variables.size())));
        int steps = choose.below(5);
        for (int k = 0; k < steps; k++) {
            Shown next = step(v);
            if (next.size() <= MOST && next.rank() <= 4 && next.text.length() < 300) v = next;
        }
        return v;
    }

    private Shown step(Shown v) {
        switch (choose.below(9)) {
            case 0 -> {
                int[] s = v.shape.clone();
                for (int k = 0; k < s.length; k++) s[k] = v.shape[s.length - 1 - k];
                return v.rank() < 2 ? v : new Shown(v.text + ".T", s);
            }
            case 1, 2 -> {
                if (v.rank() == 0) return new Shown("[" + v.text + ", " + v.text + "]", new int[] {2});
                List<Integer> rest = new ArrayList<>();
                String s = v.text + subscripts(v.shape, rest);
                return new Shown(s, rest.stream().mapToInt(i -> i).toArray());
            }
            case 3, 4, 5 -> {
                return reshaped(v, factors(v.size()));
            }
            case 6 -> {
                Shown other = choose.of(v, variables.get(choose.below(variables.size())));
                List<String> parts = new ArrayList<>(List.of(v.text));
                if (other.size() == v.size()) parts.add(reshaped(other, v.shape).text);
                else parts.add(choose.of(v.text, v.rank() == 0 ? "0.5" : "ones(" + dims(v.shape) + ")"));
                if (choose.chance(40)) parts.add(choose.below(2), v.text);
                return new Shown("[" + String.join(", ", parts) + "]", IntStream.concat(IntStream.of(parts.size()), Arrays.stream(v.shape)).toArray());
            }
            case 7 -> {
                return comprehension(v);
            }
            default -> {
                // a new axis along which all is the same, which broadcasting makes
                int n = 2 + choose.below(2);
                int[] s = IntStream.concat(IntStream.of(n), Arrays.stream(v.shape)).toArray();
                return new Shown("[" + v.text + " for r in 1.." + n + "]", s);
            }
        }
    }

    private Shown reshaped(Shown v, int[] to) {
        if (to.length == 0) return v.rank() == 0 ? v : new Shown(v.text + Arrays.toString(IntStream.range(0, v.rank()).map(k -> 1).toArray()), to);
        return v.rank() == 0 ? new Shown("reshape(" + v.text + ", " + dims(to) + ")", to) : new Shown("reshape(" + v.text + ", " + dims(to) + ")", to);
    }

    private static String dims(int[] s) {
        return Arrays.stream(s).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    private int[] factors(int size) {
        List<Integer> out = new ArrayList<>();
        int rest = size;
        for (int k = choose.below(3); k > 0; k--) {
            int at = rest;
            List<Integer> divisors = IntStream.rangeClosed(1, rest).filter(d -> at % d == 0).boxed().toList();
            int d = divisors.get(choose.below(divisors.size()));
            out.add(d);
            rest /= d;
        }
        out.add(rest);
        return out.stream().mapToInt(i -> i).toArray();
    }

    /// A comprehension whose index moves along a diagonal, backwards, in steps, or over windows.
    private Shown comprehension(Shown v) {
        if (v.rank() == 0) return v;
        String base = atom(v.text);
        int n = v.shape[0];
        int[] rest = Arrays.copyOfRange(v.shape, 1, v.rank());
        switch (choose.below(4)) {
            case 0 -> {
                return new Shown("[" + base + "[" + (n + 1) + " - i] for i in 1.." + n + "]", v.shape);
            }
            case 1 -> {
                int m = (n + 1) / 2;
                return new Shown("[" + base + "[2 * i - 1] for i in 1.." + m + "]", with(m, rest));
            }
            case 2 -> {
                int w = 1 + choose.below(n);
                return new Shown("[[" + base + "[i + j - 1] for j in 1.." + w + "] for i in 1.." + (n - w + 1) + "]", with(n - w + 1, with(w, rest)));
            }
            default -> {
                if (v.rank() < 2) return v;
                int m = Math.min(n, v.shape[1]);
                String second = choose.of("i", v.shape[1] + 1 + " - i");
                return new Shown("[" + base + "[i, " + second + "] for i in 1.." + m + "]", with(m, Arrays.copyOfRange(v.shape, 2, v.rank())));
            }
        }
    }

    private static int[] with(int first, int[] rest) {
        return IntStream.concat(IntStream.of(first), Arrays.stream(rest)).toArray();
    }

    private static String atom(String text) {
        return text.matches("[a-z]+\\d*(\\[.*|\\.T)?") || text.startsWith("reshape(") || text.startsWith("[") ? text : "(" + text + ")";
    }

    private String subscripts(int[] shape, List<Integer> rest) {
        List<String> out = new ArrayList<>();
        for (int n : shape) {
            switch (choose.below(4)) {
                case 0 -> out.add(Integer.toString(1 + choose.below(n)));
                case 1 -> {
                    out.add("..");
                    rest.add(n);
                }
                default -> {
                    int from = 1 + choose.below(n);
                    int to = from + choose.below(n - from + 1);
                    out.add(from + ".." + to);
                    rest.add(to - from + 1);
                }
            }
        }
        return "[" + String.join(", ", out) + "]";
    }

    /// Something that broadcasts to a shape.
    private String to(int[] shape) {
        for (int k = 0; k < 4; k++) {
            Shown v = view();
            int[] both = broadcast(v.shape, shape);
            if (Arrays.equals(both, shape)) return "tanh(" + v.text + ")";
        }
        return "0.5";
    }
}
