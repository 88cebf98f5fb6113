package io.fizeau.transports.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private final List<String> events = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final Recorder handler = new Recorder();
    private final Lifecycle life = new Lifecycle(null, handler, errors::add, () -> events.add("release"), true);

    @Test
    void shouldOpenThenCloseOnce() {
        assertThat(life.state()).isEqualTo(ConnectionState.CONNECTING);
        assertThat(life.closeReason()).isNull();
        assertThat(life.open()).isTrue();
        assertThat(life.isOpen()).isTrue();
        assertThat(life.close(CloseReason.PEER_CLOSED)).isTrue();
        assertThat(life.close(CloseReason.LOCAL)).isFalse();
        assertThat(life.closeReason()).isEqualTo(CloseReason.PEER_CLOSED);
        assertThat(events).containsExactly("open", "release", "closed PEER_CLOSED");
    }

    @Test
    void shouldReportAnEndBeforeTheOpening() {
        life.close(CloseReason.UNREACHABLE);
        assertThat(life.open()).isFalse();
        assertThat(events).containsExactly("release", "closed UNREACHABLE");
    }

    @Test
    void shouldKeepQuietAboutAPeerTheHandlerNeverMet() {
        final Lifecycle accepted = new Lifecycle(null, handler, errors::add, () -> events.add("release"), false);
        accepted.close(CloseReason.PROTOCOL_ERROR);
        assertThat(events).containsExactly("release");
    }

    @Test
    void shouldReportACloseInsideABatchWhenTheBatchEnds() {
        life.open();
        assertThat(life.enter()).isTrue();
        life.close(CloseReason.LOCAL);
        assertThat(events).containsExactly("open", "release");
        assertThat(life.isOpen()).isFalse();
        life.leave();
        assertThat(events).containsExactly("open", "release", "closed LOCAL");
        assertThat(life.enter()).isFalse();
    }

    @Test
    void shouldReportACloseInsideOnOpenAfterIt() {
        handler.duringOpen = () -> life.close(CloseReason.LOCAL);
        assertThat(life.open()).isFalse();
        assertThat(events).containsExactly("open", "release", "closed LOCAL");
    }

    @Test
    void shouldTellTheErrorHandlerWhatCallbacksThrowAndClose() {
        final RuntimeException failure = new RuntimeException("on purpose");
        handler.duringOpen = () -> {
            throw failure;
        };
        assertThat(life.open()).isFalse();
        assertThat(life.closeReason()).isEqualTo(CloseReason.FAILED);
        assertThat(errors).containsExactly(failure);
        assertThat(events).containsExactly("open", "release", "closed FAILED");
    }

    private final class Recorder implements ConnectionHandler {
        private Runnable duringOpen = () -> {};

        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            return Delivery.CONSUMED;
        }

        @Override
        public void onOpen(final Connection connection) {
            events.add("open");
            duringOpen.run();
        }

        @Override
        public void onClosed(final Connection connection, final CloseReason reason) {
            events.add("closed " + reason);
        }
    }
}
