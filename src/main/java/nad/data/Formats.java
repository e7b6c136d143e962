package nad.data;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nad.check.Files.Refused;
import nad.report.Problem;
import nad.report.Span;

/// The formats of data files, told apart by the ends of files' names, and those of standard input by how it begins. `.gz` after any of
/// them means that the file is packed.
final class Formats {
    /// @param text   the end of the name, for messages
    /// @param ending the end of the name, in lower case
    /// @param begins how the bytes begin
    record Format(String text, Pattern ending, Pattern begins, Reader reader) {
        /// Whether something begins as only this format does.
        boolean tells(String beginning) {
            return !begins.pattern().equals(ANY) && begins.matcher(beginning).find();
        }

        static Format of(String ending, String begins, Reader reader) {
            return new Format(ending, Pattern.compile(Pattern.quote(ending) + "$"), Pattern.compile(begins), reader);
        }
    }

    private static final String ANY = "^";

    interface Reader {
        /// @param problems what is wrong with single arrays
        /// @throws Refused where the file cannot be read at all
        Given.Arrays read(Content c, List<Problem> problems) throws Refused;
    }

    /// Every format, once, the one that begins with anything last. The names of MNIST's files end in `-idx3-ubyte`.
    private static final List<Format> ALL = List.of(
            Format.of(".json", "^(\\xEF\\xBB\\xBF)?\\s*[\\[{]", Json::read),
            Format.of(".npy", "^\\x93NUMPY", Npy::read),
            Format.of(".npz", "^PK", Npz::read),
            new Format(".idx", Pattern.compile("[.-]idx\\d*(-[a-z]+)?$"), Pattern.compile("^\\x00\\x00"), Idx::read),
            Format.of(".csv", ANY, Csv::read));

    private Formats() {}

    /// Reads a file.
    ///
    /// @param asked where it is named
    /// @param exact whether numbers of text are wanted exactly
    static Given.Arrays read(String path, Span asked, boolean exact, Room room, List<Problem> problems) throws Refused {
        Format f = of(path);
        if (f != null) return read(f, Content.of(path, asked, exact, room), problems);
        Signature is = Signature.of(DiskFiles.beginning(path));
        throw new Refused(new Problem.BadInput(asked, "`" + path + "`", "its name ends in none of "
                + ALL.stream().map(Format::text).sorted().collect(Collectors.joining(", ")) + (is == null ? "" : "; it is " + is.text)));
    }

    private static Given.Arrays read(Format f, Content c, List<Problem> problems) throws Refused {
        Signature is = f.tells(c.beginning()) ? null : Signature.of(c.beginning());
        if (is != null) throw c.refused("it is " + is.text);
        return f.reader.read(c, problems);
    }

    /// The format that a file's name tells, or null.
    static Format of(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        String plain = Content.isPacked(name) ? name.substring(0, name.length() - 3) : name;
        return ALL.stream().filter(f -> f.ending.matcher(plain).find()).findFirst().orElse(null);
    }

    /// Reads what stands on standard input.
    static Given.Arrays read(InputStream standardInput, Span asked, boolean exact, Room room, List<Problem> problems) throws Refused {
        Content c = Content.of(standardInput, asked, exact, room);
        for (Format f : ALL) if (f.begins.matcher(c.beginning()).find()) return read(f, c, problems);
        throw new IllegalStateException("no format begins so");
    }
}
