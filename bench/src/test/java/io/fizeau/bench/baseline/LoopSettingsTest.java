package io.fizeau.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Sends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoopSettingsTest {
    @ParameterizedTest
    @EnumSource
    void shouldReadBackItsLabel(final Loop loop) {
        assertThat(Loop.parse(loop.label())).isEqualTo(loop);
    }

    @Test
    void shouldListTheKnownLoops() {
        assertThatThrownBy(() -> Loop.parse("tcp-fast"))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("loop=tcp-fast")
                .hasMessageContaining("tcp-blocking, tcp-nio, aeron-udp, aeron-ipc, inproc");
    }

    @Test
    void shouldNameTheLimitsOfAMessage() {
        assertThatThrownBy(() -> new LoopSettings(Loop.TCP_NIO, false, Sends.EACH, 31))
                .hasMessageContaining("messageBytes=31")
                .hasMessageContaining("from 32");
        assertThatThrownBy(() -> new LoopSettings(Loop.AERON_UDP, false, Sends.EACH, 1_377))
                .hasMessageContaining("to 1376")
                .hasMessageContaining("aeron-udp");
    }

    @Test
    void shouldRefuseAOneWayLoopThatNobodyWrote() {
        assertThatThrownBy(() -> new LoopSettings(Loop.TCP_BLOCKING, true, Sends.GATHERED, 32))
                .hasMessageContaining("tcp-blocking has no one-way loop");
    }

    @ParameterizedTest
    @EnumSource
    void shouldAcknowledgeBeforeTheWindowIsFull(final Sends sends) {
        for (int messageBytes = 32; messageBytes <= 64 << 10; messageBytes *= 2) {
            final LoopSettings settings = new LoopSettings(Loop.TCP_NIO, true, sends, messageBytes);
            assertThat(settings.creditEvery()).isBetween(1, settings.window() / 2);
            assertThat(settings.burst(1_820)).isBetween(1, settings.window());
        }
    }
}
