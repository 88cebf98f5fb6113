package io.fizeau.transports.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
    @Test
    void shouldPreferTheLinkThatCanDoMost() {
        assertThat(Links.all()).map(LinkKind::name).containsExactly("tun", "netem", "nft", "udp-proxy");
    }

    @Test
    void shouldListTheKindsWhereOneIsNotKnown() {
        assertThatThrownBy(() -> Links.named("rope"))
                .isInstanceOf(TransportException.class)
                .hasMessage("link=rope is none of tun, netem, nft, udp-proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tun", "netem", "nft"})
    void shouldRefuseToChangeTheNetworkOfTheMachine(final String name) {
        assertThatThrownBy(() -> Links.named(name).open())
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("namespace");
    }

    @ParameterizedTest
    @CsvSource({
        "tun, inproc, sends no packets",
        "tun, aeron-ipc, sends no packets",
        "nft, inproc, sends no packets",
        "netem, inproc, sends no packets",
        "udp-proxy, inproc, sends no packets",
        "udp-proxy, aeron-udp, way back",
        "udp-proxy, tcp-nio+crc32c, byte stream",
        "udp-proxy, tcp-blocking, byte stream"
    })
    void shouldRefuseTransportsThatItCannotImpair(final String link, final String transport, final String reason) {
        assertThat(Links.named(link).refusal(Impairment.NONE, transport).orElse(""))
                .contains(transport)
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource({"tun, tcp-nio", "tun, aeron-udp?term=4m", "nft, tcp-blocking", "netem, aeron-udp"})
    void shouldTakeTransportsThatSendPackets(final String link, final String transport) {
        assertThat(Links.named(link).refusal(Impairment.parse("loss=1%"), transport))
                .isEmpty();
    }

    @Test
    void shouldSayWhatATcpRoutePins() {
        assertThat(TcpRoute.of("cubic", Duration.ofMillis(10), true).text())
                .isEqualTo("congctl cubic rto_min 10ms quickack 1");
        assertThat(TcpRoute.SYSTEM.text()).isEqualTo("system");
        assertThatThrownBy(() -> TcpRoute.of("cu bic", Duration.ZERO, false))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("congestion=cu bic");
        assertThatThrownBy(() -> TcpRoute.of("", Duration.ofNanos(1_500_000), false))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("rtoMin");
    }
}
