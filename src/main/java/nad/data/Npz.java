package nad.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.check.Files.Refused;
import nad.report.Problem;

/// NumPy's format for several arrays: a zip archive of `.npy` files, whose names are those of the arrays.
final class Npz {
    private static final String ENDING = ".npy";

    private Npz() {}

    static Given.Arrays read(Content c, List<Problem> problems) throws Refused {
        Map<String, Given> out = new LinkedHashMap<>();
        int room = c.room.mostBytes();
        Archive archive = new Archive(c);
        for (Archive.Entry e : archive.entries()) {
            byte[] bytes = archive.bytes(e, room);
            if (bytes == null) throw DiskFiles.refused(c.at(), c.name, "it unpacks to more than " + DiskFiles.size(c.room.mostBytes()));
            room -= bytes.length;
            Content part = c.part(e.name(), bytes);
            if (!e.name().endsWith(ENDING)) throw part.refused("only " + ENDING + " files are expected in an archive of arrays");
            String name = e.name().substring(0, e.name().length() - ENDING.length());
            if (out.containsKey(name)) throw part.refused("it stands in the archive twice");
            out.put(name, given(part, problems));
        }
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
}
