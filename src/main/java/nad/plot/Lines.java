package nad.plot;

import java.util.List;

/// Polylines of points in pixels.
final class Lines {
    private Lines() {}

    /// Fewer points, none of the others farther than `tolerance` from the line (Douglas and Peucker 1973).
    static double[] simplified(List<double[]> points, double tolerance) {
        boolean[] kept = new boolean[points.size()];
        kept[0] = kept[kept.length - 1] = true;
        keep(points, 0, kept.length - 1, tolerance, kept);
        int n = 0;
        for (boolean k : kept) if (k) n++;
        double[] out = new double[2 * n];
        int at = 0;
        for (int k = 0; k < kept.length; k++)
            if (kept[k]) {
                out[at++] = points.get(k)[0];
                out[at++] = points.get(k)[1];
            }
        return out;
    }

    /// How far a point is from the nearest of the line's.
    static double distance(double[] line, double x, double y) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 2; k < line.length; k += 2) {
            double dx = line[k] - line[k - 2];
            double dy = line[k + 1] - line[k - 1];
            double square = dx * dx + dy * dy;
            double t = square == 0 ? 0 : Math.clamp(((x - line[k - 2]) * dx + (y - line[k - 1]) * dy) / square, 0, 1);
            least = Math.min(least, Math.hypot(line[k - 2] + t * dx - x, line[k - 1] + t * dy - y));
        }
        return least;
    }

    private static void keep(List<double[]> points, int from, int to, double tolerance, boolean[] kept) {
        double[] a = points.get(from);
        double[] b = points.get(to);
        double length = Math.hypot(b[0] - a[0], b[1] - a[1]);
        int farthest = -1;
        double most = tolerance;
        for (int k = from + 1; k < to; k++) {
            double[] p = points.get(k);
            double off = length == 0 ? Math.hypot(p[0] - a[0], p[1] - a[1])
                    : Math.abs((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])) / length;
            if (off > most) {
                most = off;
                farthest = k;
            }
        }
        if (farthest < 0) return;
        kept[farthest] = true;
        keep(points, from, farthest, tolerance, kept);
        keep(points, farthest, to, tolerance, kept);
    }
}
