package io.fizeau.bench.trial;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import org.junit.jupiter.api.Test;

class TrialImpairmentTest {
    private static final String IMPAIR = "loss=1%:delay=1ms";

    @Test
    void shouldRefuseWhatNeedsALinkWithoutOne() {
        assertRefused(IMPAIR, "host", "tcp-nio", "process", false, "./fizeau run --impair");
        assertRefused("none", "reno", "aeron-udp", "process", false, "congestion=reno");
    }

    @Test
    void shouldRefuseWhatCrossesNoNetwork() {
        assertRefused(IMPAIR, "host", "inproc", "process", true, "inproc");
        assertRefused(IMPAIR, "host", "aeron-ipc", "process", true, "never cross a network");
    }

    @Test
    void shouldRefuseAServerThatIsNoProcessOfOurs() {
        assertRefused(IMPAIR, "host", "tcp-nio", "thread", true, "server=thread");
        assertRefused(IMPAIR, "host", "tcp-nio", "192.0.2.1:4000", true, "server=process");
    }

    @Test
    void shouldLetEverythingPassThatNeedsNone() {
        assertThatCode(() -> check("none", "host", "inproc", "thread", false)).doesNotThrowAnyException();
        assertThatCode(() -> check(IMPAIR, "cubic", "tcp-nio", "process", true)).doesNotThrowAnyException();
    }

    private static void assertRefused(
            String impair, String congestion, String transport, String server, boolean hasLink, String named) {
        assertThatThrownBy(() -> check(impair, congestion, transport, server, hasLink))
                .isInstanceOf(TransportException.class)
                .message()
                .contains(named)
                .hasLineCount(1);
    }

    private static void check(String impair, String congestion, String transport, String server, boolean hasLink) {
        TrialImpairment.parse(impair, congestion, "host")
                .check(Transports.installed().resolve(transport), server, hasLink);
    }
}
