package nad.cli;

import java.nio.charset.StandardCharsets;

/// The certifier: P and its dump in one input, with a line of `====` between.
public final class CertificateTarget {
    private CertificateTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = FuzzInputs.text(data);
        int cut = text.indexOf("\n====\n");
        if (cut < 0 || FuzzInputs.touchesFiles(text)) return;
        String p = FuzzInputs.file("p.nad", text.substring(0, cut + 1).getBytes(StandardCharsets.UTF_8));
        String d = FuzzInputs.file("d.nad", text.substring(cut + 6).getBytes(StandardCharsets.UTF_8));
        FuzzInputs.run("verify", p, d, "--limit", "2000");
    }
}
