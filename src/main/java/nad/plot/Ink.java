package nad.plot;

/// The colours of a drawing, on a light ground and on a dark one; both pairs keep a contrast of 3 and more for lines, 4.5 for text.
enum Ink {
    PAPER("#ffffff", "#14171c"), TEXT("#1f2430", "#e6e8ec"), QUIET("#596273", "#a3acba"), GRID("#e4e7ec", "#2b313b"), FRAME("#8a93a1", "#6b7584"),
    CURVE("#1f5fbf", "#7db2ff"), SLOPE("#0b7a5e", "#4fd0a8"), CLARKE("#d97706", "#f0b352"), SELECTED("#c62828", "#ff7b72"), LEVEL("#5b7fb5", "#7f9ec9");

    final String light;
    final String dark;

    Ink(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /// As style sheets name it.
    String css() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
