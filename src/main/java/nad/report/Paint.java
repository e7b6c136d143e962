package nad.report;

/// Colours of a terminal, or none.
record Paint(boolean on) {
    String severity(Problem p, String s) {
        return dye(p.isWarning() ? "1;33" : "1;31", s);
    }

    /// Under the place that a problem is about.
    String mark(String s) {
        return dye("1;31", s);
    }

    String bold(String s) {
        return dye("1", s);
    }

    /// Line numbers and what stands around the source.
    String frame(String s) {
        return dye("1;34", s);
    }

    String hint(String s) {
        return dye("1;36", s);
    }

    private String dye(String code, String s) {
        return on && !s.isEmpty() ? "\u001b[" + code + "m" + s + "\u001b[0m" : s;
    }
}
