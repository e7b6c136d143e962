package nad.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;

/// The launcher lets a JVM with the Vector API start with standard error led through a reader that drops the one line in which
/// the JVM says so; the real one is open under a number that it tells. What NAD writes goes there, unread and at once.
final class StandardError {
    private StandardError() {}

    static void restore() {
        Integer number = Integer.getInteger("nad.stderr");
        if (number == null) return;
        try {
            Constructor<FileDescriptor> open = FileDescriptor.class.getDeclaredConstructor(int.class);
            open.setAccessible(true);
            System.setErr(new PrintStream(new FileOutputStream(open.newInstance(number)), true));
        } catch (ReflectiveOperationException | RuntimeException unchanged) {
            // A JDK that has no such constructor, or does not open it: the reader passes on what is written line by line.
        }
    }
}
