package io.fizeau.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureLinesTest {
    @TempDir
    private Path temp;

    private RunFolderBuilder builder;

    @BeforeEach
    void setUp() {
        builder = new RunFolderBuilder(temp)
                .transport("plain", "spinning", "reliable")
                .transport("sealed", "spinning", "reliable", "encrypted")
                .bare("sealed", "plain");
    }

    @Test
    void shouldTellWhatSecurityAddsRoundByRound() {
        builder.rounds(3, 3);
        // The machine is twice as slow in the second round: the sum of what is added is, the ratio is not.
        double[] plain = {8_000, 16_000, 8_000};
        for (int round = 0; round < plain.length; round++) {
            builder.figures(round, "SecurityBenchmark.closed", params("plain"), 1, served(plain[round]));
            builder.figures(round, "SecurityBenchmark.closed", params("sealed"), 1, served(1.5 * plain[round]));
        }

        FigureLine line = line("sealed");

        assertThat(line.against()).isEqualTo("plain");
        assertThat(line.figure(FigureLine.P50).median()).isEqualTo(12_000);
        assertThat(line.figure(FigureLine.ADDED).median()).isEqualTo(4_000);
        assertThat(line.figure(FigureLine.ADDED).max()).isEqualTo(8_000);
        assertThat(line.ratio().pairs()).isEqualTo(3);
        assertThat(line.ratio().ratio()).isCloseTo(1.5, within());
        assertThat(line("plain").against()).isEmpty();
        assertThat(text()).contains("security, round trip", "4.00 us", "1.50", "security: each beside");
        assertThat(TableFormat.JSON.render(table())).contains("\"against\" : \"plain\"", "\"addedNs\"");
        assertThat(TableFormat.CSV.render(table())).contains("addedNs=4000");
    }

    @Test
    void shouldTellWhatSecurityAddsToAMessageOfMany() {
        builder.rounds(1, 1)
                .figures(0, "SecurityBenchmark.oneWay", params("plain"), 1_000_000, Map.of())
                .figures(0, "SecurityBenchmark.oneWay", params("sealed"), 500_000, Map.of());

        FigureLine line = line("sealed");

        assertThat(line.figure(FigureLine.ADDED).median()).isCloseTo(1_000, within());
        assertThat(line.ratio().ratio()).isCloseTo(0.5, within());
    }

    @Test
    void shouldNotCompareWithWhatWasNotMeasured() {
        builder.rounds(1, 1).figures(0, "SecurityBenchmark.closed", params("sealed"), 1, served(9_000));

        assertThat(line("sealed").against()).isEmpty();
        assertThat(line("sealed").figure(FigureLine.ADDED).isPresent()).isFalse();
    }

    @Test
    void shouldNotTrustAComparisonWithARowThatIsInvalid() {
        builder.rounds(1, 1)
                .kit(0, "FAILED", "loses messages")
                .figures(0, "SecurityBenchmark.closed", params("plain"), 1, served(8_000))
                .figures(0, "SecurityBenchmark.closed", params("sealed"), 1, served(9_000));

        assertThat(line("sealed").reasons()).anyMatch(reason -> reason.startsWith("plain: conformance kit FAILED"));
    }

    @Test
    void shouldShowConnectionsByTheirNumberWithWhatEachHolds() {
        builder.rounds(1, 1);
        for (int connections : List.of(10_000, 100)) {
            builder.figures(
                    0,
                    "ConnectionBenchmark.echoed",
                    Map.of("transport", "plain", "messageBytes", "32", "connections", "" + connections),
                    123_000,
                    Map.of(
                            "service:p50",
                            2e6,
                            "service:max",
                            9e6,
                            "client:memory.heap",
                            1_500.0,
                            "client:memory.outside",
                            400.0));
        }

        List<FigureLine> lines = table().figures();

        assertThat(lines).extracting(line -> line.key().param("connections")).containsExactly("100", "10000");
        assertThat(lines.get(0).figure(FigureLine.CLIENT_HEAP).median()).isEqualTo(1_500);
        assertThat(lines.get(0).figure(FigureLine.RATE).median()).isEqualTo(123_000);
        assertThat(text()).contains("echoing connections", "123k", "2.00 ms", "1500 + 400 B");
    }

    @Test
    void shouldTellConnectionsOfSeveralClientThreadsFromThoseOfOne() {
        builder.rounds(1, 1);
        for (String threads : List.of("2", "1")) {
            builder.figures(
                    0,
                    "ConnectionBenchmark.echoed",
                    Map.of("transport", "plain", "messageBytes", "32", "connections", "1000", "clientThreads", threads),
                    123_000,
                    Map.of("service:p50", 2e6, "service:max", 9e6));
        }

        assertThat(table().figures())
                .extracting(line -> line.key().param("clientThreads"))
                .containsExactly("1", "2");
        assertThat(text()).contains(" 1000 of 2 threads ");
    }

    private FigureLine line(String spec) {
        return table().figures().stream()
                .filter(line -> line.spec().equals(spec))
                .findFirst()
                .orElseThrow();
    }

    private RunTable table() {
        return RunTable.of(RunReader.read(builder.write()));
    }

    private String text() {
        return TableFormat.TEXT.render(table());
    }

    private static Map<String, String> params(String spec) {
        return Map.of("transport", spec, "messageBytes", "1024");
    }

    private static Map<String, Double> served(double p50Ns) {
        return Map.of("service:p50", p50Ns, "service:p99", 2 * p50Ns, "service:max", 3 * p50Ns);
    }

    private static Offset<Double> within() {
        return Offset.offset(1e-6);
    }
}
