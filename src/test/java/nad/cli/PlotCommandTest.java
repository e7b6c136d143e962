package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `nad plot`: what is drawn, where the kinks are, what is refused.
class PlotCommandTest {
    private static final Path PINNED = Path.of("src/test/resources/plot/relu.svg");

    private static final Path PICTURE = Path.of("spec/kinks.svg");

    @TempDir
    Path folder;

    private record Answer(int status, String out, String err) {}

    private Answer plot(String body, String... options) throws IOException {
        Path file = folder.resolve("f.nad");
        Files.writeString(file, "program f" + body);
        List<String> line = new ArrayList<>(List.of("plot", file.toString()));
        line.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(line.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
        return new Answer(status, out.toString(), err.toString());
    }

    private List<String> kinks(String body, String... options) throws IOException {
        List<String> with = new ArrayList<>(List.of(options));
        with.addAll(List.of("-o", folder.resolve("f.svg").toString()));
        return plot(body, with.toArray(String[]::new)).out.lines().filter(l -> l.startsWith("kink")).toList();
    }

    /// `mvn test -Dtest=PlotCommandTest -Dnad.update=true` writes it anew: look at it before you commit it.
    @Test
    void theDrawingOfReluIsAsPinned() throws IOException {
        String svg = plot("(x) {\n return relu(x)\n}", "-o", "-").out;
        if (Boolean.getBoolean("nad.update")) Files.writeString(PINNED, svg);
        assertThat(svg).isEqualTo(Files.readString(PINNED));
    }

    /// The same switch draws the README's picture anew.
    @Test
    void thePictureOfTheReadmeIsDrawnByItsCommand() throws IOException {
        Matcher shown = Pattern.compile("# file: kinks\\.nad\nprogram (.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("README.md")));
        assertThat(shown.find()).isTrue();
        Path file = folder.resolve("kinks.nad");
        Files.writeString(file, "program " + shown.group(1));
        StringWriter svg = new StringWriter();
        assertThat(Main.run(new String[] {"plot", file.toString(), "-o", "-"}, new PrintWriter(svg), new PrintWriter(svg))).isZero();
        if (Boolean.getBoolean("nad.update")) Files.writeString(PICTURE, svg.toString());
        assertThat(svg.toString()).isEqualTo(Files.readString(PICTURE));
    }

    @Test
    void everyDrawingIsXmlWithATitleADescriptionAndNoPlaceOutside() throws Exception {
        for (String body : List.of("(x) {\n return log(x)\n}", "(x, y) {\n return abs(x) + max(x, y)\n}", "(x) {\n return 1 / x + exp(exp(x))\n}", "(x) {\n return 3 + 0 * x\n}")) {
            Answer a = plot(body, "-o", "-");
            assertThat(a.status).isZero();
            Path file = folder.resolve("g.svg");
            Files.writeString(file, a.out);
            var root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getDocumentElement();
            assertThat(root.getAttribute("viewBox")).startsWith("0 0 ");
            assertThat(root.getElementsByTagName("title").item(0).getTextContent()).startsWith("f(");
            assertThat(root.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
            assertThat(a.out).doesNotContain("NaN", "Infinity");
            Pattern.compile("[ML](-?[0-9.]+) (-?[0-9.]+)").matcher(a.out).results().forEach(m -> {
                assertThat(Double.parseDouble(m.group(1))).isBetween(0.0, 800.0);
                assertThat(Double.parseDouble(m.group(2))).isBetween(0.0, 740.0);
            });
        }
    }

    @Test
    void kinksAreFoundWhereTheyAre() throws IOException {
        assertThat(kinks("(x) {\n return abs(x - 1/3)\n}")).containsExactly("kink at x = 1/3: Clarke interval [−1, 1], selected 0");
        assertThat(kinks("(x) {\n return relu(x)\n}", "--convention", "right")).containsExactly("kink at x = 0: Clarke interval [0, 1], selected 1");
        assertThat(kinks("(x) {\n return max([x, -x, 0.5*x + 0.75])\n}"))
                .containsExactly("kink at x = −1/2: Clarke interval [−1, 0.5], selected −1", "kink at x = 3/2: Clarke interval [0.5, 1], selected 1");
        assertThat(kinks("(x) {\n return abs(sin(x))\n}", "--range", "3..4")).hasSize(1).first().asString().startsWith("kink at x = 3.14159: Clarke interval [−1, 1]");
        assertThat(kinks("(x) {\n return clip(x, -0.7, 1)\n}")).containsExactly("kink at x = −7/10: Clarke interval [0, 1], selected 0",
                "kink at x = 1: Clarke interval [0, 1], selected 0");
    }

    @Test
    void inRationalsTheEndsOfTheIntervalAreExact() throws IOException {
        assertThat(plot("(x) {\n return abs(x^2 - 1) + relu(x^3)\n}", "--json", "-o", folder.resolve("f.svg").toString()).out)
                .contains("\"kinks\":[{\"x\":-1.0,\"clarke\":[-2.0,2.0],\"selected\":0.0,\"met\":true},{\"x\":0.0,\"clarke\":[0.0,0.0],", "{\"x\":1.0,\"clarke\":[1.0,5.0],");
    }

    @Test
    void kinksThatAreTouchedAndNotCrossedAreFound() throws IOException {
        assertThat(kinks("(x) {\n return abs((x - 1/3)^2) + relu(-(x + 0.7001)^2)\n}")).containsExactly("kink at x = −7001/10000: Clarke set {−2.0669}, selected −2.0669",
                "kink at x = 1/3: Clarke set {0}, selected 0");
        assertThat(kinks("(x) {\n return max(sin(x), 1)\n}", "--range", "1..2")).singleElement().asString().startsWith("kink at x = 1.5708: Clarke set {0}");
        assertThat(kinks("(x) {\n return abs((x - 1/3)^2 + 1/1000000)\n}")).isEmpty();
    }

    @Test
    void whereThePiecesAgreeThereIsNoKink() throws IOException {
        assertThat(kinks("(x) {\n return huber(x, 1)\n}")).isEmpty();
        assertThat(kinks("(x) {\n return x + relu(-2 - x * x)\n}")).isEmpty();
    }

    @Test
    void aKinkOfTheTextAloneIsShownWithTheOnlyDerivative() throws IOException {
        assertThat(kinks("(x) {\n return relu(x)^2\n}")).containsExactly("kink at x = 0: Clarke set {0}, selected 0");
    }

    @Test
    void aSelectionOutsideTheClarkeSetIsSaid() throws IOException {
        assertThat(kinks("(x) {\n return relu(x) - relu(-x)\n}")).containsExactly("kink at x = 0: Clarke set {1}, selected 0, outside");
        assertThat(kinks("(x) {\n return relu(x) - relu(-x)\n}", "--kink", "relu=1/2")).containsExactly("kink at x = 0: Clarke set {1}, selected 1");
    }

    @Test
    void theKinksOfTwoVariablesAreThoseOfTheFunction() throws IOException {
        assertThat(plot("(x, y) {\n return abs(x) + abs(y)\n}", "-o", "-").out).contains("M78 389.5L696 389.5M387 684L387 95", "not differentiable");
        assertThat(plot("(x, y) {\n return relu(x) - relu(-x) + y * y\n}", "-o", "-").out).contains("No lines of kinks.");
    }

    @Test
    void asJsonTheKinksAreNumbers() throws IOException {
        Answer a = plot("(x) {\n return relu(x)\n}", "--json", "-o", folder.resolve("f.svg").toString());
        assertThat(a.out).contains("\"title\":\"f(x)\",\"kinks\":[{\"x\":0.0,\"clarke\":[0.0,1.0],\"selected\":0.0,\"met\":true}]}");
    }

    @Test
    void anEntryOfATensorVariesAndTheRestStaysAsGiven() throws IOException {
        String body = "(v: real[3], w) {\n return abs(v[2] - v[1]) * w + v[3]\n}";
        assertThat(kinks(body, "--x", "v[2]", "--at", "v=[1, 0, 5], w=2")).containsExactly("kink at v[2] = 1: Clarke interval [−2, 2], selected 0");
    }

    @Test
    void pngHasTwoPixelsForOneAndIsNotBlank() throws IOException {
        Path png = folder.resolve("f.png");
        assertThat(plot("(x) {\n return abs(x)\n}", "-o", png.toString()).status).isZero();
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(1600, 1200);
        long colors = java.util.stream.IntStream.range(0, 1600 * 1200).map(k -> image.getRGB(k % 1600, k / 1600)).distinct().count();
        assertThat(colors).isGreaterThan(5);
    }

    @Test
    void aPictureGoesToStandardOutput() throws IOException {
        Path file = folder.resolve("f.nad");
        Files.writeString(file, "program f(x) {\n return abs(x)\n}");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringWriter said = new StringWriter();
        assertThat(Main.run(new String[] {"plot", file.toString(), "-o", "-", "--format", "png"}, new PrintWriter(said), new PrintWriter(said), bytes)).isZero();
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray())).getWidth()).isEqualTo(1600);
        assertThat(said.toString()).isEmpty();
        assertThat(plot("(x) {\n return abs(x)\n}", "-o", "-", "--format", "png").err).contains("`-` does not fit `--output`");
        assertThat(plot("(x) {\n return abs(x)\n}", "-o", "-", "--format", "gif").err).contains("`gif` does not fit `--format`, which takes svg, png.");
    }

    @Test
    void whereEveryParameterHasAValueThePictureIsAroundIt() throws IOException {
        assertThat(plot("(x, y) {\n return abs(x) + y\n}", "--at", "x=7, y=-1", "-o", "-").out).contains("for x from 5 to 9 and y from −3 to 1");
        assertThat(plot("(x, y) {\n return abs(x) + y\n}", "--at", "x=7, y=-1", "--x", "y", "-o", "-").out).contains("for y from −3 to 1");
        assertThat(plot("(x, y) {\n return abs(x) + y\n}", "--at", "y=-1", "-o", "-").out).contains("for x from −2 to 2");
    }

    @Test
    void costsGrowBelowTheBound() throws IOException {
        Answer a = plot("<n = 2>(x: real[n]) {\n return sum(x[i] * x[i + 1] for i in 1..n - 1)\n}", "--cost", "n=2..50", "-o", "-");
        assertThat(a.out).contains("<desc id=\"desc\">For n from 2 to 50: above, the operations of f and backprop(f); below, their ratio and its bound. "
                + "At n = 50 they are 97 and 244, the ratio 2.51546, the bound 5.</desc>");
    }

    @Test
    void whatCannotBeDrawnIsRefused() throws IOException {
        String three = "(x, y, z) {\n return x * y * z\n}";
        assertThat(plot(three).err).contains("error[bad-option]: `x, y, z` does not fit `--x`, which takes one variable or two; `--at` fixes the others.");
        assertThat(plot(three, "--x", "x,w").err).contains("error[unknown-input]: This program has no parameter named `w`.");
        assertThat(plot(three, "--x", "x").err).contains("error[missing-input]: The parameter `y` (real) has no value.", "The parameter `z`");
        assertThat(plot("(x) {\n return x\n}", "--range", "x=2..2").err).contains("error[bad-option]: `x=2..2` does not fit `--range`, which takes x=low..high with low < high");
        assertThat(plot("(x) {\n return x\n}", "--range", "y=1..2").err).contains("error[unknown-input]: This program has no parameter named `y`.");
        assertThat(plot("(x) {\n return log(x)\n}", "--range=-2..-1").err).contains("`x=-2..-1` does not fit `--range`, which takes a range in which the function has a finite value");
        assertThat(plot("(x: real[2]) {\n return x\n}").err).contains("error[no-scalar-result]");
        assertThat(plot("(v: real[2]) {\n return sum(v)\n}", "--x", "v[3]", "--at", "v=[1,2]").err).contains("error[index-out-of-range]");
        assertThat(plot("(x) {\n return x\n}", "-o", "f.gif").err).contains("a name that ends with .svg or .png, or -");
        assertThat(plot("(x) {\n return x\n}", "--cost", "n=5..2").err).contains("`n=5..2` does not fit `--cost`");
    }
}
