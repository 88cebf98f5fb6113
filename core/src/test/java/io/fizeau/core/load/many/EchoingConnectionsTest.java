package io.fizeau.core.load.many;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.LoadRig;
import io.fizeau.core.load.PhaseCounts;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EchoingConnectionsTest {
    private static final int CONNECTIONS = 20;
    private static final int MESSAGES = 2_000;

    @ParameterizedTest
    @EnumSource(Driving.class)
    void shouldKeepOneMessageUnderWayOnEachConnectionAndCountEachAnswerOnce(Driving driving) {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                EchoingConnections echoing = EchoingConnections.connect(List.of(rig.end(driving)), Thread::new)) {
            echoing.growTo(CONNECTIONS);
            for (int phase = 0; phase < 2; phase++) {
                echoing.begin(Check.SEQUENCE);
                echoing.start();
                assertThat(echoing.advance(MESSAGES)).isEqualTo(MESSAGES);
                assertThat(echoing.advance(MESSAGES)).isEqualTo(2 * MESSAGES);
                echoing.finish();
                PhaseCounts counts = echoing.counts();
                assertThat(counts.arrived()).isGreaterThanOrEqualTo(2 * MESSAGES);
                assertThat(counts.outOfOrder()).isZero();
                assertThat(echoing.takeService().count()).isEqualTo(counts.arrived());
            }
            assertThat(echoing.connections()).isEqualTo(CONNECTIONS);
        }
    }

    @Test
    void shouldNotWaitForLessBecauseAnswersCameWhileItStarted() {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE)) {
            ClientEnd end = rig.end(Driving.CALLER);
            EagerNode node = new EagerNode(end.node(), MESSAGES);
            try (EchoingConnections echoing = EchoingConnections.connect(List.of(end.with(node)), Thread::new)) {
                echoing.growTo(64);
                echoing.begin(Check.SEQUENCE);
                node.isEager = true;
                echoing.start();
                node.isEager = false;
                long early = node.delivered;
                assertThat(early).isGreaterThanOrEqualTo(MESSAGES);
                assertThat(echoing.advance(MESSAGES)).isEqualTo(MESSAGES);
                assertThat(node.delivered - early).isGreaterThanOrEqualTo(MESSAGES);
                echoing.finish();
                assertThat(echoing.takeService().count())
                        .isEqualTo(echoing.counts().arrived())
                        .isGreaterThanOrEqualTo(2 * MESSAGES);
            }
        }
    }

    @Test
    void shouldShareTheConnectionsAmongSeveralClientThreads() {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                Node second = rig.openNode();
                Node third = rig.openNode()) {
            ClientEnd end = rig.end(Driving.CALLER);
            try (EchoingConnections echoing =
                    EchoingConnections.connect(List.of(end, end.with(second), end.with(third)), Thread::new)) {
                echoing.growTo(CONNECTIONS);
                echoing.verify(3);
                echoing.begin(Check.SEQUENCE);
                echoing.start();
                echoing.advance(MESSAGES);
                echoing.finish();
                long arrived = echoing.counts().arrived();
                assertThat(arrived).isGreaterThanOrEqualTo(MESSAGES);
                assertThat(echoing.takeService().count()).isEqualTo(arrived);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Driving.class)
    void shouldFailWhenABytewiseCheckFindsAnotherByte(Driving driving) {
        try (LoadRig rig = LoadRig.withResponder(Fault.CORRUPT);
                EchoingConnections echoing = EchoingConnections.connect(List.of(rig.end(driving)), Thread::new)) {
            echoing.growTo(3);
            assertThatThrownBy(() -> echoing.verify(200))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("wrong messages");
        }
    }

    @Test
    void shouldFailWhenAnAnswerDoesNotComeBack() {
        try (LoadRig rig = LoadRig.withResponder(Fault.DROP).impatient();
                EchoingConnections echoing =
                        EchoingConnections.connect(List.of(rig.end(Driving.CALLER)), Thread::new)) {
            echoing.begin(Check.SEQUENCE);
            echoing.start();
            assertThatThrownBy(() -> echoing.advance(MESSAGES))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("no answer within 2000 ms");
        }
    }

    @Test
    void shouldFailWhenTheServerCloses() {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                EchoingConnections echoing =
                        EchoingConnections.connect(List.of(rig.end(Driving.CALLER)), Thread::new)) {
            echoing.growTo(CONNECTIONS);
            echoing.begin(Check.SEQUENCE);
            echoing.start();
            echoing.advance(1);
            rig.closeServer();
            assertThatThrownBy(() -> echoing.advance(1_000_000))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void shouldCountADuplicateAndNotTakeItForAnAnswer() {
        try (LoadRig rig = LoadRig.withResponder(Fault.DUPLICATE);
                EchoingConnections echoing =
                        EchoingConnections.connect(List.of(rig.end(Driving.CALLER)), Thread::new)) {
            echoing.begin(Check.SEQUENCE);
            echoing.start();
            echoing.advance(MESSAGES);
            echoing.finish();
            assertThat(echoing.counts().outOfOrder()).isPositive();
        }
    }

    @Test
    void shouldRefuseFewerConnectionsThanThreads() {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                Node second = rig.openNode()) {
            ClientEnd end = rig.end(Driving.CALLER);
            try (EchoingConnections echoing = EchoingConnections.connect(List.of(end, end.with(second)), Thread::new)) {
                assertThatThrownBy(() -> echoing.growTo(1)).hasMessageContaining("at least clientThreads=2");
            }
        }
    }

    /** While it is eager a poll delivers at least so much, which others do over many. */
    private static final class EagerNode implements Node {
        private final Node inner;
        private final int least;
        private boolean isEager;
        private long delivered;

        EagerNode(Node inner, int least) {
            this.inner = inner;
            this.least = least;
        }

        @Override
        public int poll(int limit) {
            int work = inner.poll(limit);
            while (isEager && work < least) {
                work += inner.poll(limit);
            }
            delivered += work;
            return work;
        }

        @Override
        public Listener listen(Address address, ConnectionHandler handler) {
            return inner.listen(address, handler);
        }

        @Override
        public Connection connect(Address address, ConnectionHandler handler) {
            return inner.connect(address, handler);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
