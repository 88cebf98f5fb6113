package io.fizeau.transports.uds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fizeau.core.address.HostPort;
import io.fizeau.core.address.LocalPath;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may be in the way of a listener's socket file, and what becomes of the file. */
@Timeout(30)
class SocketFileIT {
    private static final ConnectionHandler HANDLER = (connection, buffer, offset, length) -> Delivery.CONSUMED;

    private static final Path PYTHON = Path.of("/usr/bin/python3");

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
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(folder).isDirectoryNotContaining("glob:**/.f*");
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
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void shouldNotTalkToAnotherUsersListener() throws IOException {
        final Path file = folder.resolve("theirs");
        assumeTrue(Files.isExecutable(PYTHON), "python3 is not here");
        final Process other = new ProcessBuilder(
                        PYTHON.toString(),
                        "-c",
                        "import os, socket, sys; s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]);"
                                + "os.chmod(sys.argv[1], 0o666); os.setuid(65534); s.listen(5);"
                                + "print('listening', flush=True); sys.stdin.read()",
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = other.inputReader(StandardCharsets.US_ASCII)) {
            assumeTrue("listening".equals(said.readLine()), "only root can become another user");
            for (final String spec : new String[] {"uds", "uds?wait=block"}) {
                final List<String> errors = new CopyOnWriteArrayList<>();
                final List<CloseReason> ends = new CopyOnWriteArrayList<>();
                try (Node node = Transports.installed()
                        .resolve(spec)
                        .open(NodeContext.named("test", e -> errors.add(String.valueOf(e.getMessage()))))) {
                    final Connection connection = node.connect(new LocalPath(file.toString()), new ConnectionHandler() {
                        @Override
                        public Delivery onMessage(
                                final Connection on, final DirectBuffer buffer, final int offset, final int length) {
                            return Delivery.CONSUMED;
                        }

                        @Override
                        public void onClosed(final Connection on, final CloseReason reason) {
                            ends.add(reason);
                        }
                    });
                    while (ends.isEmpty()) {
                        node.poll(1);
                        connection.poll(1);
                    }
                }
                assertThat(ends).containsExactly(CloseReason.PROTOCOL_ERROR);
                assertThat(errors)
                        .singleElement()
                        .asString()
                        .startsWith("uds refused " + file)
                        .contains("the process that listens there is of the user ");
            }
        } finally {
            other.destroy();
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
