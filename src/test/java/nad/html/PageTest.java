package nad.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nad.core.Program;
import nad.forward.Forprop;
import nad.print.Printer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PageTest {
    private static final String PRODUCT = "program f(x, y) {\n  a = x * y\n  b = relu(a)\n  return b + x\n}\n";

    static List<Path> sources() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
            return files.filter(f -> f.toString().endsWith(".nad")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyPageIsWellFormedAndItsNamesAreUnique(Path source) throws Exception {
        for (String page : both(source)) assertThat(names(Pages.tree(page))).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyLinkLeadsToAnElementOfThePage(Path source) throws Exception {
        for (String text : both(source)) {
            Document page = Pages.tree(text);
            assertThat(links(page)).hasSizeGreaterThan(2);
            assertThat(names(page)).containsAll(links(page));
        }
    }

    private static List<String> both(Path source) throws Exception {
        String text = Files.readString(source);
        return List.of(Pages.of(text), Pages.tangents(text));
    }

    private static List<String> names(Document page) {
        return Pages.elements(page, "*").stream().map(e -> "#" + e.getAttribute("id")).filter(s -> s.length() > 1).toList();
    }

    private static Set<String> links(Document page) {
        return new TreeSet<>(Pages.elements(page, "a").stream().map(a -> a.getAttribute("href")).toList());
    }

    @ParameterizedTest
    @MethodSource("sources")
    void aPageLoadsNothing(Path source) throws Exception {
        String page = Pages.of(Files.readString(source)).replace("http://www.w3.org/1999/xhtml", "");
        assertThat(page).doesNotContain("http:", "https:", "//www", "src=", "@import", "url(", "<link");
    }

    @ParameterizedTest
    @MethodSource("sources")
    void theSameProgramGivesTheSamePage(Path source) throws Exception {
        assertThat(Pages.of(Files.readString(source))).isEqualTo(Pages.of(Files.readString(source)));
    }

    @Test
    void aStatementItsBlockAndItsProofHaveOneNumberAndOneColour() throws Exception {
        Document page = Pages.tree(Pages.of(PRODUCT));
        for (int k = 0; k < 3; k++) {
            String number = Integer.toString(k);
            String colour = Palette.of(k);
            List<Element> rows = Pages.elements(page, "*").stream().filter(e -> e.getAttribute("data-s").equals(number)).toList();
            assertThat(rows).hasSize(3).allSatisfy(r -> assertThat(r.getAttribute("class").split(" ")).contains(colour));
            assertThat(rows.getFirst().getTextContent()).startsWith(Integer.toString(k + 1));
        }
    }

    @Test
    void blocksStandInReverse() throws Exception {
        List<String> blocks = Pages.elements(Pages.tree(Pages.of(PRODUCT)), "li").stream().map(e -> e.getAttribute("id")).filter(s -> s.startsWith("b")).toList();
        assertThat(blocks).containsExactly("b2", "b1", "b0");
    }

    /// What backprop's page pairs, the tangents' page pairs: each statement of the tangent program once, in its own order.
    @ParameterizedTest
    @MethodSource("sources")
    void tangentsStandBesideTheirStatements(Path source) throws Exception {
        Program p = Pages.program("f.nad", Files.readString(source));
        Program q = Forprop.jvp(p, null, 2, new ArrayList<>());
        Document page = Pages.tree(Pages.tangents(Files.readString(source)));
        String shown = String.join("\n", Pages.elements(page, "pre").stream().map(Element::getTextContent).toList());
        IntFunction<String> texts = Printer.statements(q);
        assertThat(shown).isEqualTo(IntStream.range(0, q.length()).filter(i -> q.target(i) >= p.variables()).mapToObj(texts).filter(Objects::nonNull)
                .collect(Collectors.joining("\n")));
        assertThat(main(page)).contains("✓ Within the bound", "Tangents, along 2 directions").doesNotContain("backprop", "proof");
    }

    @Test
    void aTangentHasTheNumberAndTheColourOfItsStatementAndItsCostUnderIts() throws Exception {
        Document page = Pages.tree(Pages.tangents(PRODUCT));
        Element tangent = Pages.elements(page, "li").stream().filter(e -> e.getAttribute("id").equals("b0")).findFirst().orElseThrow();
        assertThat(tangent.getAttribute("class").split(" ")).contains(Palette.of(0));
        assertThat(tangent.getTextContent()).startsWith("1tangent of acost of the tangent 6").contains("a_dot = ");
        assertThat(Pages.elements(page, "tfoot").getFirst().getTextContent()).isEqualTo("sum" + "3" + "10" + "4.33" + "7");
    }

    @Test
    void theProofHoldsTheSumsAndTheVerdict() throws Exception {
        Document page = Pages.tree(Pages.of(PRODUCT));
        assertThat(Pages.elements(page, "tfoot").getFirst().getTextContent()).isEqualTo("sum" + "3" + "4" + "2.33" + "5");
        assertThat(main(page)).contains("The bound holds", "It holds.", "cost(backprop(f)) = 7 ≤ ω · cost(f) = 5 · 3 = 15");
    }

    private static String main(Document page) {
        return Pages.elements(page, "main").getFirst().getTextContent();
    }

    @Test
    void aBrokenDumpIsBlamedWhereItIsBroken() throws Exception {
        Program p = Pages.program("f.nad", "program f(x, y) {\n  a = x * y\n  b = a * x\n  return b\n}\n");
        String dump = Printer.print(Pages.backprop(p));
        Program q = Pages.program("dump.nad", dump.replace("y_bar = a_bar * x", "y_bar = a_bar * y"));
        Document page = Pages.tree(Pages.of(p, q, null));
        assertThat(main(page)).contains("✗ Within the cost, but not an instance of the rules", "Within the cost, but not an instance of the rules:", "dump.nad:").doesNotContain("It holds");
        assertThat(Pages.elements(page, "li").stream().filter(e -> e.getAttribute("class").contains("blamed")).map(e -> e.getAttribute("id"))).containsExactly("b0");
    }

    @Test
    void kinksAreMarkedAtTheStatementsThatMetThem() throws Exception {
        Evaluation at = new Evaluation(List.of(new Evaluation.Fact("x", "0")), Map.of(1, List.of("relu at 0 selects 0")), false, List.of());
        List<Element> marked = Pages.elements(Pages.tree(Pages.of(PRODUCT, at)), "li").stream().filter(e -> e.getTextContent().contains("◆")).toList();
        assertThat(marked).singleElement().satisfies(e -> assertThat(e.getTextContent()).contains("b = relu(a)", "relu at 0 selects 0"));
        assertThat(Pages.of(PRODUCT)).doesNotContain("◆ kink");
    }

    @Test
    void textFromOutsideStaysText() throws Exception {
        String hostile = "<script>alert('x')</script> & \"q\" ]]> \u0000\u0007\ud800 \u2028";
        Document tree = Pages.tree(Pages.of(PRODUCT, new Evaluation(List.of(new Evaluation.Fact(hostile, hostile)), Map.of(1, List.of(hostile)), false, List.of(hostile))));
        assertThat(Pages.elements(tree, "script")).hasSize(1);
        assertThat(Pages.elements(tree, "dt").stream().map(Element::getTextContent)).contains("<script>alert('x')</script> & \"q\" ]]> \ufffd\ufffd\ufffd \u2028");
    }

    @Test
    void aLongProgramShowsItsBeginningAndItsEnd() throws Exception {
        String page = Pages.of(Pages.chain(5000));
        Document tree = Pages.tree(page);
        assertThat(Pages.elements(tree, "li").stream().filter(e -> e.getAttribute("id").startsWith("s"))).hasSize(Subject.MOST_SHOWN);
        assertThat(Pages.elements(tree, "li").stream().map(Element::getTextContent)).contains("4000 more are left out here; every sum is of all of them");
        assertThat(Pages.elements(tree, "tfoot").getFirst().getTextContent()).startsWith("sum" + "5000");
        assertThat(names(tree)).containsAll(links(tree));
        assertThat(page.length()).isLessThan(2_000_000);
    }

    @Test
    void aLongTextIsCut() {
        assertThat(Subject.cut(String.join(" + ", Collections.nCopies(400, "x")))).endsWith("…").hasSize(600);
        assertThat(Subject.cut("x + y")).isEqualTo("x + y");
    }

    @Test
    void barsAreForEyesAlone() throws Exception {
        assertThat(Pages.elements(Pages.tree(Pages.of(PRODUCT)), "span").stream().filter(e -> e.getAttribute("class").startsWith("bar")))
                .isNotEmpty().allSatisfy(e -> assertThat(e.getAttribute("aria-hidden")).isEqualTo("true"));
    }
}
