package nad.data;

import static nad.arithmetic.Arithmetic.FLOAT64;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nad.check.Files.Refused;
import nad.report.Span;
import nad.run.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which of several sources a parameter's value comes from, and files that cannot be taken whatever they hold.
class InputsTest {
    @TempDir
    Path directory;
    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(directory);
    }

    private Map<String, Tensor> gather(String parameters, List<String> at, List<String> files, Long seed) {
        return Inputs.gather(Bench.program(parameters), FLOAT64, at, files, seed, bench.problems);
    }

    private String told(String parameters, String... files) {
        assertThat(gather(parameters, List.of(), List.of(files), null)).isNull();
        return bench.told();
    }

    @Test
    void atGoesBeforeInputsAndInputsGoBeforeRandom() {
        String file = bench.file("a.json", "{\"x\": 10, \"y\": 20}");
        Map<String, Tensor> in = gather("x, y, z", List.of("x=1"), List.of(file), 1L);
        assertThat(in.get("x").real()).containsExactly(1);
        assertThat(in.get("y").real()).containsExactly(20);
        assertThat(in.get("z").real()[0]).isBetween(-1.0, 1.0);
        assertThat(bench.problems).isEmpty();
    }

    @Test
    void whatAtOverridesNeedNotFit() {
        String file = bench.file("a.json", "{\"x\": [1, 2, 3], \"y\": 20}");
        assertThat(gather("x, y", List.of("x=1"), List.of(file), null).get("x").real()).containsExactly(1);
    }

    @Test
    void severalFilesGiveWhatEachHolds() {
        String a = bench.file("a.json", "{\"x\": 1}");
        String b = bench.file("b.npy", Bench.npy("<f8", false, "(2,)", Bench.little(2, 3)));
        Map<String, Tensor> in = gather("x, v: real[2]", List.of(), List.of(a, "v=" + b), null);
        assertThat(in.get("x").real()).containsExactly(1);
        assertThat(in.get("v").real()).containsExactly(2, 3);
    }

    @Test
    void aFileOfOneArrayNeedsNoNameWhereThereIsOneParameter() {
        String file = bench.file("a.json", "[1, 2]");
        assertThat(gather("v: real[2]", List.of(), List.of(file), null).get("v").real()).containsExactly(1, 2);
        assertThat(told("v: real[2], w: real[2]", file)).isEqualTo(
                "--inputs 1:1 BadInput[what=`a.json`, why=it holds one array without a name, which is given to a parameter by name=a.json]");
    }

    @Test
    void aNameTakesItsOwnArrayOfAFileOrTheOnlyOne() {
        String two = bench.file("two.json", "{\"x\": 1, \"y\": 2}");
        String one = bench.file("one.json", "{\"z\": 3}");
        Map<String, Tensor> in = bench.inputs("x, y", FLOAT64, "y=" + two, "x=" + one);
        assertThat(in.get("x").real()).containsExactly(3);
        assertThat(in.get("y").real()).containsExactly(2);
        assertThat(told("w", "w=" + two)).isEqualTo("--inputs 1:3 BadInput[what=`two.json`, why=it holds x, y, and no w]");
    }

    @Test
    void twoFilesForOneParameterAreTold() {
        String a = bench.file("a.json", "{\"x\": 1}");
        String b = bench.file("b.json", "{\"x\": 1}");
        assertThat(told("x", a, b)).isEqualTo("b.json 1:2 BadInput[what=`x` in `b.json`, why=`a.json` gives it too]");
    }

    @Test
    void problemsOfAllFilesAreToldAtOnce() {
        String a = bench.file("a.json", "{\"x\": [1], \"u\": 2}");
        String b = bench.file("b.npy", "no npy");
        assertThat(told("x, y, z", a, "z=" + b, "q=" + b)).isEqualTo("""
                a.json 1:2 InputShape[name=x, wanted=real, given=real[1]]
                a.json 1:12 UnknownInput[name=u, known=[x, y, z]]
                b.npy BadInput[what=`b.npy`, why=it does not begin like a .npy file]
                --inputs 1:1 UnknownInput[name=q, known=[x, y, z]]
                MissingInput[name=y, type=real]""");
    }

    @Test
    void aFileThatCannotBeReadIsToldAndNotThatInputsAreMissing() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder.json"));
        assertThat(told("x, y", directory.resolve("none.json").toString(), "y=" + folder)).isEqualTo("""
                --inputs 1:1 Unreadable[path=none.json, why=there is no such file]
                --inputs 1:3 Unreadable[path=folder.json, why=it is a directory]""");
    }

    @Test
    void theEndOfTheNameSaysTheFormat() {
        assertThat(told("x", bench.file("a.txt", "1"))).isEqualTo(
                "--inputs 1:1 BadInput[what=`a.txt`, why=its name ends in none of .csv, .idx, .json, .npy, .npz]");
        bench.problems.clear();
        assertThat(told("x", "x=")).isEqualTo("--inputs 1:3 BadInput[what=``, why=its name ends in none of .csv, .idx, .json, .npy, .npz]");
        bench.problems.clear();
        assertThat(bench.x("real", FLOAT64, bench.file("B.JSON", "2"))).isEqualTo("[] [2.0]");
    }

    @Test
    void whatAFileIsIsTold() {
        Map<byte[], String> files = Map.of(hex("89 48 44 46 0d 0a 1a 0a 00"), "an HDF5 file", hex("80 04 95 1f"), "a pickle (Python)",
                hex("1f 8b 08 00"), "packed with gzip (a name that ends in .gz says so)", hex("50 41 52 31 15 04"), "a Parquet file",
                hex("50 4b 03 04 14"), "a zip archive (as .npz and .xlsx are)", hex("93 4e 55 4d 50 59 01"), "a .npy file",
                hex("ff fe 78 00"), "text in UTF-16 (UTF-8 is read)");
        files.forEach((bytes, text) -> {
            for (String name : new String[] {"a.csv", "a.json", "a-idx1-ubyte"}) {
                bench.problems.clear();
                assertThat(bench.x("real", FLOAT64, bench.file(name, bytes))).isEqualTo(name + " BadInput[what=`" + name + "`, why=it is " + text + "]");
            }
            bench.problems.clear();
            assertThat(told("x", bench.file("a.data", bytes))).endsWith("; it is " + text + "]");
        });
        bench.problems.clear();
        assertThat(bench.x("real[1]", FLOAT64, bench.file("a.csv", "PAR1\n1\n"))).isEqualTo("[1] [1.0]");
    }

    private static byte[] hex(String text) {
        return java.util.HexFormat.ofDelimiter(" ").parseHex(text);
    }

    @Test
    void packedFilesOfEveryFormatAreRead() {
        byte[] npy = Bench.npy("<f8", false, "(2,)", Bench.little(1, 2));
        byte[] idx = {0, 0, 8, 1, 0, 0, 0, 2, 1, 2};
        Map<String, byte[]> files = Map.of("a.json.gz", "[1, 2]".getBytes(), "a.npy.gz", npy, "a.npz.gz", Bench.zip(true, Map.of("x.npy", npy)),
                "a.csv.gz", "1\n2".getBytes(), "a-idx1-ubyte.gz", idx);
        files.forEach((name, bytes) -> assertThat(bench.x("real[2]", FLOAT64, bench.file(name, Bench.gzip(bytes)))).as(name).isEqualTo("[2] [1.0, 2.0]"));
    }

    @Test
    void damagedPackedFilesAreTold() {
        byte[] packed = Bench.gzip("[1, 2, 3, 4, 5, 6, 7, 8, 9]".getBytes());
        assertThat(bench.x("real", FLOAT64, bench.file("a.json.gz", Arrays.copyOf(packed, packed.length - 9)))).isEqualTo(
                "a.json.gz BadInput[what=`a.json.gz`, why=its packed data ends too early]");
        bench.problems.clear();
        assertThat(bench.x("real", FLOAT64, bench.file("b.json.gz", "[1]"))).isEqualTo(
                "b.json.gz BadInput[what=`b.json.gz`, why=its packed data is not sound gzip]");
    }

    // ---- what there is no room for

    private String refused(String file, long room) {
        try {
            Formats.read(file, Span.NONE, false, new Room(room), bench.problems);
            return "read";
        } catch (Refused e) {
            bench.problems.add(e.problem);
            String told = bench.told();
            bench.problems.clear();
            return told;
        }
    }

    @Test
    void aFileLargerThanTheRoomIsRefusedBeforeItIsRead() {
        String file = bench.file("a.json", "[" + " ".repeat(200) + "]");
        assertThat(refused(file, 100)).isEqualTo("Unreadable[path=a.json, why=it is larger than 100 bytes]");
        assertThat(refused(file, 300)).isEqualTo("read");
    }

    @Test
    void aFileThatUnpacksToMoreThanTheRoomIsRefused() {
        String file = bench.file("a.json.gz", Bench.gzip(("[" + " ".repeat(100_000) + "]").getBytes()));
        assertThat(refused(file, 1000)).isEqualTo("Unreadable[path=a.json.gz, why=it unpacks to more than 1000 bytes]");
        byte[] npy = Bench.npy("<f8", false, "(2000,)", new byte[16_000]);
        String one = bench.file("one.npz", Bench.zip(true, Map.of("x.npy", npy)));
        String two = bench.file("two.npz", Bench.zip(true, Map.of("x.npy", npy, "y.npy", npy)));
        assertThat(refused(one, 20_000)).isEqualTo("read");
        assertThat(refused(two, 20_000)).isEqualTo("two.npz Unreadable[path=two.npz, why=it unpacks to more than 20000 bytes]");
    }

    @Test
    void moreNumbersThanThereIsRoomForAreRefused() {
        assertThat(refused(bench.file("a-idx1-ubyte", concat(new byte[] {0, 0, 8, 1, 0, 0, 0, 100}, new byte[100])), 400))
                .isEqualTo("a-idx1-ubyte TooManyEntries[what=`a-idx1-ubyte`, entries=100, limit=50]");
        assertThat(refused(bench.file("a.json", "[" + "1,".repeat(99) + "1]"), 400)).isEqualTo("a.json TooManyEntries[what=`a.json`, entries=51, limit=50]");
        assertThat(refused(bench.file("a.csv", "1\n".repeat(100)), 400)).isEqualTo("a.csv TooManyEntries[what=`a.csv`, entries=51, limit=50]");
    }

    static byte[] concat(byte[] a, byte[] b) {
        byte[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }
}
