package io.fizeau.results.aa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.results.compare.ComparisonOptions;
import io.fizeau.results.compare.ComparisonVerdict;
import io.fizeau.results.generate.RunGenerator;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AaReportsTest {
    private static final ComparisonOptions P50 = new ComparisonOptions(List.of("p50"), 0.03, false);

    @TempDir
    private Path temp;

    private AaReport report(final RunGenerator generator) {
        final List<Path> pair = generator.buckets(20).writePair(temp);
        return AaReports.of(RunReader.read(pair.get(0)), RunReader.read(pair.get(1)), P50, 1);
    }

    @Test
    void shouldCallAboutOneOfTwentyDifferentWhateverTheRoundsShare() {
        final AaReport report = report(new RunGenerator(5).rows(40).forks(24).spread(0.05, 0.3));
        final AaRate rate = report.rates().get(0);
        assertThat(rate.rows()).isEqualTo(40);
        // 40 rows of four blocks of six rounds each.
        assertThat(rate.paired().trials()).isEqualTo(160);
        assertThat(rate.paired().low()).isLessThan(0.05);
        assertThat(rate.paired().high()).isGreaterThan(0.05);
        assertThat(rate.relabelled()).isBetween(0.04, 0.06);
        assertThat(rate.relabelledLow()).isLessThanOrEqualTo(rate.relabelled());
        assertThat(rate.relabelledHigh()).isGreaterThanOrEqualTo(rate.relabelled());
        // Twelve rounds against the twelve after them, without pairs.
        assertThat(rate.separate().trials()).isEqualTo(80);
    }

    @Test
    void shouldSayHowSmallADifferenceCouldBeSeen() {
        final AaReport report = report(new RunGenerator(6).rows(1).forks(40).spread(0.05, 0.3));
        final AaLine line = report.lines().get(0);
        assertThat(line.ratio().sdLog()).isCloseTo(0.05 * Math.sqrt(2), within(0.02));
        assertThat(line.detectable(10)).isCloseTo(0.07, within(0.02));
        assertThat(line.detectable(6)).isGreaterThan(line.detectable(10));
        assertThat(line.detectable(40)).isLessThan(line.detectable(10) / 1.9);
        assertThat(line.detectableAtMost(10)).isGreaterThan(line.detectable(10));
    }

    @Test
    void shouldNotSayARateFromFewerRoundsThanAComparisonTakes() {
        final AaReport report = report(new RunGenerator(7).rows(2).forks(5));
        assertThat(report.rates().get(0).paired().trials()).isZero();
        assertThat(report.rates().get(0).separate().trials()).isZero();
        assertThat(report.lines()).hasSize(2);
        assertThat(report.comparison().count(ComparisonVerdict.NO_VERDICT)).isEqualTo(2);
    }

    @Test
    void shouldGiveTheSameAgain() {
        final List<Path> pair =
                new RunGenerator(8).rows(2).forks(15).buckets(20).writePair(temp);
        final Run base = RunReader.read(pair.get(0));
        final Run candidate = RunReader.read(pair.get(1));
        assertThat(AaReports.of(base, candidate, P50, 3).rates())
                .isEqualTo(AaReports.of(base, candidate, P50, 3).rates());
    }

    @Test
    void shouldRefuseTwoRunsThatWereNotMeasuredInTurn() {
        final Run one = RunReader.read(new RunGenerator(1).rows(1).buckets(20).write(temp.resolve("a")));
        final Run other = RunReader.read(
                new RunGenerator(2).rows(1).buckets(20).label("b").write(temp.resolve("b")));
        assertThatThrownBy(() -> AaReports.of(one, other, P50, 1))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("are not the two sides of one interleaved run");
    }
}
