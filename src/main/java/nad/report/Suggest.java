package nad.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The known name that was probably meant.
public final class Suggest {
    private Suggest() {}

    public static Optional<String> nearest(String name, Collection<String> known) {
        // One letter for another is a different name, not a slip; only its case may be one.
        int most = name.length() <= 2 ? 0 : Math.max(1, name.length() / 3);
        return known.stream().filter(k -> !k.equals(name) && Math.abs(k.length() - name.length()) <= most)
                .filter(k -> distance(name, k) <= most)
                .min(Comparator.<String>comparingInt(k -> distance(name, k)).thenComparing(k -> k));
    }

    /// Edits that lead from one to the other: insertions, deletions, changes and exchanges of neighbours; a change of case
    /// alone is none.
    private static int distance(String a, String b) {
        if (a.equalsIgnoreCase(b)) return 0;
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) d[i][0] = i;
        for (int j = 0; j <= b.length(); j++) d[0][j] = j;
        for (int i = 1; i <= a.length(); i++)
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1))
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
            }
        return d[a.length()][b.length()];
    }
}
