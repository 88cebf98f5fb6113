package io.fizeau.results.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkMetricsTest {
    @TempDir
    private Path temp;

    @Test
    void shouldMergeIterationsAndNotAverageTheirPercentiles() {
        final ForkResult fork = only(new RunFolderBuilder(temp).closed(0, "tcp-nio", "32", "[[100, 3]]", "[[200, 1]]"));
        assertThat(ForkMetrics.percentileNs(fork, 50)).isEqualTo(100);
    }

    @Test
    void shouldGiveAPercentileOnlyWhenTenSamplesLieBeyondIt() {
        assertThat(ForkMetrics.percentileNs(
                        only(new RunFolderBuilder(temp).closed(0, "tcp-nio", "32", "[[100, 989], [500, 10]]")), 99))
                .isNaN();
        assertThat(ForkMetrics.percentileNs(
                        only(new RunFolderBuilder(temp).closed(0, "tcp-nio", "32", "[[100, 989], [500, 11]]")), 99))
                .isEqualTo(500);
    }

    @Test
    void shouldConvertUnits() {
        assertThat(ForkMetrics.timeNs(withUnit("us/op"))).isCloseTo(2500, within(1e-9));
        assertThat(ForkMetrics.perSecond(withUnit("us/op"))).isNaN();
        assertThat(ForkMetrics.perSecond(withUnit("ops/ms"))).isCloseTo(2500, within(1e-9));
        assertThat(ForkMetrics.timeNs(withUnit("ops/ms"))).isNaN();
        assertThat(ForkMetrics.timeNs(withUnit("bananas"))).isNaN();
    }

    @Test
    void shouldHaveNoSecondaryMetricThatWasNotMeasured() {
        final ForkResult fork = withUnit("ns/op");
        assertThat(ForkMetrics.secondary(fork, ForkMetrics.CLIENT_ALLOCATION)).isNaN();
        assertThat(ForkMetrics.clientAllocation(fork)).isNaN();
    }

    @Test
    void shouldTakeTheBytesOfTheClientsThreadsBeforeThoseOfTheWholeJvm() {
        final String whole =
                "\"gc.alloc.rate.norm\": {\"score\": 1500, \"scoreUnit\": \"B/op\", \"rawData\": [[1500]]}";
        final String threads = "\"client:alloc.norm\": {\"score\": 0.5, \"scoreUnit\": \"B/op\", \"rawData\": [[0.5]]}";
        assertThat(ForkMetrics.clientAllocation(withSecondary('{' + whole + '}')))
                .isEqualTo(1500);
        assertThat(ForkMetrics.clientAllocation(withSecondary('{' + whole + ',' + threads + '}')))
                .isEqualTo(0.5);
    }

    private ForkResult withSecondary(final String secondary) {
        return only(new RunFolderBuilder(temp)
                .fork(
                        0,
                        "a.B.c",
                        Map.of(),
                        "avgt",
                        "{\"score\": 1, \"scoreUnit\": \"ns/op\", \"rawData\": [[1]]}",
                        secondary));
    }

    private ForkResult withUnit(final String unit) {
        return only(new RunFolderBuilder(temp)
                .fork(
                        0,
                        "a.B.c",
                        Map.of(),
                        "avgt",
                        "{\"score\": 1, \"scoreUnit\": \"" + unit + "\", \"rawData\": [[2, 2.5, \"NaN\", 9]]}",
                        "{}"));
    }

    private static ForkResult only(final RunFolderBuilder builder) {
        return RunReader.read(builder.write()).rows().get(0).forks().get(0);
    }
}
