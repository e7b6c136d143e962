package nad.data;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nad.check.Files.Refused;
import nad.report.Problem;
import nad.report.Span;

/// The formats of data files, told apart by the ends of files' names. `.gz` after any of them means that the file is packed.
final class Formats {
    /// @param text   the end of the name, for messages
    /// @param ending the end of the name, in lower case
    record Format(String text, Pattern ending, Reader reader) {
        static Format of(String ending, Reader reader) {
            return new Format(ending, Pattern.compile(Pattern.quote(ending) + "$"), reader);
        }
    }

    interface Reader {
        /// @param problems what is wrong with single arrays
        /// @throws Refused where the file cannot be read at all
        Given.Arrays read(Content c, List<Problem> problems) throws Refused;
    }

    /// Every format, once. The names of MNIST's files end in `-idx3-ubyte`.
    private static final List<Format> ALL = List.of(
            Format.of(".json", Json::read),
            Format.of(".npy", Npy::read),
            Format.of(".npz", Npz::read),
            Format.of(".csv", Csv::read),
            new Format(".idx", Pattern.compile("[.-]idx\\d*(-[a-z]+)?$"), Idx::read));

    private Formats() {}

    /// Reads a file.
    ///
    /// @param asked where it is named
    /// @param exact whether numbers of text are wanted exactly
    static Given.Arrays read(String path, Span asked, boolean exact, Room room, List<Problem> problems) throws Refused {
        String name = path.toLowerCase(Locale.ROOT);
        String plain = Content.isPacked(name) ? name.substring(0, name.length() - 3) : name;
        for (Format f : ALL) if (f.ending.matcher(plain).find()) return f.reader.read(Content.of(path, asked, exact, room), problems);
        throw new Refused(new Problem.BadInput(asked, "`" + path + "`", "its name ends in none of "
                + ALL.stream().map(Format::text).collect(Collectors.joining(", "))));
    }
}
