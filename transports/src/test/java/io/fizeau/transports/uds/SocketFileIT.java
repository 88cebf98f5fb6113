package io.fizeau.transports.uds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may be in the way of a listener's socket file, and what becomes of the file. */
@Timeout(30)
class SocketFileIT {
    private static final ConnectionHandler HANDLER = (connection, buffer, offset, length) -> Delivery.CONSUMED;

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseAFileThatIsNoSocketAndLeaveItAlone() throws IOException {
        final Path file = Files.writeString(folder.resolve("notes"), "mine");
        assertRefused(file, "a file is there that is no socket");
        assertThat(file).hasContent("mine");
        final Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertRefused(link, "a file is there that is no socket");
        assertThat(link).isSymbolicLink();
        assertRefused(Files.createDirectory(folder.resolve("folder")), "a file is there that is no socket");
    }

    @Test
    void shouldRefuseASocketAtWhichSomebodyListensAndLeaveHimAlone() {
        final Path file = folder.resolve("busy");
        try (EchoServer server = new EchoServer("uds", new LocalPath(file.toString()));
                EchoClient friend = new EchoClient("uds", server.address()).opened()) {
            assertRefused(file, "another process listens there");
            friend.roundTrip(32);
            try (EchoClient second = new EchoClient("uds", server.address()).opened()) {
                second.roundTrip(32);
            }
            assertThat(server.listener().rejectedCount()).isZero();
        }
    }

    @Test
    void shouldRefuseASocketWhoseQueueIsFull() throws IOException {
        final Path file = folder.resolve("full");
        try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Node node = open()) {
            deaf.bind(UnixDomainSocketAddress.of(file), 1);
            for (int i = 0; i < 4; i++) {
                node.connect(new LocalPath(file.toString()), HANDLER);
            }
            assertRefused(file, "another process listens there");
        }
    }

    @Test
    void shouldRefuseASocketThatBelongsToSomebodyElse() throws IOException {
        final Path file = leftOver("foreign");
        final String stranger = "65534";
        try {
            Files.setAttribute(file, "unix:uid", Integer.valueOf(stranger), LinkOption.NOFOLLOW_LINKS);
        } catch (final IOException | UnsupportedOperationException e) {
            assumeTrue(false, "only root can give a file away: " + e);
        }
        assertRefused(file, "the socket there belongs to");
        assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void shouldReplaceWhatAKilledProcessHasLeft() throws IOException {
        final Path file = leftOver("stale");
        try (EchoServer server = new EchoServer("uds", new LocalPath(file.toString()));
                EchoClient client = new EchoClient("uds", server.address()).opened()) {
            client.roundTrip(32);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void shouldLetNobodyElseInAndRemoveTheFileWithTheListener() throws IOException {
        final Path file = folder.resolve("ours");
        try (Node node = open()) {
            final Listener listener = node.listen(new LocalPath(file.toString()), HANDLER);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            listener.close();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void shouldNotRemoveAFileThatHasTakenThePlaceOfItsOwn() throws IOException {
        final Path file = folder.resolve("replaced");
        try (Node node = open()) {
            final Listener listener = node.listen(new LocalPath(file.toString()), HANDLER);
            Files.move(file, folder.resolve("moved"));
            Files.writeString(file, "another's");
            listener.close();
            assertThat(file).hasContent("another's");
        }
    }

    @Test
    void shouldNameThePathThatIsTooLong() {
        final String path = folder.resolve("x".repeat(120)).toString();
        try (Node node = open()) {
            assertThatThrownBy(() -> node.listen(new LocalPath(path), HANDLER))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("bytes long: the path of a Unix socket may have 107 (108 with its end)");
            assertThatThrownBy(() -> node.connect(new LocalPath(path), HANDLER)).hasMessageContaining(path);
        }
    }

    @Test
    void shouldNameTheFolderThatIsNotThere() {
        try (Node node = open()) {
            final String path = folder.resolve("nowhere/at-all").toString();
            assertThatThrownBy(() -> node.listen(new LocalPath(path), HANDLER))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("cannot listen at " + path)
                    .hasMessageContaining("choose a path in a folder that exists");
        }
    }

    @Test
    void shouldSayWhichFormOfAddressIsWanted() {
        try (Node node = open()) {
            assertThatThrownBy(() -> node.connect(new HostPort("127.0.0.1", 1), HANDLER))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("address 127.0.0.1:1 is not of the form that uds uses")
                    .hasMessageContaining("for example /tmp/fizeau.sock");
        }
    }

    @Test
    void shouldCallUnreachableWhereNobodyListens() throws IOException {
        for (final Path nobody :
                new Path[] {folder.resolve("none"), leftOver("old"), Files.createFile(folder.resolve("f"))}) {
            try (EchoClient client = new EchoClient("uds", new LocalPath(nobody.toString()))) {
                assertThat(client.awaitEnd()).isEqualTo(CloseReason.UNREACHABLE);
            }
        }
    }

    /** A socket file without a socket. */
    private Path leftOver(final String name) throws IOException {
        final Path file = folder.resolve(name);
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(file));
        }
        return file;
    }

    private static void assertRefused(final Path file, final String why) {
        try (Node node = open()) {
            assertThatThrownBy(() -> node.listen(new LocalPath(file.toString()), HANDLER))
                    .isInstanceOf(TransportException.class)
                    .hasMessageStartingWith("address " + file + " is taken: " + why)
                    .hasMessageEndingWith("; choose another path")
                    .hasMessageNotContaining("\n");
        }
    }

    private static Node open() {
        return Transports.installed().resolve("uds").open(NodeContext.named("test", e -> {}));
    }
}
