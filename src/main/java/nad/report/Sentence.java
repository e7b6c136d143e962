package nad.report;

/// What is said about one problem.
///
/// @param code   stable, in lower case with hyphens
/// @param hint   null where no mend is likely
/// @param prompt the hint at the prompt of `nad repl`, where options are set by commands
/// @param second another place that matters, or null
/// @param label  what is at the second place
record Sentence(String code, String message, String hint, String prompt, Span second, String label) {
    Sentence(String code, String message) {
        this(code, message, null, null, null, null);
    }

    Sentence hint(String hint) {
        return hint(hint, hint);
    }

    Sentence hint(String hint, String prompt) {
        return new Sentence(code, message, hint, prompt, second, label);
    }

    /// The same with a second place, where there is one.
    Sentence see(Span second, String label) {
        return second == null || second.source().name().isEmpty() ? this : new Sentence(code, message, hint, prompt, second, label);
    }
}
