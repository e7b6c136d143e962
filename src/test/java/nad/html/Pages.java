package nad.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import nad.backprop.Backprop;
import nad.bound.CheapGradient;
import nad.bound.ForwardCosts;
import nad.check.Checker;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.dictionary.CostModel;
import nad.dictionary.Tangents;
import nad.forward.Forprop;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// Pages for tests, and pages read back as trees.
final class Pages {
    private Pages() {}

    static Program program(String name, String text) {
        Checker c = Checker.readText(new DiskFiles(), name, text);
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        assertThat(p).as(c.problems().toString()).isNotNull();
        return p;
    }

    static Program backprop(Program p) {
        Program q = Backprop.of(p, null, new ArrayList<>());
        assertThat(q).isNotNull();
        return q;
    }

    static String of(String text) {
        return of(text, null);
    }

    static String of(String text, Evaluation at) {
        Program p = program("f.nad", text);
        return of(p, backprop(p), at);
    }

    static String of(Program p, Program q, Evaluation at) {
        return Page.of(p, q, CheapGradient.certify(p, q, CostModel.UNIT, null), "unit", at);
    }

    /// The page of the tangent program that pushes two directions forward.
    static String tangents(String text) {
        Program p = program("f.nad", text);
        Program q = Forprop.jvp(p, null, 2, new ArrayList<>());
        assertThat(q).isNotNull();
        return Page.of(p, q, ForwardCosts.of(p, q, 2, Tangents.Way.SELECTION, CostModel.UNIT), "jvp", 2, "unit");
    }

    /// A program of n statements, each of which depends on the one before.
    static String chain(int n) {
        StringBuilder out = new StringBuilder("program chain(x) {\n  y1 = x * x\n");
        for (int k = 2; k <= n; k++) out.append("  y").append(k).append(" = y").append(k - 1).append(" * x\n");
        return out.append("  return y").append(n).append("\n}\n").toString();
    }

    /// The page as a tree: a page that is not well-formed is none.
    static Document tree(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }

    static List<Element> elements(Document page, String name) {
        NodeList found = page.getElementsByTagName(name);
        List<Element> out = new ArrayList<>();
        for (int k = 0; k < found.getLength(); k++) out.add((Element) found.item(k));
        return out;
    }
}
