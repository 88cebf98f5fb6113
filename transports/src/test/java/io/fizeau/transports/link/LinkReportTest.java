package io.fizeau.transports.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.impair.PathCounts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkReportTest {
    private static final PathCounts ON_TIME = counts(0, 1_000_000, 90_000);

    @Test
    void shouldFindNothingWrongWithALinkThatDidWhatItWasAskedTo() {
        assertThat(report(ON_TIME, 0, "").verdict()).isEqualTo(LinkReport.FINE);
    }

    @Test
    void shouldNotBelieveALinkThroughWhichNothingCame() {
        assertThat(report(PathCounts.ZERO, 0, "").verdict()).startsWith("no packet came through");
        assertThat(new LinkReport("tun", "none", PathCounts.ZERO, PathCounts.ZERO, 0, "system", "", Map.of()).verdict())
                .isEqualTo(LinkReport.FINE);
    }

    @Test
    void shouldFindPacketsThatVanished() {
        assertThat(report(ON_TIME, 3, "").verdict()).startsWith("3 packets vanished");
        assertThat(report(counts(4, 1_000_000, 0), 3, "").verdict()).startsWith("7 packets vanished");
    }

    @Test
    void shouldFindADelayThatIsOff() {
        assertThat(report(counts(0, 1_000_000, 110_000), 0, "").verdict())
                .isEqualTo(
                        "the delay to the server is off by 11 %: packets came 0.110 ms late in the mean over a link of 1.000 ms");
    }

    @Test
    void shouldNotTakeTheTimeOfAPacketOnTheWireForADelay() {
        final PathCounts late = counts(0, 11_000, 2_000);
        assertThat(new LinkReport("tun", "rate=50mbit", late, late, 0, "system", "", Map.of()).verdict())
                .isEqualTo(LinkReport.FINE);
    }

    @Test
    void shouldTellFirstWhatBroke() {
        assertThat(report(ON_TIME, 3, "it stopped").verdict()).isEqualTo("it stopped");
    }

    @Test
    void shouldNoteVerdictAndCounts() {
        assertThat(report(ON_TIME, 0, "").notes())
                .containsEntry("link", "tun")
                .containsEntry("link.verdict", "ok")
                .containsEntry("impairment", "delay=1ms")
                .containsEntry("link.toServer.seen", "1")
                .containsEntry("link.toClient.seen", "0")
                .containsEntry("link.overruns", "5");
    }

    private static LinkReport report(final PathCounts toServer, final long unscheduled, final String trouble) {
        return new LinkReport(
                "tun", "delay=1ms", toServer, PathCounts.ZERO, unscheduled, "system", trouble, Map.of("overruns", "5"));
    }

    private static PathCounts counts(final long overflow, final long intendedNs, final long lateNs) {
        return new PathCounts(1, 1, 0, 0, 0, 0, overflow, 0, 0, 0, 0, 1, 0, intendedNs, lateNs, lateNs);
    }
}
