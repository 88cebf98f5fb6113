package io.fizeau.core.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.tck.faulty.MemoryTransport;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the two ends of a layer tell each other before a connection is open for its user. */
@Timeout(30)
final class OpeningTest {
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private final Transports transports = Transports.of(
            List.of(new MemoryTransport(Fault.NONE)),
            List.of(new PasswordLayer(), new LossyLayer(), new NumberedLayer()));
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Recorder accepted = new Recorder();
    private final Recorder connected = new Recorder();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[100]);

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
    }

    @ParameterizedTest
    @EnumSource(Driving.class)
    void shouldOpenBothEndsOnlyWhenTheWordsWereSaid(final Driving driving) {
        final ConfiguredTransport transport = transport("memory", driving, "+password");
        final Listener listener = open(transport).listen(transport.loopbackAddress(), accepted);
        final Connection connection = open(transport).connect(listener.address(), connected);

        final SendStatus early = connection.send(message, 0, 10);
        assertThat(connection.state() == ConnectionState.CONNECTING || connected.isOpened)
                .isTrue();
        assertThat(early).isIn(SendStatus.NOT_CONNECTED, SendStatus.ACCEPTED);
        until(() -> connected.isOpened && accepted.isOpened);
        final int before = accepted.lengths.size();
        assertThat(connection.send(message, 0, 20)).isEqualTo(SendStatus.ACCEPTED);
        until(() -> accepted.lengths.size() > before);

        assertThat(accepted.lengths).endsWith(20);
        assertThat(told).isEmpty();
        assertThat(listener.rejectedCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Driving.class)
    void shouldSayItAgainWhereItMayBeLost(final Driving driving) {
        final ConfiguredTransport transport = transport("memory", driving, "+lossy?lost=3+password");
        final Listener listener = open(transport).listen(transport.loopbackAddress(), accepted);
        final Connection connection = open(transport).connect(listener.address(), connected);
        until(() -> connected.isOpened && accepted.isOpened);

        assertThat(connection.send(message, 0, 20)).isEqualTo(SendStatus.ACCEPTED);
        until(() -> !accepted.lengths.isEmpty());

        assertThat(accepted.lengths).containsExactly(20);
        assertThat(listener.droppedCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Driving.class)
    void shouldRefuseAConnectionThatNeverFinishesAndLeaveTheOthersAlone(final Driving driving) {
        final ConfiguredTransport transport = transport("memory", driving, "+password?timeout=1500ms");
        final Listener listener = open(transport).listen(transport.loopbackAddress(), accepted);
        final Connection connection = open(transport).connect(listener.address(), connected);
        until(() -> accepted.isOpened && connected.isOpened);
        final Recorder silent = new Recorder();
        open(transports.resolve("memory")).connect(listener.address(), silent);
        until(() -> silent.reason != null);

        assertThat(silent.reason).isEqualTo(CloseReason.PEER_CLOSED);
        assertThat(listener.rejectedCount()).isEqualTo(1);
        assertThat(accepted.reason).isNull(); // what never opened is not told of
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("password: connection from ")
                .endsWith(" closed: the opening exchange was not finished within 1500 ms");
        assertThat(connection.send(message, 0, 30)).isEqualTo(SendStatus.ACCEPTED);
        until(() -> !accepted.lengths.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Driving.class)
    void shouldGiveUpAPeerThatDoesNotAnswer(final Driving driving) {
        final ConfiguredTransport plain = transports.resolve("memory");
        final Listener listener = open(plain).listen(plain.loopbackAddress(), accepted);
        final Connection connection =
                open(transport("memory", driving, "+password?timeout=200ms")).connect(listener.address(), connected);
        until(() -> connected.reason != null);

        assertThat(connected.reason).isEqualTo(CloseReason.UNREACHABLE);
        assertThat(connection.closeReason()).isEqualTo(CloseReason.UNREACHABLE);
        assertThat(connection.send(message, 0, 10)).isEqualTo(SendStatus.CLOSED);
        assertThat(connected.isOpened).isFalse();
        assertThat(told).singleElement().asString().contains("was not finished within 200 ms");
    }

    @Test
    void shouldRefuseWrongWords() {
        final ConfiguredTransport transport = transports.resolve("memory+password");
        final Listener listener = open(transport).listen(transport.loopbackAddress(), accepted);
        final Connection stranger = open(transports.resolve("memory")).connect(listener.address(), connected);
        until(() -> connected.isOpened);

        message.putByte(0, (byte) 5);
        assertThat(stranger.send(message, 0, 1)).isEqualTo(SendStatus.ACCEPTED);
        until(() -> connected.reason != null);

        assertThat(listener.rejectedCount()).isEqualTo(1);
        assertThat(accepted.isOpened).isFalse();
        assertThat(accepted.reason).isNull();
    }

    @Test
    void shouldTellTheConnectingEndThatThePeerEndedTheExchange() {
        final ConfiguredTransport plain = transports.resolve("memory");
        final Listener listener = open(plain).listen(plain.loopbackAddress(), accepted);
        open(transports.resolve("memory+password")).connect(listener.address(), connected);
        until(() -> accepted.isOpened);

        accepted.connection.close();
        until(() -> connected.reason != null);

        assertThat(connected.reason).isEqualTo(CloseReason.PEER_CLOSED);
        assertThat(told)
                .singleElement()
                .asString()
                .contains(" was closed at the other end during the opening exchange");
    }

    @Test
    void shouldCountAndNameOnceWhatItDrops() {
        final ConfiguredTransport transport = transports.resolve("memory+lossy?lost=0+password");
        final Listener listener = open(transport).listen(transport.loopbackAddress(), accepted);
        final ConfiguredTransport below = transports.resolve("memory+lossy?lost=0");
        final Connection stranger = open(below).connect(listener.address(), connected);
        until(() -> connected.isOpened);
        say(stranger, 1);
        until(() -> accepted.isOpened);

        say(stranger, 9);
        say(stranger, 9);
        message.putByte(0, (byte) 0);
        assertThat(stranger.send(message, 0, 6)).isEqualTo(SendStatus.ACCEPTED);
        until(() -> !accepted.lengths.isEmpty());

        assertThat(accepted.lengths).containsExactly(5);
        assertThat(listener.droppedCount()).isEqualTo(2);
        assertThat(listener.rejectedCount()).isZero();
        assertThat(told)
                .singleElement()
                .asString()
                .endsWith(" a message was dropped, and more may be: what the peer sent is not of this layer");
    }

    @Test
    void shouldOpenFromTheInnermostLayerOutwards() {
        final ConfiguredTransport transport = transports.resolve("memory+password+numbered+password");
        final Listener listener = open(transport).listen(transport.loopbackAddress(), accepted);
        final Connection connection = open(transport).connect(listener.address(), connected);
        until(() -> connected.isOpened && accepted.isOpened);

        assertThat(connection.send(message, 0, 20)).isEqualTo(SendStatus.ACCEPTED);
        until(() -> !accepted.lengths.isEmpty());
        assertThat(accepted.lengths).containsExactly(20);
    }

    private void say(final Connection stranger, final int word) {
        message.putByte(0, (byte) word);
        assertThat(stranger.send(message, 0, 1)).isEqualTo(SendStatus.ACCEPTED);
    }

    private ConfiguredTransport transport(final String name, final Driving driving, final String layers) {
        return transports.resolve(name + "?driving=" + (driving == Driving.OWN ? "own" : "caller") + layers);
    }

    private Node open(final ConfiguredTransport transport) {
        final Node node = transport.open(
                NodeContext.named("node" + nodes.size(), error -> told.add(String.valueOf(error.getMessage()))));
        nodes.add(node);
        return node;
    }

    private void until(final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - startNs)
                    .as("waited in vain; told %s", told)
                    .isLessThan(LIMIT_NS);
            for (final Node node : nodes) {
                node.poll(10);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Remembers what it was told. */
    private static final class Recorder implements ConnectionHandler {
        private final List<Integer> lengths = new CopyOnWriteArrayList<>();
        private volatile Connection connection;
        private volatile boolean isOpened;
        private volatile CloseReason reason;

        @Override
        public void onOpen(final Connection opened) {
            connection = opened;
            isOpened = true;
        }

        @Override
        public Delivery onMessage(
                final Connection from, final DirectBuffer buffer, final int offset, final int length) {
            lengths.add(length);
            return Delivery.CONSUMED;
        }

        @Override
        public void onClosed(final Connection closed, final CloseReason why) {
            reason = why;
        }
    }
}
