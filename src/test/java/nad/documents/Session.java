package nad.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/// A terminal as the documents show it: `$ ./nad …`, `$ java … Name.java`, `$ cat FILE` and `$ echo $?`, in a folder of its own that holds the
/// files which the document shows. A line that ends with `\` goes on below.
final class Session {
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");
    private static final Pattern OWN_FILE = Pattern.compile("([\\w]+=)?([\\w-]+\\.(?:nad|json|tex|dot|csv|svg|png))");

    private final Path folder;
    private int status;

    Session(Path folder) {
        this.folder = folder;
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    /// What a block of a terminal must look like: its command lines, each with what is written.
    List<String> replay(List<String> block) throws IOException {
        List<String> out = new ArrayList<>();
        StringBuilder command = null;
        for (String line : block) {
            if (line.startsWith("$ ")) command = new StringBuilder(line.substring(2));
            else if (command != null) command.append('\n').append(line);
            else continue;
            out.add(line);
            if (line.endsWith("\\")) continue;
            answer(command.toString().replace("\\\n", " ")).lines().forEach(out::add);
            command = null;
        }
        return out;
    }

    private String answer(String line) throws IOException {
        List<String> words = new ArrayList<>();
        Matcher m = WORD.matcher(line);
        while (m.find()) words.add(m.group().replace("\"", ""));
        switch (words.getFirst()) {
            case "echo" -> {
                return status + "\n";
            }
            case "cat" -> {
                return Files.readString(Path.of(own(words.get(1))));
            }
            case "./nad" -> {
                CommandLines.Answer a = CommandLines.plain(words.subList(1, words.size()).stream().map(this::own).toList());
                status = a.status();
                return a.text().replace(folder + "/", "");
            }
            case "java" -> {
                return ran(words.getLast());
            }
            default -> throw new IllegalArgumentException("a document's terminal knows ./nad, java, cat and echo: " + line);
        }
    }

    /// A file that is named without a folder is one of the document's.
    private String own(String word) {
        Matcher m = OWN_FILE.matcher(word);
        return m.matches() ? (m.group(1) == null ? "" : m.group(1)) + folder.resolve(m.group(2)) : word;
    }

    /// What the main method of one of the document's classes prints.
    private String ran(String file) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (ToolProvider.getSystemJavaCompiler().run(null, null, said, "-d", folder.toString(), folder.resolve(file).toString()) != 0)
            throw new IllegalArgumentException(said.toString(StandardCharsets.UTF_8));
        PrintStream before = System.out;
        try (URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Session.class.getClassLoader())) {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            Method main = classes.loadClass(file.replace(".java", "")).getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
