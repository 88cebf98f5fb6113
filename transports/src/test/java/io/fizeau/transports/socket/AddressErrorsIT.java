package io.fizeau.transports.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.Channel;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.address.LocalPath;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads when an address is wrong, and that it is freed when it was right. */
@Timeout(30)
class AddressErrorsIT {
    private static final ConnectionHandler HANDLER = (connection, buffer, offset, length) -> Delivery.CONSUMED;

    @ParameterizedTest
    @ValueSource(strings = {"inproc", "tcp-nio", "tcp-nio?driving=own", "tcp-blocking"})
    void shouldSayThatAnAddressIsTaken(final String spec) {
        try (EchoServer server = new EchoServer(spec);
                Node second = open(spec)) {
            assertThatThrownBy(() -> second.listen(server.address(), HANDLER))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("address " + server.address().text() + " is taken: choose another");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-blocking"})
    void shouldSayThatAnAddressIsNotOurs(final String spec) {
        try (Node node = open(spec)) {
            assertThatThrownBy(() -> node.listen(new HostPort("192.0.2.1", 0), HANDLER))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("address 192.0.2.1:0 is not one of this host's")
                    .hasMessageContaining("listen on 127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-nio", "tcp-blocking"})
    void shouldSayThatAHostIsUnknown(final String spec) {
        try (Node node = open(spec)) {
            assertThatThrownBy(() -> node.connect(new HostPort("no-such-host.invalid", 1), HANDLER))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("'no-such-host.invalid' is not known here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inproc", "tcp-nio", "tcp-blocking"})
    void shouldSayWhichFormOfAddressIsWanted(final String spec) {
        try (Node node = open(spec)) {
            for (final Address wrong : new Address[] {new LocalPath("/tmp/x"), new Channel("aeron:ipc", 1)}) {
                assertThatThrownBy(() -> node.connect(wrong, HANDLER))
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("address " + wrong.text() + " is not of the form that " + spec + " uses");
                assertThatThrownBy(() -> node.listen(wrong, HANDLER))
                        .isInstanceOf(TransportException.class)
                        .hasMessageContaining("for example");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp-nio",
                "tcp-nio?wait=select",
                "tcp-nio?driving=own",
                "tcp-blocking",
                "tcp-blocking?driving=own"
            })
    void shouldCallUnreachableWhereNobodyListens(final String spec) throws IOException {
        final HostPort nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = new HostPort("127.0.0.1", socket.getLocalPort());
        }
        try (EchoClient client = new EchoClient(spec, nobody)) {
            assertThat(client.awaitEnd()).isEqualTo(CloseReason.UNREACHABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inproc", "tcp-nio", "tcp-nio?wait=select", "tcp-nio?driving=own", "tcp-blocking"})
    void shouldFreeTheAddressWithTheListener(final String spec) {
        try (Node node = open(spec)) {
            final Listener first =
                    node.listen(Transports.installed().resolve(spec).loopbackAddress(), HANDLER);
            first.close();
            first.close();
            final Listener second = node.listen(first.address(), HANDLER);
            assertThat(second.address()).isEqualTo(first.address());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inproc", "tcp-nio", "tcp-nio?driving=own", "tcp-blocking"})
    void shouldRefuseAClosedNode(final String spec) {
        final Node node = open(spec);
        node.close();
        final Address address = Transports.installed().resolve(spec).loopbackAddress();
        assertThatThrownBy(() -> node.listen(address, HANDLER)).hasMessage("node test is closed: open a new one");
        assertThatThrownBy(() -> node.connect(address, HANDLER)).hasMessage("node test is closed: open a new one");
        assertThat(node.poll(1)).isZero();
    }

    private static Node open(final String spec) {
        return Transports.installed().resolve(spec).open(NodeContext.named("test", e -> {}));
    }
}
