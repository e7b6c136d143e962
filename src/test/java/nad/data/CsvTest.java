package nad.data;

import static nad.arithmetic.Arithmetic.FLOAT64;
import static nad.arithmetic.Arithmetic.RATIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import nad.run.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @TempDir
    Path directory;
    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(directory);
    }

    private String x(String type, String csv) {
        return bench.x(type, FLOAT64, bench.file("a.csv", csv));
    }

    @Test
    void oneColumnIsAVector() {
        assertThat(x("real[3]", "1\n-2.5e1\n.5\n")).isEqualTo("[3] [1.0, -25.0, 0.5]");
    }

    @Test
    void severalColumnsAreAMatrix() {
        assertThat(x("real[2, 3]", "1,2,3\n4,5,6")).isEqualTo("[2, 3] [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]");
        assertThat(x("real[1, 3]", "1,2,3")).isEqualTo("[1, 3] [1.0, 2.0, 3.0]");
    }

    @Test
    void blanksQuotesEmptyLinesAByteOrderMarkAndOtherEndsOfLinesAreTaken() {
        assertThat(x("real[2, 2]", "\uFEFF\"a\" ,\"b\"\r\n\r\n 1 ,\t\"2\"\r\n3,4\r\n\r\n")).isEqualTo("[2, 2] [1.0, 2.0, 3.0, 4.0]");
    }

    @Test
    void underALineOfNamesEachColumnIsAVector() {
        Map<String, Tensor> in = bench.inputs("y: real[2], x: real[2]", FLOAT64, bench.file("a.csv", "x,y\n1,2\n3,4\n"));
        assertThat(Bench.text(in.get("x"))).isEqualTo("[2] [1.0, 3.0]");
        assertThat(Bench.text(in.get("y"))).isEqualTo("[2] [2.0, 4.0]");
    }

    @Test
    void aNameBeforeTheFileTakesAllOfIt() {
        assertThat(x("real[2, 2]", "x,y\n1,2\n3,4\n")).isEqualTo("[2, 2] [1.0, 2.0, 3.0, 4.0]");
    }

    private String xw(String csv) {
        bench.problems.clear();
        Map<String, Tensor> in = bench.inputs("x: real[2], w: real[2]", FLOAT64, bench.file("a.csv", csv));
        return in == null ? bench.told() : Bench.text(in.get("x")) + Bench.text(in.get("w"));
    }

    private static final String BOTH = "[2] [1.0, 3.0][2] [2.0, 4.0]";

    @Test
    void theIndexThatPandasOrRWritesIsLeftOut() {
        assertThat(xw(",x,w\n0,1,2\n1,3,4\n")).isEqualTo(BOTH);
        assertThat(xw("\"\",\"x\",\"w\"\n\"1\",1,2\n\"2\",3,4\n")).isEqualTo(BOTH);
        assertThat(xw(",x,w\n2024-01-01,1,2\n2024-01-02,3,4\n")).isEqualTo(BOTH);
        assertThat(x("real[2, 2]", ",x,w\n0,1,2\n1,3,4\n")).isEqualTo("[2, 2] [1.0, 2.0, 3.0, 4.0]");
        assertThat(x("real[2, 2]", ",0,1\n0,1,2\n1,3,4\n")).isEqualTo("[2, 2] [1.0, 2.0, 3.0, 4.0]");
        assertThat(x("real[2, 3]", ",5,6\n1,2,3\n")).isEqualTo("a.csv BadInput[what=field 1 of line 1, why=it is empty]");
    }

    @Test
    void commasAtTheEndsOfLinesGiveNoColumn() {
        assertThat(xw("x,w,\n1,2,\n3,4,\n")).isEqualTo(BOTH);
        assertThat(xw("x,w,\n1,2\n3,4\n")).isEqualTo(BOTH);
        assertThat(xw("x,w\n1,2,\n3,4,\n")).isEqualTo(BOTH);
        assertThat(x("real[2, 2]", "1,2,\n3,4,\n")).isEqualTo("[2, 2] [1.0, 2.0, 3.0, 4.0]");
        assertThat(x("real[2, 3]", "1,2,\n3,4,5\n")).isEqualTo("a.csv 1:5 BadInput[what=field 3 of line 1, why=it is empty]");
        assertThat(xw("x,w\n1,\n3,4\n")).isEqualTo("a.csv 2:3 BadInput[what=field 2 of line 2, why=it is empty]");
    }

    @Test
    void textBesideTheNumbersAskedForIsLeftOut() {
        assertThat(xw("name,x,w\n\"Smith, J\",1,2\n\"a \"\"b\"\", c\",3,4\n")).isEqualTo(BOTH);
        assertThat(x("real[2, 2]", "x,kind,w\n1,a,2\n3,b,4\n")).isEqualTo("[2, 2] [1.0, 2.0, 3.0, 4.0]");
        assertThat(xw("x,w\n1,a\n3,b\n")).isEqualTo("a.csv 2:3 BadInput[what=`a`, why=it is no number]\na.csv 3:3 BadInput[what=`b`, why=it is no number]");
        assertThat(xw("x,w,z\n1,2,5\n3,4,b\n")).isEqualTo("a.csv UnknownInput[name=z, known=[x, w]]");
    }

    @Test
    void longNumbersAreRoundedOnce() {
        String half = "1.00000000000000011102230246251565404236316680908203125" + "0".repeat(5000);
        assertThat(x("real[3]", half + "\n" + half + "1\n-" + half + "1e0\n")).isEqualTo("[3] [1.0, 1.0000000000000002, -1.0000000000000002]");
        assertThat(bench.x("real[2]", FLOAT64, bench.file("a.json", "[" + half + ", " + half + "1]"))).isEqualTo("[2] [1.0, 1.0000000000000002]");
        assertThat(bench.x("real[1]", RATIONAL, bench.file("b.csv", "0.5" + "0".repeat(5000)))).isEqualTo("[1] [1/2]");
        String digits = "7".repeat(200_000);
        assertThat(x("real[2]", "1\n" + digits + "x")).contains("it is no number");
    }

    @Test
    void numbersAreExactDecimalsWhereTheArithmeticIsExact() {
        assertThat(bench.x("real[2]", RATIONAL, bench.file("a.csv", "0.1\n2/3"))).isEqualTo("[2] [1/10, 2/3]");
    }

    @Test
    void everyMistakeIsToldWhereItStands() {
        assertThat(x("real[2, 3]", "1,2,3\n4,five,\n6,7\n8,9,1e999\n")).isEqualTo("""
                a.csv 2:3 BadInput[what=`five`, why=it is no number]
                a.csv 2:8 BadInput[what=field 3 of line 2, why=it is empty]
                a.csv 3:3 BadInput[what=line 3, why=it has 2 fields where the lines before have 3]
                a.csv 4:5 NumberTooLarge[text=1e999]""");
    }

    @Test
    void whatIsNoNumberIsToldByIndexAndPlace() {
        assertThat(x("real[2, 2]", "1,2\n3,nan\ninf,4")).isEqualTo("a.csv InputShape[name=x, wanted=real[2, 2], given=real[3, 2]]");
        bench.problems.clear();
        assertThat(x("real[3, 2]", "1,2\n3,nan\ninf,4")).isEqualTo("a.csv 2:3 InputNotANumber[name=x, where=[2, 2]]");
        bench.problems.clear();
        assertThat(bench.inputs("x: real[2], y: real[2]", FLOAT64, bench.file("a.csv", "x,y\n1,2\n-Infinity,NaN"))).isNull();
        assertThat(bench.told()).isEqualTo("a.csv 3:1 InputNotANumber[name=x, where=[2]]\na.csv 3:11 InputNotANumber[name=y, where=[2]]");
    }

    @Test
    void javasOwnWaysToWriteNumbersAreNone() {
        for (String s : new String[] {"1d", "0x10", "1e", "1_000", "--1", "1 2", "1/2/3", "٣"}) {
            bench.problems.clear();
            assertThat(x("real[2]", "1\n" + s)).isEqualTo("a.csv 2:1 BadInput[what=`" + s + "`, why=it is no number]");
        }
    }

    @Test
    void aFileWithoutNumbersIsTold() {
        assertThat(x("real", "\n\n")).isEqualTo("a.csv BadInput[what=`a.csv`, why=there are no numbers in it]");
        bench.problems.clear();
        assertThat(x("real", "a,b\n")).isEqualTo("a.csv BadInput[what=`a.csv`, why=there are no numbers in it]");
    }

    @Test
    void aColumnsNameThatStandsTwiceOrIsNoParametersIsTold() {
        assertThat(bench.inputs("x: real[1], z: real[1]", FLOAT64, bench.file("a.csv", "x,x,y\n1,2,3"))).isNull();
        assertThat(bench.told()).isEqualTo("""
                a.csv 1:3 DefinedTwice[name=x]
                a.csv UnknownInput[name=y, known=[x, z]]
                MissingInput[name=z, type=real[1]]""");
    }

    @Test
    void bytesThatAreNotUtf8AreTold() {
        assertThat(bench.x("real", FLOAT64, bench.file("a.csv", (byte) '1', (byte) 0xFF))).isEqualTo("a.csv NotUtf8[offset=1]");
    }
}
