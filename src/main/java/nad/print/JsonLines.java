package nad.print;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;

/// Line breaks for a dump: a line for each key of the object, and one for each instruction.
final class JsonLines extends MinimalPrettyPrinter {
    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator g) throws IOException {
        g.writeRaw(": ");
    }

    @Override
    public void beforeObjectEntries(JsonGenerator g) throws IOException {
        if (g.getOutputContext().getNestingDepth() == 1) newLine(g, 1);
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator g) throws IOException {
        g.writeRaw(',');
        if (g.getOutputContext().getNestingDepth() == 1) newLine(g, 1);
        else g.writeRaw(' ');
    }

    @Override
    public void writeEndObject(JsonGenerator g, int entries) throws IOException {
        if (g.getOutputContext().getNestingDepth() == 1) g.writeRaw('\n');
        g.writeRaw('}');
    }

    @Override
    public void beforeArrayValues(JsonGenerator g) throws IOException {
        if (listsObjects(g)) newLine(g, g.getOutputContext().getNestingDepth());
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator g) throws IOException {
        g.writeRaw(',');
        if (listsObjects(g)) newLine(g, g.getOutputContext().getNestingDepth());
        else g.writeRaw(' ');
    }

    /// Arrays directly in the object, and a block's instructions.
    private static boolean listsObjects(JsonGenerator g) {
        JsonStreamContext c = g.getOutputContext();
        return c.getNestingDepth() == 2 || "instructions".equals(c.getParent().getCurrentName());
    }

    private static void newLine(JsonGenerator g, int depth) throws IOException {
        g.writeRaw('\n');
        for (int k = 0; k < depth; k++) g.writeRaw("  ");
    }
}
