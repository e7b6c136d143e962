package nad.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/// Classes that are written once and loaded twice, for arrays of doubles and for arrays of floats. Java has no type parameter
/// over the two; a copy knows its own from a constant, so that the JIT compiles each as if it had been written for one type.
final class Copies {
    private Copies() {}

    /// A new instance of the copy of a class for the one type or the other.
    static <T> T of(Class<? extends T> written, boolean single) {
        try (InputStream in = written.getResourceAsStream(written.getSimpleName() + ".class")) {
            MethodHandles.Lookup copy = MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), single, true);
            @SuppressWarnings("unchecked")
            T made = (T) copy.lookupClass().getDeclaredConstructor().newInstance();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether the class that asks is the copy for floats.
    static boolean isSingle(MethodHandles.Lookup asks) {
        try {
            return MethodHandles.classData(asks, "_", Boolean.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
