package nad.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import nad.check.Files.Refused;
import nad.report.Problem;

/// NumPy's format for several arrays: a zip archive of `.npy` files, whose names are those of the arrays.
final class Npz {
    private static final String ENDING = ".npy";
    private static final int END_RECORD = 0x06054B50;
    private static final int END_RECORD_BYTES = 22;
    private static final int MORE_ENTRIES = 0xFFFF;

    private Npz() {}

    static Given.Arrays read(Content c, List<Problem> problems) throws Refused {
        int wanted = entries(c);
        Map<String, Given> out = new LinkedHashMap<>();
        int entries = 0;
        int room = c.room.mostBytes();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(c.bytes))) {
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                entries++;
                byte[] bytes = in.readNBytes(room);
                if (in.read() >= 0) throw DiskFiles.refused(c.at(), c.name, "it unpacks to more than " + DiskFiles.size(c.room.mostBytes()));
                room -= bytes.length;
                Content part = c.part(e.getName(), bytes);
                if (!e.getName().endsWith(ENDING)) throw part.refused("only " + ENDING + " files are expected in an archive of arrays");
                String name = e.getName().substring(0, e.getName().length() - ENDING.length());
                if (out.containsKey(name)) throw part.refused("it stands in the archive twice");
                out.put(name, given(part, problems));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw c.refused("its zip archive is not sound");
        }
        if (wanted != MORE_ENTRIES && entries != wanted) throw c.refused("its zip archive should hold " + wanted + " files and holds " + entries);
        return new Given.Arrays(null, out);
    }

    private static Given given(Content part, List<Problem> problems) {
        try {
            return new Given(part.at(), Npy.array(part), null);
        } catch (Refused e) {
            problems.add(e.problem);
            return new Given(part.at(), null, null);
        }
    }

    /// How many files the archive says that it holds, in the record that stands at its end: without that it is truncated.
    private static int entries(Content c) throws Refused {
        ByteBuffer b = ByteBuffer.wrap(c.bytes).order(ByteOrder.LITTLE_ENDIAN);
        int first = Math.max(0, b.limit() - END_RECORD_BYTES - 0xFFFF);
        for (int k = b.limit() - END_RECORD_BYTES; k >= first; k--)
            if (b.getInt(k) == END_RECORD) return Short.toUnsignedInt(b.getShort(k + 10));
        throw c.refused("it is no zip archive, or its end is missing");
    }
}
