package nad.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import nad.arithmetic.Arithmetic;
import nad.check.Checker;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Tensor;

/// Programs with given parameters, files with given contents, and what comes of them.
final class Bench {
    final Path directory;
    final List<Problem> problems = new ArrayList<>();

    Bench(Path directory) {
        this.directory = directory;
    }

    /// A program that has these parameters and does nothing with them.
    static Program program(String parameters) {
        return programOf("program f(" + parameters + ") { return 0 }");
    }

    static Program programOf(String text) {
        Checker c = Checker.readText(new DiskFiles(), "f.nad", text);
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        if (p == null) throw new IllegalArgumentException(c.problems().toString());
        return p;
    }

    String file(String name, byte... bytes) {
        try {
            return Files.write(directory.resolve(name), bytes).toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Map<String, Tensor> at(String parameters, Arithmetic arithmetic, String... texts) {
        return Inputs.gather(program(parameters), arithmetic, List.of(texts), List.of(), null, problems);
    }

    Map<String, Tensor> inputs(String parameters, Arithmetic arithmetic, String... files) {
        return Inputs.gather(program(parameters), arithmetic, List.of(), List.of(files), null, problems);
    }

    /// The one array that a file gives to the parameter x, as `shape values`; or its problem, as `told()`.
    String x(String type, Arithmetic arithmetic, String file) {
        Map<String, Tensor> in = inputs("x: " + type, arithmetic, "x=" + file);
        return in == null ? told() : text(in.get("x"));
    }

    static String text(Tensor t) {
        return Arrays.toString(t.shape()) + " " + (t.real() != null ? Arrays.toString(t.real()) : Arrays.toString(t.exact()));
    }

    /// The problems met so far: `line:column Kind(…)`, without the directory, the place left out where it is a file's as a whole.
    String told() {
        return problems.stream().map(this::told).collect(Collectors.joining("\n"));
    }

    private String told(Problem p) {
        String record = p.toString().replaceAll(", first=Span\\[[^\\]]*]", "");
        String rest = record.substring(record.indexOf(']', record.indexOf("at=Span[")) + 1);
        rest = rest.startsWith(", ") ? rest.substring(2) : rest;
        Span at = p.at();
        String place = at.end() == 0 ? "" : at.line() + ":" + at.column() + " ";
        String name = at.source().name().replace(directory + "/", "");
        return name + (name.isEmpty() ? "" : " ") + place + p.getClass().getSimpleName() + "[" + rest.replace(directory + "/", "");
    }

    // ---- files as others write them

    static byte[] npy(int version, String header, byte[] data) {
        byte[] h = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer b = ByteBuffer.allocate(12 + h.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1)).put((byte) version).put((byte) 0);
        if (version == 1) b.putShort((short) h.length);
        else b.putInt(h.length);
        b.put(h).put(data);
        return Arrays.copyOf(b.array(), b.position());
    }

    static byte[] npy(String descr, boolean fortran, String shape, byte[] data) {
        return npy(1, "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + ", }\n", data);
    }

    static byte[] doubles(ByteOrder order, double... x) {
        ByteBuffer b = ByteBuffer.allocate(8 * x.length).order(order);
        for (double d : x) b.putDouble(d);
        return b.array();
    }

    static byte[] little(double... x) {
        return doubles(ByteOrder.LITTLE_ENDIAN, x);
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream g = new GZIPOutputStream(out)) {
            g.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    /// @param packed whether the archive is one of `savez_compressed`
    static byte[] zip(boolean packed, Map<String, byte[]> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream z = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> f : files.entrySet()) {
                ZipEntry e = new ZipEntry(f.getKey());
                if (!packed) {
                    CRC32 crc = new CRC32();
                    crc.update(f.getValue());
                    e.setMethod(ZipEntry.STORED);
                    e.setSize(f.getValue().length);
                    e.setCrc(crc.getValue());
                }
                z.putNextEntry(e);
                z.write(f.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }
}
