package io.fizeau.results.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PercentileCurvesTest {
    private static final long[] THOUSAND = LongStream.rangeClosed(1, 1_000).toArray();
    private static final long[] NEXT_THOUSAND =
            LongStream.rangeClosed(1_001, 2_000).toArray();
    private static final String TWO_ITERATIONS = "[[500, 1000]]";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldMergeTheIntervalsOfALogAndTellWhatEnoughMessagesStandBehind() throws IOException {
        twoForks();
        HistogramLogFixture.write(folder, 0, "service", RunFolderBuilder.CLOSED, THOUSAND, NEXT_THOUSAND);

        final ForkCurve curve = curves().get(0);

        assertThat(curve.latency()).isEqualTo("service");
        assertThat(curve.count()).isEqualTo(2_000);
        assertThat(curve.points())
                .extracting(Point::percentile)
                .containsExactly(0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 95.0, 99.0, 99.5, 100.0);
        assertThat(value(curve, 50)).isCloseTo(1_000, within(1.0));
        assertThat(value(curve, 99)).isCloseTo(1_980, within(1.0));
        assertThat(value(curve, 100)).isCloseTo(2_000, within(1.0));
        assertThat(curve.points())
                .extracting(Point::beyond)
                .contains(1_000L, 200L, 20L, 10L)
                .endsWith(0L);
    }

    @Test
    void shouldTakeTheSamplesOfJmhWhereThereIsNoLog() {
        new RunFolderBuilder(folder)
                .transport("tcp-nio", "spinning")
                .closed(0, "tcp-nio", 1_000)
                .rounds(1, 1)
                .write();

        final ForkCurve curve = curves().get(0);

        assertThat(curve.latency()).isEqualTo(PercentileCurves.SAMPLED);
        assertThat(curve.count()).isEqualTo(2_040);
        assertThat(value(curve, 50)).isEqualTo(1_000);
        assertThat(value(curve, 99)).isEqualTo(3_000);
        assertThat(value(curve, 100)).isEqualTo(3_000);
    }

    @Test
    void shouldOrderTheLatenciesAndReadOnlyThoseAskedFor() throws IOException {
        twoForks();
        HistogramLogFixture.write(folder, 0, "hit.known", RunFolderBuilder.CLOSED, THOUSAND);
        HistogramLogFixture.write(folder, 0, "service", RunFolderBuilder.CLOSED, THOUSAND, THOUSAND);
        HistogramLogFixture.write(folder, 0, "response", RunFolderBuilder.CLOSED, THOUSAND, THOUSAND);

        assertThat(curves()).extracting(ForkCurve::latency).startsWith("response", "service", "hit.known");
        final Run run = RunReader.read(folder);
        assertThat(PercentileCurves.read(run, run.rows().get(0), "service"::equals)
                        .curves())
                .extracting(ForkCurve::latency)
                .containsExactly("service");
    }

    @Test
    void shouldNameALogThatIsCutShortWhereverTheCutIsAndReadTheRest() throws IOException {
        twoForks();
        HistogramLogFixture.write(folder, 1, "service", RunFolderBuilder.CLOSED, THOUSAND, NEXT_THOUSAND);
        final byte[] whole = Files.readAllBytes(
                HistogramLogFixture.write(folder, 0, "service", RunFolderBuilder.CLOSED, THOUSAND, NEXT_THOUSAND));
        final Path log = folder.resolve("histograms/000-service.hlog");
        for (int length = 0; length < whole.length; length++) {
            Files.write(log, Arrays.copyOf(whole, length));
            final Run run = RunReader.read(folder);

            final RowCurves read = PercentileCurves.read(run, run.rows().get(0), latency -> true);

            assertThat(read.problems())
                    .as("cut after %d bytes", length)
                    .singleElement()
                    .asString()
                    .startsWith("histograms/000-service.hlog: ");
            assertThat(read.curves())
                    .extracting(curve -> curve.fork().entry().index())
                    .containsExactly(1);
        }
    }

    @Test
    void shouldNameALogWithADamagedInterval() throws IOException {
        twoForks();
        final Path log =
                HistogramLogFixture.write(folder, 0, "service", RunFolderBuilder.CLOSED, THOUSAND, NEXT_THOUSAND);
        Files.writeString(log, Files.readString(log).replaceFirst("HIST.{9}", "HISTxxxx"));
        final Run run = RunReader.read(folder);

        assertThat(PercentileCurves.read(run, run.rows().get(0), latency -> true)
                        .problems())
                .containsExactly("histograms/000-service.hlog: interval 1 cannot be read");
    }

    @Test
    void shouldRefuseALogOfAnotherBenchmark() throws IOException {
        twoForks();
        HistogramLogFixture.write(folder, 0, "service", RunFolderBuilder.ONE_WAY, THOUSAND, NEXT_THOUSAND);
        final Run run = RunReader.read(folder);

        assertThat(PercentileCurves.read(run, run.rows().get(0), latency -> true)
                        .problems())
                .singleElement()
                .asString()
                .contains("is of another benchmark than its fork");
    }

    private void twoForks() {
        new RunFolderBuilder(folder)
                .transport("tcp-nio", "spinning")
                .closed(0, "tcp-nio", "32", TWO_ITERATIONS, TWO_ITERATIONS)
                .closed(1, "tcp-nio", "32", TWO_ITERATIONS, TWO_ITERATIONS)
                .rounds(2, 2)
                .write();
    }

    private List<ForkCurve> curves() {
        final Run run = RunReader.read(folder);
        return PercentileCurves.of(run, run.rows().get(0));
    }

    private static double value(final ForkCurve curve, final double percentile) {
        return curve.points().stream()
                .filter(point -> point.percentile() == percentile)
                .mapToDouble(Point::valueNs)
                .findFirst()
                .orElseThrow();
    }
}
