package nad.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Colours that can be seen, and told apart by every common kind of colour vision.
class PaletteTest {
    /// Linear RGB as seen without one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1; the last is common vision.
    private static final double[][] VISIONS = {
        {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
        {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
        {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
        {1, 0, 0, 0, 1, 0, 0, 0, 1}};

    @Test
    void everyColourStandsOutFromItsPage() {
        assertThat(Palette.LIGHT).allSatisfy(c -> assertThat(contrast(c, Palette.LIGHT_PAGE)).isGreaterThanOrEqualTo(3));
        assertThat(Palette.DARK).allSatisfy(c -> assertThat(contrast(c, Palette.DARK_PAGE)).isGreaterThanOrEqualTo(3));
        assertThat(Palette.DARK).hasSameSizeAs(Palette.LIGHT);
    }

    @Test
    void neighboursDifferUnderEveryVision() {
        for (List<String> colours : List.of(Palette.LIGHT, Palette.DARK))
            for (double[] vision : VISIONS)
                for (int k = 0; k < colours.size(); k++) {
                    String next = colours.get((k + 1) % colours.size());
                    assertThat(difference(colours.get(k), next, vision)).as(colours.get(k) + " " + next).isGreaterThan(15);
                }
    }

    @Test
    void theMeasureMixesRedAndGreenOnlyWhereAnEyeDoes() {
        assertThat(difference("#aa5500", "#777700", VISIONS[3])).isGreaterThan(20);
        assertThat(difference("#aa5500", "#777700", VISIONS[1])).isLessThan(10);
    }

    private static double[] linear(String colour) {
        double[] out = new double[3];
        for (int k = 0; k < 3; k++) {
            double c = Integer.parseInt(colour.substring(1 + 2 * k, 3 + 2 * k), 16) / 255.0;
            out[k] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        }
        return out;
    }

    /// The ratio of WCAG 2.2.
    private static double contrast(String a, String b) {
        double x = luminance(linear(a)) + 0.05;
        double y = luminance(linear(b)) + 0.05;
        return Math.max(x, y) / Math.min(x, y);
    }

    private static double luminance(double[] c) {
        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    }

    /// The distance in CIE L*a*b*.
    private static double difference(String a, String b, double[] vision) {
        double[] x = lab(linear(a), vision);
        double[] y = lab(linear(b), vision);
        return Math.sqrt(Math.pow(x[0] - y[0], 2) + Math.pow(x[1] - y[1], 2) + Math.pow(x[2] - y[2], 2));
    }

    private static double[] lab(double[] c, double[] m) {
        double[] s = new double[3];
        for (int k = 0; k < 3; k++) s[k] = Math.clamp(m[3 * k] * c[0] + m[3 * k + 1] * c[1] + m[3 * k + 2] * c[2], 0, 1);
        double x = root((0.4124 * s[0] + 0.3576 * s[1] + 0.1805 * s[2]) / 0.9505);
        double y = root(luminance(s));
        double z = root((0.0193 * s[0] + 0.1192 * s[1] + 0.9505 * s[2]) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double root(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }
}
