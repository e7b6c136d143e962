package nad.data;

import static nad.arithmetic.Arithmetic.FLOAT64;
import static nad.arithmetic.Arithmetic.RATIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// npy and npz.
class NpyTest {
    @TempDir
    Path directory;
    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(directory);
    }

    private String x(String type, byte[] npy) {
        return bench.x(type, FLOAT64, bench.file("a.npy", npy));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            <f8 ; 000000000000f83f 000000000000f0bf ; 1.5, -1.0
            >f8 ; 3ff8000000000000 bff0000000000000 ; 1.5, -1.0
            =f8 ; 000000000000f83f 000000000000f0bf ; 1.5, -1.0
            <f4 ; 0000c03f 000080bf ; 1.5, -1.0
            >f4 ; 3fc00000 bf800000 ; 1.5, -1.0
            <f2 ; 003e 00bc         ; 1.5, -1.0
            <i8 ; 0200000000000000 ffffffffffffffff ; 2.0, -1.0
            >i8 ; 0000000000000002 ffffffffffffffff ; 2.0, -1.0
            <i4 ; 02000000 ffffffff ; 2.0, -1.0
            >i4 ; 00000002 ffffffff ; 2.0, -1.0
            <i2 ; 0200 ffff         ; 2.0, -1.0
            >i2 ; 0002 ffff         ; 2.0, -1.0
            |i1 ; 02ff              ; 2.0, -1.0
            <u8 ; 0200000000000000 ffffffffffffffff ; 2.0, 1.8446744073709552E19
            <u4 ; 02000000 ffffffff ; 2.0, 4.294967295E9
            >u2 ; 0002 ffff         ; 2.0, 65535.0
            |u1 ; 02ff              ; 2.0, 255.0
            |b1 ; 0001              ; 0.0, 1.0
            """)
    void everyKindOfNumberIsRead(String descr, String bytes, String expected) {
        assertThat(x("real[2]", Bench.npy(descr, false, "(2,)", hex(bytes)))).isEqualTo("[2] [" + expected + "]");
    }

    @Test
    void integersOf64BitsStayExactWhereTheArithmeticIs() {
        byte[] data = hex("ffffffffffffff7f");
        String file = bench.file("a.npy", Bench.npy("<i8", false, "()", data));
        assertThat(bench.x("real", RATIONAL, file)).isEqualTo("[] [9223372036854775807]");
        assertThat(bench.x("real", FLOAT64, file)).isEqualTo("[] [9.223372036854776E18]");
        String unsigned = bench.file("b.npy", Bench.npy("<u8", false, "()", hex("ffffffffffffffff")));
        assertThat(bench.x("real", RATIONAL, unsigned)).isEqualTo("[] [18446744073709551615]");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyVersionIsRead(int version) {
        byte[] file = Bench.npy(version, "{\"shape\": (2, 2), 'fortran_order': False, 'descr': '<f8'}   \n", Bench.little(1, 2, 3, 4));
        assertThat(x("real[2, 2]", file)).isEqualTo("[2, 2] [1.0, 2.0, 3.0, 4.0]");
    }

    @Test
    void fortransOrderIsTurnedIntoRows() {
        assertThat(x("real[2, 3]", Bench.npy("<f8", true, "(2, 3)", Bench.little(1, 2, 3, 4, 5, 6)))).isEqualTo("[2, 3] [1.0, 3.0, 5.0, 2.0, 4.0, 6.0]");
        double[] data = new double[24];
        for (int i = 0; i < 2; i++) for (int j = 0; j < 3; j++) for (int k = 0; k < 4; k++) data[i + 2 * (j + 3 * k)] = 12 * i + 4 * j + k;
        double[] counted = new double[24];
        Arrays.setAll(counted, k -> k);
        assertThat(x("real[2, 3, 4]", Bench.npy("<f8", true, "(2, 3, 4)", Bench.little(data)))).isEqualTo("[2, 3, 4] " + Arrays.toString(counted));
        String exact = bench.file("b.npy", Bench.npy("<i8", true, "(2, 2)", hex("0100000000000000 0200000000000000 0300000000000000 0400000000000000")));
        assertThat(bench.x("real[2, 2]", RATIONAL, exact)).isEqualTo("[2, 2] [1, 3, 2, 4]");
    }

    @Test
    void aScalarAndAnEmptyArrayHaveTheirShapes() {
        assertThat(x("real", Bench.npy("<f8", false, "()", Bench.little(2.5)))).isEqualTo("[] [2.5]");
        assertThat(x("real", Bench.npy("<f8", false, "(0, 3)", new byte[0]))).isEqualTo("a.npy InputShape[name=x, wanted=real, given=real[0, 3]]");
    }

    @Test
    void whatIsNoNumberIsToldByItsIndex() {
        assertThat(x("real[2, 2]", Bench.npy("<f8", false, "(2, 2)", Bench.little(1, 2, Double.NaN, Double.NaN)))).isEqualTo(
                "a.npy InputNotANumber[name=x, where=[2, 1]]");
        bench.problems.clear();
        String file = bench.file("b.npy", Bench.npy("<f8", false, "(1,)", Bench.little(Double.POSITIVE_INFINITY)));
        assertThat(bench.x("real[1]", RATIONAL, file)).isEqualTo("b.npy InputNotANumber[name=x, where=[1]]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            (2,)                    ! <f8  ! its header says 2 entries of 8 bytes each, which is 16 bytes, and 8 follow
            ()                      ! <f4  ! its header says one entry of 4 bytes each, which is 4 bytes, and 8 follow
            (99999999999999, 99999) ! <f8  ! its header says 99999999999999 × 99999 entries of 8 bytes each, which is 79999199999999200008 bytes, and 8 follow
            (0, 9999999999)         ! <f8  ! its header says 0 × 9999999999 entries of 8 bytes each, which is 0 bytes, and 8 follow
            (1, , 2)                ! <f8  ! the shape in its header is (1, , 2)
            (99999999999999999999,) ! <f8  ! the shape in its header is (99999999999999999999,)
            (-1,)                   ! <f8  ! its header is none of a .npy file
            (1,)                    ! <c8  ! its entries are of the kind `<c8`, which are not real numbers of at most 64 bits
            (1,)                    ! <U2  ! its entries are of the kind `<U2`, which are not real numbers of at most 64 bits
            (1,)                    ! |O   ! its entries are of the kind `|O`, which are not real numbers of at most 64 bits
            """)
    void aHeaderThatDoesNotFitIsTold(String shape, String descr, String why) {
        assertThat(x("real[1]", Bench.npy(descr, false, shape, new byte[8]))).isEqualTo("a.npy BadInput[what=`a.npy`, why=" + why + "]");
    }

    @Test
    void aDimensionBeyondAnIntIsTold() {
        assertThat(x("real", Bench.npy("<f8", false, "(0, 9999999999)", new byte[0]))).isEqualTo(
                "a.npy BadInput[what=`a.npy`, why=its header says 0 × 9999999999 entries]");
    }

    @Test
    void recordsAreTold() {
        assertThat(x("real", Bench.npy(1, "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}", new byte[8]))).isEqualTo(
                "a.npy BadInput[what=`a.npy`, why=its entries are records and not numbers]");
    }

    @Test
    void whatIsNoNpyFileIsTold() {
        byte[] good = Bench.npy("<f8", false, "(1,)", new byte[8]);
        Map<byte[], String> files = new LinkedHashMap<>();
        files.put(new byte[0], "it does not begin like a .npy file");
        files.put(Arrays.copyOf(good, 5), "it does not begin like a .npy file");
        files.put(Arrays.copyOf(good, 6), "it ends within its header");
        files.put(Arrays.copyOf(good, 9), "it ends within its header");
        files.put(Arrays.copyOf(good, 40), "it ends within its header");
        files.put(Bench.npy(2, "", new byte[0]), "its header is none of a .npy file");
        files.put(Arrays.copyOf(Bench.npy(2, "", new byte[0]), 11), "it ends within its header");
        files.put(Bench.npy(4, "", new byte[0]), "it is of version 4 of the format; 1, 2 and 3 are known");
        ByteBuffer huge = ByteBuffer.wrap(Bench.npy(2, "{}", new byte[0])).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
        files.put(huge.array(), "it ends within its header");
        files.forEach((bytes, why) -> {
            bench.problems.clear();
            assertThat(x("real", bytes)).isEqualTo("a.npy BadInput[what=`a.npy`, why=" + why + "]");
        });
    }

    // ---- npz

    private static byte[] one(double d) {
        return Bench.npy("<f8", false, "()", Bench.little(d));
    }

    private static Map<String, byte[]> two() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("x.npy", one(1));
        files.put("y.npy", one(2));
        return files;
    }

    private String inputs(byte[] npz) {
        var in = bench.inputs("x, y", FLOAT64, bench.file("a.npz", npz));
        return in == null ? bench.told() : Bench.text(in.get("x")) + Bench.text(in.get("y"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anArchiveGivesEachParameterItsArray(boolean packed) {
        assertThat(inputs(Bench.zip(packed, two()))).isEqualTo("[] [1.0][] [2.0]");
    }

    /// numpy.savez to a pipe: the sizes stand behind the data. And numpy under Python 2, whose shapes are of long integers.
    @Test
    void whatNumpyWroteToAStreamOrUnderPython2IsRead() throws java.io.IOException {
        var in = bench.inputs("x: real[3], w: real[3]", FLOAT64, bench.file("a.npz", resource("streamed.npz")));
        assertThat(Bench.text(in.get("x")) + Bench.text(in.get("w"))).isEqualTo("[3] [1.5, -2.0, 4.0][3] [3.0, 0.5, -1.0]");
        assertThat(x("real[3]", resource("python2.npy"))).isEqualTo("[3] [1.5, -2.0, 4.0]");
        assertThat(x("real[2, 1]", Bench.npy(1, "{'descr': u'<f8', 'fortran_order': False, 'shape': (2L, 1L)}\n", Bench.little(1, 2)))).isEqualTo("[2, 1] [1.0, 2.0]");
    }

    private static byte[] resource(String name) throws java.io.IOException {
        try (var in = NpyTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void aFileWithoutSizesOfItsOwnIsReadByTheDirectory() {
        for (boolean packed : new boolean[] {false, true}) {
            byte[] zip = Bench.zip(packed, two());
            for (int k = 0; k + 30 <= zip.length; k++) {
                if (zip[k] != 'P' || zip[k + 1] != 'K' || zip[k + 2] != 3 || zip[k + 3] != 4) continue;
                zip[k + 6] |= 8;
                Arrays.fill(zip, k + 14, k + 26, (byte) 0);
            }
            assertThat(inputs(zip)).isEqualTo("[] [1.0][] [2.0]");
        }
    }

    @Test
    void whatAnArchiveCannotGiveIsTold() {
        byte[] zip = Bench.zip(false, two());
        int directory = 0;
        for (int k = 0; k + 4 <= zip.length && directory == 0; k++) if (zip[k] == 'P' && zip[k + 1] == 'K' && zip[k + 2] == 1 && zip[k + 3] == 2) directory = k;
        byte[] locked = zip.clone();
        locked[directory + 8] |= 1;
        assertThat(inputs(locked)).isEqualTo("a.npz BadInput[what=`a.npz`, why=`x.npy` is encrypted in it]");
        bench.problems.clear();
        byte[] other = zip.clone();
        other[directory + 10] = 12;
        assertThat(inputs(other)).isEqualTo("a.npz BadInput[what=`a.npz`, why=`x.npy` is packed in it by method 12; stored and deflated files are read]");
    }

    @Test
    void aMistakeInOneArrayIsToldByItsName() {
        Map<String, byte[]> files = two();
        files.put("x.npy", Arrays.copyOf(one(1), one(1).length - 5));
        files.put("z.npy", one(3));
        assertThat(inputs(Bench.zip(true, files))).isEqualTo("""
                a.npz BadInput[what=`a.npz, x.npy`, why=its header says one entry of 8 bytes each, which is 8 bytes, and 3 follow]
                a.npz UnknownInput[name=z, known=[x, y]]""");
    }

    @Test
    void otherFilesInTheArchiveAreTold() {
        assertThat(inputs(Bench.zip(true, Map.of("x.txt", new byte[3])))).isEqualTo(
                "a.npz BadInput[what=`a.npz, x.txt`, why=only .npy files are expected in an archive of arrays]");
    }

    @Test
    void aNameThatStandsTwiceIsTold() {
        // The names are exchanged behind the archive's back: a writer refuses to write one twice.
        byte[] zip = Bench.zip(false, two());
        for (int k = 0; k + 5 <= zip.length; k++)
            if (zip[k] == 'y' && zip[k + 1] == '.' && zip[k + 2] == 'n' && zip[k + 3] == 'p') zip[k] = 'x';
        assertThat(inputs(zip)).isEqualTo("a.npz BadInput[what=`a.npz, x.npy`, why=it stands in the archive twice]");
    }

    @Test
    void aTruncatedArchiveIsTold() {
        byte[] zip = Bench.zip(false, two());
        String noEnd = "a.npz BadInput[what=`a.npz`, why=it is no zip archive, or its end is missing]";
        for (int length : new int[] {0, 10, 100, zip.length / 2, zip.length - 1}) {
            bench.problems.clear();
            assertThat(inputs(Arrays.copyOf(zip, length))).isEqualTo(noEnd);
        }
    }

    @Test
    void aDamagedArchiveIsTold() {
        byte[] zip = Bench.zip(false, two());
        byte[] data = zip.clone();
        data[30 + "x.npy".length() + one(1).length - 1] ^= 1;
        assertThat(inputs(data)).isEqualTo("a.npz BadInput[what=`a.npz`, why=its zip archive is not sound]");
        bench.problems.clear();
        byte[] count = zip.clone();
        count[count.length - 12] = 3;
        assertThat(inputs(count)).isEqualTo("a.npz BadInput[what=`a.npz`, why=its zip archive should hold 3 files and holds 2]");
    }
}
