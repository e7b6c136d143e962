package nad.repl;

import java.util.List;

/// What a terminal talks to: carries out whole entries and says what may be typed.
public interface Desk {
    /// What may be typed next.
    ///
    /// @param text  what the word that is being typed becomes
    /// @param whole whether nothing more belongs to it
    record Word(String text, String group, String about, boolean whole) {}

    /// Carries out what was typed, and writes what is to be said of it. An entry that fails, or whose thread is interrupted,
    /// leaves the session as it was.
    ///
    /// @return whether the session goes on
    boolean take(String entry);

    /// What may stand in place of `word`, which `line` ends with.
    List<Word> words(String line, String word);

    /// What happened meanwhile, such as a watched file that changed; null where nothing did.
    String news();
}
