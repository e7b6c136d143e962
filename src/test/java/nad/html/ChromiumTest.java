package nad.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A page in a real browser, without a network: it opens from the disk, lights what belongs together, and fits its window.
/// Stands aside where no Chromium is installed. A script behind the page does what a reader does, and leaves what it finds
/// in the page's title.
class ChromiumTest {
    private static final String PROGRAM = Pages.chain(12);

    @TempDir
    Path folder;

    @Test
    void pointingAtAStatementLightsItsBlockAndItsProof() throws Exception {
        assertThat(found(PROGRAM, 1200, "document.getElementById('s3').dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));"
                + "document.title = [...document.querySelectorAll('.lit')].map(e => e.tagName + e.id).join(' ')")).isEqualTo("LIs3 LIb3 TR");
    }

    @Test
    void theKeyboardLightsTooAndLeavesAgain() throws Exception {
        assertThat(eventually(PROGRAM, "document.querySelector('#b5 a').focus()", "lit() === 's5 b5 '", "document.querySelector('.skip').focus()", "lit() === ''")).isEqualTo("done");
    }

    @Test
    void enterGoesOverWithTheFocusAndEscapePutsTheLightOut() throws Exception {
        assertThat(eventually(PROGRAM, "document.querySelector('#s4 a').focus()", "lit() === 's4 b4 '", "document.querySelector('#s4 a').click()",
                "document.activeElement === document.querySelector('#b4 a')", "document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))", "lit() === ''"))
                .isEqualTo("done");
    }

    @Test
    void focusBringsTheOtherSideIntoView() throws Exception {
        assertThat(eventually(Pages.chain(200), "document.querySelector('#s0 a').focus()", """
                (() => { const b = document.getElementById('b0'); const pane = b.closest('.scroll').getBoundingClientRect(); const other = b.getBoundingClientRect();
                  return other.top >= pane.top ? other.bottom <= pane.bottom : false })()""")).isEqualTo("done");
    }

    /// Does what a reader does and waits until it has its effect, which a busy machine may take its time for; then the next.
    ///
    /// @param steps what to do and what becomes true then, in turn
    /// @return `done`, or what never came true
    private String eventually(String program, String... steps) throws Exception {
        StringBuilder script = new StringBuilder("const lit = () => [...document.querySelectorAll('.lit')].map(e => e.id).join(' ');")
                .append("const steps = [");
        for (int k = 0; k < steps.length; k += 2) script.append("[() => ").append(steps[k]).append(", () => ").append(steps[k + 1]).append("],");
        return found(program, 1200, script.append("""
                ];
                const go = (k, tries) => {
                  if (k === steps.length) { document.title = 'done'; return }
                  document.title = 'never: ' + steps[k][1] + ' lit ' + lit();
                  if (tries === 0) return;
                  steps[k][0]();
                  setTimeout(() => steps[k][1]() ? go(k + 1, 400) : go(k, tries - 1), 20);
                };
                go(0, 400);""").toString());
    }

    @Test
    void aPageInTheDarkIsPrintedOnWhite() throws Exception {
        String colours = "const seen = m => [...document.styleSheets[0].cssRules].filter(r => r instanceof CSSMediaRule ? r.conditionText.includes('dark') : false)"
                + ".every(r => r.conditionText.startsWith('screen'));document.title = String(seen())";
        assertThat(found(PROGRAM, 1200, colours)).isEqualTo("true");
    }

    @Test
    void nothingMovesByItself() throws Exception {
        assertThat(found(PROGRAM, 1200, "document.title = String([...document.querySelectorAll('*')].map(e => getComputedStyle(e)).every(s => "
                + "s.animationName === 'none' ? s.transitionDuration === '0s' ? s.scrollBehavior === 'auto' : false : false))")).isEqualTo("true");
    }

    @Test
    void headingsGoDownByOneAndRegionsAreNamed() throws Exception {
        assertThat(found(PROGRAM, 1200, "document.title = [...document.querySelectorAll('h1,h2,h3,h4')].map(h => h.tagName).join(' ') + '|' + [...document.querySelectorAll('section')]"
                + ".every(s => document.getElementById(s.getAttribute('aria-labelledby')) !== null)")).isEqualTo("H1 H2 H2 H2|true");
    }

    @Test
    void nothingIsWiderThanAPhone() throws Exception {
        assertThat(found(Files.readString(Path.of("src/test/resources/golden/mlp.nad")), 500,
                "document.title = String(document.documentElement.scrollWidth - document.documentElement.clientWidth)")).isEqualTo("0");
    }

    @Test
    void panesStandSideBySideOnlyWhereThereIsRoom() throws Exception {
        String columns = "document.title = getComputedStyle(document.querySelector('.panes')).gridTemplateColumns.split(' ').length";
        assertThat(found(PROGRAM, 1200, columns)).isEqualTo("2");
        assertThat(found(PROGRAM, 500, columns)).isEqualTo("1");
    }

    @Test
    void thousandsOfStatementsOpen() throws Exception {
        assertThat(found(Pages.chain(5000), 1200, "document.title = document.querySelectorAll('.pane li').length")).isEqualTo(Integer.toString(2 * (Subject.MOST_SHOWN + 1)));
    }

    /// The title that the script leaves.
    private String found(String program, int width, String script) throws Exception {
        String page = Pages.of(program).replace("</body>", "<script>try { " + script + " } catch (e) { document.title = 'failed: ' + e }</script></body>");
        Path file = Files.writeString(folder.resolve("page.html"), page);
        String dom = chromium("--window-size=" + width + ",900", "--virtual-time-budget=20000", "--dump-dom", file.toUri().toString());
        return dom.substring(dom.indexOf("<title>") + 7, dom.indexOf("</title>"));
    }

    private String chromium(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(installed(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Process p = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            assertThat(p.waitFor(60, TimeUnit.SECONDS)).as("Chromium answers").isTrue();
        } finally {
            p.destroyForcibly();
        }
        return Files.readString(out);
    }

    private static String installed() {
        Optional<Path> found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(f -> Stream.of("chromium", "chromium-browser", "google-chrome").map(n -> Path.of(f, n))).filter(Files::isExecutable).findFirst();
        assumeTrue(found.isPresent(), "no Chromium is installed");
        return found.get().toString();
    }
}
