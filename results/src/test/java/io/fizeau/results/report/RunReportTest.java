package io.fizeau.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.compare.ComparisonOptions;
import io.fizeau.results.compare.RunComparisons;
import io.fizeau.results.compare.Side;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
    private static final int MOST_BYTES = 500_000;

    @TempDir
    private Path temp = Path.of("");

    @Test
    void shouldShowWhatTheRunHas() throws IOException {
        final String html = html(ReportFixture.everything(temp.resolve("run"), 1));

        assertThat(titles(html))
                .containsExactly("Results", "Percentiles", "Load", "Goodput and loss", "Round order", "Manifest");
        assertThat(html)
                .contains("Closed round trip, 32 B, spinning: percentiles.")
                .contains("theory: mathis")
                .contains("why it failed")
                .contains("no answer within 5000 ms")
                .contains("host.cpuModel");
        assertThat(html.length()).isLessThan(MOST_BYTES);
    }

    @Test
    void shouldLeaveOutSectionsThatTheRunHasNothingFor() {
        final Path folder = new RunFolderBuilder(temp)
                .transport("tcp-nio", "spinning")
                .oneWay(0, "tcp-nio", "gathered", 1e6)
                .write();

        assertThat(titles(html(RunReader.read(folder)))).containsExactly("Results", "Round order", "Manifest");
    }

    @Test
    void shouldDrawMedianAndRangeOverForksWithWhatStandsBehindEachPoint() throws IOException {
        final JsonNode lines = charts(html(ReportFixture.everything(temp.resolve("run"), 1)))
                .get(0)
                .path("lines");

        assertThat(lines.size()).isEqualTo(2);
        assertThat(lines.get(0).path("name").asText()).isEqualTo("tcp-nio");
        assertThat(lines.get(0).path("colour").asText()).isEqualTo("#0072B2");
        JsonNode last = lines.get(0).path("marks").get(0);
        for (final JsonNode mark : lines.get(0).path("marks")) {
            last = mark;
            assertThat(mark.get(2).doubleValue())
                    .isLessThanOrEqualTo(mark.get(1).doubleValue());
            assertThat(mark.get(1).doubleValue())
                    .isLessThanOrEqualTo(mark.get(3).doubleValue());
        }
        // 20 000 messages a fork: ten are beyond p99.95, two beyond p99.99.
        assertThat(last.get(0).doubleValue()).isEqualTo(99.95);
        assertThat(last.get(5).asText()).isEqualTo("10 beyond");
    }

    @Test
    void shouldMarkAnInvalidRowInTheTableAndOnTheChart() throws IOException {
        ReportFixture.everything(temp.resolve("run"), 1);
        final Path manifest = temp.resolve("run/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("PASSED", "FAILED"));
        final String html = html(RunReader.read(temp.resolve("run")));

        assertThat(html).contains("<tr class=\"invalid\"><td class=\"l\">tcp-nio</td>");
        final JsonNode line = charts(html).get(0).path("lines").get(0);
        assertThat(line.path("name").asText()).isEqualTo("tcp-nio (INVALID)");
        assertThat(line.path("marks").get(0).get(4).asInt()).isZero();
    }

    @Test
    void shouldLetNoTextOfTheRunBecomeMarkup() throws IOException {
        final Path folder = temp.resolve(ReportFixture.HOSTILE.replace("/", ""));
        ReportFixture.everything(folder, 1);
        final Path manifest = folder.resolve("manifest.json");
        final String hostile = new ObjectMapper().writeValueAsString(ReportFixture.HOSTILE + "@script@");
        Files.writeString(manifest, Files.readString(manifest).replace("\"aeron-udp\"", hostile));
        final Path jmh = folder.resolve("jmh/001.json");
        Files.writeString(jmh, Files.readString(jmh).replace("\"aeron-udp\"", hostile));

        final String html = html(RunReader.read(folder));

        assertThat(html).doesNotContain("<img").contains("x&lt;/script&gt;&lt;img");
        assertThat(count(html, "<script")).isEqualTo(3);
        assertThat(count(html, "</script")).isEqualTo(3);
        assertThat(charts(html).get(0).path("lines").get(1).path("name").asText())
                .startsWith(ReportFixture.HOSTILE + "@script@");
    }

    @Test
    void shouldFetchNothingAndSaySoToTheBrowser() throws IOException {
        final String html = html(ReportFixture.everything(temp.resolve("run"), 1));

        assertThat(html).contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-");
        assertThat(html).doesNotContainPattern("(src|href)=\"?(https?:)?//");
        assertThat(html).contains("Permission is hereby granted, free of charge");
    }

    @Test
    void shouldNameALogThatIsCutShortAndShowTheRest() throws IOException {
        ReportFixture.everything(temp.resolve("run"), 1);
        final Path log = temp.resolve("run/histograms/000-service.hlog");
        Files.writeString(log, Files.readString(log).substring(0, 900));

        final Report report = RunReport.of(RunReader.read(temp.resolve("run")), List.of(), "test");

        assertThat(report.problems())
                .singleElement()
                .asString()
                .startsWith("histograms/000-service.hlog: is cut short");
        assertThat(titles(report.html())).contains("Percentiles", "Unread");
    }

    @Test
    void shouldLayTheCurvesOfTwoRunsOverEachOther() throws IOException {
        final Run base = ReportFixture.everything(temp.resolve("base"), 1);
        final Run candidate = ReportFixture.everything(temp.resolve("candidate"), 2);

        final String html = ComparisonReport.of(
                        RunComparisons.of(Side.of(base), Side.of(candidate), ComparisonOptions.standard()), "test")
                .html();

        assertThat(titles(html)).containsExactly("Verdicts", "Percentiles", "Manifests", "Round order");
        final JsonNode lines = charts(html).get(0).path("lines");
        assertThat(lines.get(0).path("name").asText()).isEqualTo("tcp-nio, candidate");
        assertThat(lines.get(1).path("name").asText()).isEqualTo("tcp-nio, base");
        assertThat(lines.get(1).path("colour")).isEqualTo(lines.get(0).path("colour"));
        assertThat(lines.get(1).path("style")).isNotEqualTo(lines.get(0).path("style"));
        assertThat(html)
                .contains("SESSION-CONFOUNDED")
                .contains("manifest of base")
                .contains("manifest of candidate");
    }

    @Test
    void shouldFollowTheRowsOverTheRunsBesideThisOne() throws IOException {
        final List<Path> others = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            final Path folder = temp.resolve("2026010" + (i + 1) + "T000000Z-run");
            ReportFixture.everything(folder, 1);
            final Path manifest = folder.resolve("manifest.json");
            Files.writeString(manifest, Files.readString(manifest).replace("2026-01-02T", "2026-01-0" + (i + 1) + "T"));
            others.add(folder);
        }
        final Run run = RunReader.read(others.remove(2));
        others.add(Files.createDirectory(temp.resolve("20260101T000000Z-broken")));

        final String html = RunReport.of(run, others, "test").html();

        assertThat(titles(html)).contains("History");
        assertThat(html).contains("p50 over the runs beside this one");
    }

    private static String html(final Run run) {
        return RunReport.of(run, List.of(), "test").html();
    }

    private static List<String> titles(final String html) {
        final Matcher title = Pattern.compile("<h2>(.*?)</h2>").matcher(html);
        final List<String> titles = new ArrayList<>();
        while (title.find()) {
            titles.add(title.group(1));
        }
        return titles;
    }

    private static JsonNode charts(final String html) throws IOException {
        final Matcher data =
                Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL).matcher(html);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    private static int count(final String text, final String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
