package nad.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.run.Tensor;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// Whatever is done to a file, its reader returns finite numbers or says what is wrong, and throws nothing.
class DamagedFilesProperties {
    private static final Map<String, byte[]> SOUND = sound();

    private static Map<String, byte[]> sound() {
        byte[] npy = Bench.npy("<f8", true, "(2, 3)", Bench.little(1, 2, 3, 4, 5, 6));
        Map<String, byte[]> m = new LinkedHashMap<>();
        m.put("a.json", "{\"x\": [[1, 2.5, \"3/4\"], [-4e-2, 5, 6]]}".getBytes(StandardCharsets.UTF_8));
        m.put("a.csv", "a,b,c\n1,2.5,3/4\n-4e-2,5,6\n".getBytes(StandardCharsets.UTF_8));
        m.put("b.csv", ",a,b,name,c,\n0,1,2.5,k,3/4,\n1,-4e-2,5,\"l, m\",6,\n".getBytes(StandardCharsets.UTF_8));
        m.put("a.npy", npy);
        m.put("stored.npz", Bench.zip(false, Map.of("x.npy", npy)));
        m.put("packed.npz", Bench.zip(true, Map.of("x.npy", npy)));
        m.put("a.npy.gz", Bench.gzip(npy));
        m.put("a.idx", new byte[] {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6});
        return m;
    }

    record Change(int at, byte value, boolean cut) {}

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Change> change = Combinators.combine(Arbitraries.integers().between(0, 400), Arbitraries.bytes(),
                Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true))).as(Change::new);
        return change.list().ofMinSize(0).ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of(SOUND.keySet());
    }

    @Property(tries = 3000)
    void aDamagedFileIsReadOrTold(@ForAll @From("names") String name, @ForAll @From("changes") List<Change> changes,
            @ForAll Arithmetic arithmetic) throws IOException {
        byte[] bytes = SOUND.get(name).clone();
        for (Change c : changes) {
            if (c.cut) bytes = Arrays.copyOf(bytes, Math.min(bytes.length, c.at));
            else if (c.at < bytes.length) bytes[c.at] = c.value;
        }
        Path directory = Files.createTempDirectory("nad");
        try {
            Bench bench = new Bench(directory);
            Map<String, Tensor> in = bench.inputs("x: real[2, 3]", arithmetic, "x=" + bench.file(name, bytes));
            if (changes.isEmpty()) assertThat(bench.told()).isEmpty();
            if (in == null) {
                assertThat(bench.problems).isNotEmpty();
            } else {
                assertThat(in.get("x").size()).isEqualTo(6);
                for (int k = 0; k < 6; k++) assertThat(in.get("x").toDouble(k)).isFinite();
            }
        } finally {
            Files.delete(directory.resolve(name));
            Files.delete(directory);
        }
    }
}
