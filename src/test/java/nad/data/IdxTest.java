package nad.data;

import static nad.arithmetic.Arithmetic.FLOAT64;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
    @TempDir
    Path directory;
    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(directory);
    }

    private String x(String type, String digits) {
        return bench.x(type, FLOAT64, bench.file("a.idx", HexFormat.of().parseHex(digits.replace(" ", ""))));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            08, 02ff,                             '2.0, 255.0'
            09, 02ff,                             '2.0, -1.0'
            0b, 0002 ffff,                        '2.0, -1.0'
            0c, 00000002 ffffffff,                '2.0, -1.0'
            0d, 3fc00000 bf800000,                '1.5, -1.0'
            0e, 3ff8000000000000bff0000000000000, '1.5, -1.0'
            """)
    void everyKindOfNumberIsRead(String kind, String data, String expected) {
        assertThat(x("real[2]", "0000" + kind + "01 00000002" + data)).isEqualTo("[2] [" + expected + "]");
    }

    @Test
    void imagesAreArraysOfThreeDimensions() {
        assertThat(x("real[2, 1, 3]", "0000 08 03 00000002 00000001 00000003 010203 040506")).isEqualTo("[2, 1, 3] [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t10k-labels-idx1-ubyte", "t10k-labels.idx1-ubyte", "x.idx", "x.IDX1"})
    void itIsToldByTheNamesThatMnistsFilesHave(String name) {
        assertThat(bench.x("real[1]", FLOAT64, bench.file(name, HexFormat.of().parseHex("000008010000000107")))).isEqualTo("[1] [7.0]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            00                         | it does not begin like an IDX file
            0100 08 01 00000001 07     | it does not begin like an IDX file
            0000 07 01 00000001 07     | its entries are of the kind 07, which the IDX format does not have
            0000 08 02 00000001        | it ends within its header
            0000 08 01 00000002 07     | its header says 2 entries of 1 byte each, which is 2 bytes, and 1 follow
            0000 08 01 00000001 0707   | its header says 1 entries of 1 byte each, which is 1 bytes, and 2 follow
            0000 0e 02 ffffffff ffffffff | its header says 4294967295 × 4294967295 entries of 8 bytes each, which is 147573952520956936200 bytes, and 0 follow
            """)
    void whatIsNoIdxFileIsTold(String digits, String why) {
        assertThat(x("real[1]", digits)).isEqualTo("a.idx BadInput[what=`a.idx`, why=" + why + "]");
    }
}
