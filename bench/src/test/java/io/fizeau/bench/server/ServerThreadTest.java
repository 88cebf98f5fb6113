package io.fizeau.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.bench.pin.CpuSet;
import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.DrivingSupport;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.core.transport.SendStatus;
import io.fizeau.core.transport.Transport;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServerThreadTest {
    private static final int POLLS_BEFORE_CLOSE = 5;

    @Test
    void shouldReturnToTheNodeAsSoonAsTheOnlyConnectionCloses() throws InterruptedException {
        final Closing stub = new Closing();
        try (ServerThread server = ServerThread.start(
                Transports.of(List.of(stub), List.of()).resolve("closing"),
                HostPort.loopback(),
                new ServerSettings(OptionalInt.empty(), CpuSet.of(0), Idle.YIELD))) {
            assertThat(stub.isPolledAfterwards.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(stub.connectionPolls).isEqualTo(POLLS_BEFORE_CLOSE);
            assertThat(server.isAlive()).isTrue();
        }
    }

    /** Its node's first poll accepts a connection, which closes at its fifth poll. */
    private static final class Closing implements Transport {
        private final CountDownLatch isPolledAfterwards = new CountDownLatch(1);
        private volatile int connectionPolls;

        @Override
        public String name() {
            return "closing";
        }

        @Override
        public String description() {
            return "made up";
        }

        @Override
        public Guarantees guarantees(final Settings settings) {
            return Guarantees.of(1024, Guarantee.KEEPS_BOUNDARIES);
        }

        @Override
        public DrivingSupport driving(final Settings settings) {
            return DrivingSupport.BOTH;
        }

        @Override
        public Address loopbackAddress(final Settings settings) {
            return HostPort.loopback();
        }

        @Override
        public Node open(final Settings settings, final NodeContext context) {
            return new ClosingNode(this);
        }
    }

    private static final class ClosingNode implements Node {
        private final Closing stub;
        private @Nullable ConnectionHandler handler;
        private @Nullable ClosingConnection connection;

        ClosingNode(final Closing stub) {
            this.stub = stub;
        }

        @Override
        public Listener listen(final Address address, final ConnectionHandler toTell) {
            handler = toTell;
            return new Silent(address);
        }

        @Override
        public Connection connect(final Address address, final ConnectionHandler toTell) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int poll(final int limit) {
            final ConnectionHandler told = Objects.requireNonNull(handler);
            if (connection == null) {
                connection = new ClosingConnection(stub, told);
                told.onOpen(connection);
                return 1;
            }
            if (connection.state() == ConnectionState.CLOSED) {
                stub.isPolledAfterwards.countDown();
            }
            return 0;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private record Silent(Address address) implements Listener {
        @Override
        public Driving driving() {
            return Driving.CALLER;
        }

        @Override
        public long acceptedCount() {
            return 1;
        }

        @Override
        public long rejectedCount() {
            return 0;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class ClosingConnection implements Connection {
        private final Closing stub;
        private final ConnectionHandler handler;
        private @Nullable Object attachment;

        ClosingConnection(final Closing stub, final ConnectionHandler handler) {
            this.stub = stub;
            this.handler = handler;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // by the polling thread alone
        public int poll(final int limit) {
            if (++stub.connectionPolls == POLLS_BEFORE_CLOSE) {
                handler.onClosed(this, CloseReason.PEER_CLOSED);
            }
            return 0;
        }

        @Override
        public ConnectionState state() {
            return stub.connectionPolls < POLLS_BEFORE_CLOSE ? ConnectionState.OPEN : ConnectionState.CLOSED;
        }

        @Override
        public SendStatus send(final DirectBuffer buffer, final int offset, final int length) {
            return SendStatus.ACCEPTED;
        }

        @Override
        public SendStatus flush() {
            return SendStatus.ACCEPTED;
        }

        @Override
        public @Nullable CloseReason closeReason() {
            return null;
        }

        @Override
        public Driving driving() {
            return Driving.CALLER;
        }

        @Override
        public int maxMessageBytes() {
            return 1024;
        }

        @Override
        public Address remoteAddress() {
            return HostPort.loopback();
        }

        @Override
        public void attach(final @Nullable Object user) {
            attachment = user;
        }

        @Override
        public @Nullable Object attachment() {
            return attachment;
        }

        @Override
        public void close() {
            // Is closed already.
        }
    }
}
