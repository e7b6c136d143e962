package nad.html;

/// HTML under construction. What comes from outside goes through [#text] or [#value] and can then be nothing but text; the
/// whole is well-formed XML too, so that any reader of trees can check it.
final class Markup {
    private final StringBuilder out = new StringBuilder();

    /// Markup as it stands.
    Markup raw(String html) {
        out.append(html);
        return this;
    }

    Markup text(String s) {
        s.codePoints().forEach(this::escaped);
        return this;
    }

    /// An element that holds a text alone.
    ///
    /// @param start the tag with its attributes, without brackets
    Markup element(String start, String text) {
        int blank = start.indexOf(' ');
        return raw("<" + start + ">").text(text).raw("</" + (blank < 0 ? start : start.substring(0, blank)) + ">");
    }

    /// The text of an attribute's value.
    static String value(String s) {
        return new Markup().text(s).toString();
    }

    private void escaped(int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.appendCodePoint(shown(c) ? c : 0xFFFD);
        }
    }

    /// No control character but the ends of lines, no half of a pair: they are no text in HTML.
    private static boolean shown(int c) {
        return c == '\n' || c == '\t' || c >= 0x20 && (c < 0x7F || c > 0x9F) && (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
