package io.fizeau.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.fizeau.results.compare.ComparisonOptions;
import io.fizeau.results.compare.RunComparisons;
import io.fizeau.results.compare.Side;
import io.fizeau.results.run.ForkEntry;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser. Skipped, and said so, where there is no Chromium. */
@Timeout(300)
class ReportInChromiumIT {
    private static final String FIRST = "fizeau.plots[0]";

    @TempDir
    private static Path temp = Path.of("");

    private static List<Chromium> browser = List.of();
    private static Path page = Path.of("");
    private static Path comparison = Path.of("");

    private Chromium chromium = browser.isEmpty() ? null : browser.get(0);

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Chromium.program().isPresent(),
                "SKIPPED: there is no chromium, chromium-browser or google-chrome on the PATH to look at the report with");
        final Run run = ReportFixture.everything(temp.resolve("run"), 1);
        final Run other = ReportFixture.everything(temp.resolve("other"), 2);
        page = Files.writeString(
                temp.resolve("report.html"),
                RunReport.of(run, List.of(), "test").html());
        comparison = Files.writeString(
                temp.resolve("comparison.html"),
                ComparisonReport.of(
                                RunComparisons.of(Side.of(run), Side.of(other), ComparisonOptions.standard()), "test")
                        .html());
        browser = List.of(Chromium.start(Chromium.program().orElseThrow(), temp.resolve("profile")));
    }

    @AfterAll
    static void stop() {
        browser.forEach(Chromium::close);
    }

    @BeforeEach
    void open() throws Exception {
        size(1200, 900);
        chromium.call("Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
        chromium.open(page);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldDrawEveryChartWithoutAnErrorOrARequest(final boolean isComparison) throws Exception {
        final int before = chromium.events("Network.requestWillBeSent").size();
        final Path opened = isComparison ? comparison : page;
        chromium.open(opened);

        assertThat(chromium.eval("document.querySelectorAll('figure').length").asInt())
                .isPositive();
        assertThat(chromium.eval(
                                "[...document.querySelectorAll('figure')].every(f => { const c = f.querySelector('canvas');"
                                        + " return c && c.width > 0 && new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width,"
                                        + " c.height).data.buffer).some(v => v !== 0); })")
                        .asBoolean())
                .isTrue();
        assertThat(chromium.events("Network.requestWillBeSent").stream()
                        .skip(before)
                        .map(event ->
                                event.path("params").path("request").path("url").asText()))
                .containsOnly(opened.toUri().toString());
        assertThat(chromium.events("Runtime.exceptionThrown")).isEmpty();
        assertThat(chromium.events("Runtime.consoleAPICalled")).isEmpty();
        assertThat(chromium.events("Log.entryAdded")).isEmpty();
        assertThat(chromium.eval("document.querySelectorAll('img').length").asInt())
                .isZero();
        assertThat(chromium.eval("document.title").asText()).isNotEqualTo("broken");
    }

    @Test
    void shouldShowASquareForEachFork() throws Exception {
        final JsonNode squares = chromium.eval("[...document.querySelectorAll('.rounds i')].map(square =>"
                + " [parseInt(square.title), square.getBoundingClientRect().width, square.style.background])");

        final List<Integer> indexes = new ArrayList<>();
        for (final JsonNode square : squares) {
            indexes.add(square.get(0).asInt(-1));
            assertThat(square.get(1).doubleValue()).isPositive();
            assertThat(square.get(2).asText()).startsWith("rgb(");
        }
        assertThat(indexes)
                .containsExactlyInAnyOrderElementsOf(RunReader.read(temp.resolve("run")).manifest().forks().stream()
                        .map(ForkEntry::index)
                        .toList());
    }

    @Test
    void shouldHideALineWithItsBandByAClickInTheLegendAndBringItBack() throws Exception {
        final String shown = FIRST + ".u.series.slice(...fizeau.plots[0].own[1]).map(s => s.show)";
        final JsonNode button = chromium.eval(
                "(() => { const b = document.querySelectorAll('figure')[0]"
                        + ".querySelectorAll('.legend button')[1]; b.scrollIntoView({block: 'center'});"
                        + " const r = b.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2, b.textContent]; })()");
        assertThat(button.get(2).asText()).startsWith("aeron-udp");
        assertThat(chromium.eval(shown)).allMatch(JsonNode::asBoolean);

        click(button.get(0).asDouble(), button.get(1).asDouble());
        assertThat(chromium.eval(shown)).isNotEmpty().noneMatch(JsonNode::asBoolean);
        assertThat(chromium.eval(FIRST + ".u.series.slice(...fizeau.plots[0].own[0]).map(s => s.show)"))
                .allMatch(JsonNode::asBoolean);

        click(button.get(0).asDouble(), button.get(1).asDouble());
        assertThat(chromium.eval(shown)).allMatch(JsonNode::asBoolean);
    }

    @Test
    void shouldTellTheValuesUnderThePointerAndByTheArrowKeys() throws Exception {
        final JsonNode spot = chromium.eval("(() => { const p = document.querySelector('.plot');"
                + " p.scrollIntoView({block: 'center'}); const r = p.querySelector('.u-over').getBoundingClientRect();"
                + " return [r.x + " + FIRST + ".u.valToPos(2, 'x'), r.y + r.height / 2]; })()");
        mouse("mouseMoved", spot.get(0).asDouble(), spot.get(1).asDouble());

        chromium.await("document.querySelector('.legend .at').textContent === 'percentile 99 %'");
        assertThat(chromium.eval("document.querySelector('.legend output').textContent")
                        .asText())
                .matches("[\\d.]+ us \\([\\d.]+ us - [\\d.]+ us\\), 200 beyond");

        chromium.eval("document.querySelector('.plot').focus()");
        chromium.call(
                "Input.dispatchKeyEvent",
                Map.of("type", "rawKeyDown", "key", "ArrowRight", "code", "ArrowRight", "windowsVirtualKeyCode", 39));
        chromium.await("document.querySelector('.legend .at').textContent === 'percentile 99.5 %'");
    }

    @Test
    void shouldTellTheSameInATableBelowTheChart() throws Exception {
        chromium.eval("document.querySelector('figure details').open = true");
        chromium.await("document.querySelector('figure details table')");

        final JsonNode rows = chromium.eval("[...document.querySelector('figure details table').rows]"
                + ".map(row => [...row.cells].map(cell => cell.textContent))");
        assertThat(rows.get(0)).extracting(JsonNode::asText).containsExactly("percentile", "tcp-nio", "aeron-udp");
        assertThat(rows).anySatisfy(row -> {
            assertThat(row.get(0).asText()).isEqualTo("99 %");
            assertThat(row.get(1).asText()).matches("[\\d.]+ us \\([\\d.]+ us - [\\d.]+ us\\), 200 beyond");
        });
    }

    @Test
    void shouldPutPercentilesAsFarApartAsTheirDecades() throws Exception {
        final JsonNode ticks = chromium.eval("(() => { const u = " + FIRST + ".u; const at = u.axes[0]._splits;"
                + " return at.map((v, i) => [u.axes[0]._values[i], u.valToPos(v, 'x')]); })()");

        assertThat(ticks)
                .extracting(tick -> tick.get(0).asText())
                .containsExactly("0 %", "50 %", "90 %", "99 %", "99.9 %");
        final double decade =
                ticks.get(3).get(1).asDouble() - ticks.get(2).get(1).asDouble();
        assertThat(decade).isPositive();
        assertThat(ticks.get(4).get(1).asDouble() - ticks.get(3).get(1).asDouble())
                .isCloseTo(decade, within(1.0));
        assertThat(ticks.get(2).get(1).asDouble() - ticks.get(0).get(1).asDouble())
                .isCloseTo(decade, within(1.0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldFitAPhoneWithoutScrollingSideways(final boolean isComparison) throws Exception {
        size(360, 740);
        chromium.open(isComparison ? comparison : page);

        assertThat(chromium.eval("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(360);
        chromium.eval("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        assertThat(chromium.eval("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(360);
        assertThat(chromium.eval(FIRST + ".u.width").asInt()).isBetween(250, 360);
    }

    @Test
    void shouldTurnDarkWithTheSystem() throws Exception {
        final String ground = "getComputedStyle(document.documentElement).backgroundColor";
        assertThat(chromium.eval(ground).asText()).isEqualTo("rgb(255, 255, 255)");

        chromium.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));

        assertThat(chromium.eval(ground).asText()).isEqualTo("rgb(22, 24, 27)");
    }

    @Test
    void shouldPrintOnWhiteWithChartsThatFitThePaper() throws Exception {
        chromium.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        final byte[] pdf = Base64.getDecoder()
                .decode(chromium.call("Page.printToPDF", Map.of("printBackground", true))
                        .path("data")
                        .asText());

        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        chromium.eval("dispatchEvent(new Event('beforeprint'))");
        assertThat(chromium.eval(FIRST + ".u.width").asInt()).isLessThanOrEqualTo(680);
        chromium.eval("dispatchEvent(new Event('afterprint'))");
        assertThat(chromium.eval(FIRST + ".u.width").asInt()).isGreaterThan(680);
        chromium.call(
                "Emulation.setEmulatedMedia",
                Map.of("media", "print", "features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        assertThat(chromium.eval("getComputedStyle(document.documentElement).backgroundColor")
                        .asText())
                .isEqualTo("rgb(255, 255, 255)");
    }

    private void size(final int width, final int height) throws Exception {
        chromium.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    private void click(final double x, final double y) throws Exception {
        mouse("mousePressed", x, y);
        mouse("mouseReleased", x, y);
    }

    private void mouse(final String type, final double x, final double y) throws Exception {
        chromium.call(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        x,
                        "y",
                        y,
                        "button",
                        type.equals("mouseMoved") ? "none" : "left",
                        "clickCount",
                        1));
    }
}
