package io.fizeau.transports.shm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fizeau.core.address.LocalPath;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.EchoClient;
import io.fizeau.transports.EchoServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the way, what is no file of this transport, and who writes garbage: refused in one line, and nobody else notices. */
@Timeout(60)
class ShmStrangersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SOMEBODY_ELSE = 54_321;
    private static final int MAX_MESSAGE = ShmTransport.MAX_MESSAGE.defaultValue();

    @TempDir
    private Path folder;

    private Path place;
    private ProcessIdentity self;

    @BeforeEach
    void prepare() throws IOException {
        place = folder.resolve("listener");
        self = ProcessIdentity.self();
    }

    /** What may be at an address. */
    enum Obstacle {
        FILE {
            @Override
            void put(final Path place) throws IOException {
                Files.writeString(place, "notes");
            }
        },
        EMPTY_FOLDER {
            @Override
            void put(final Path place) throws IOException {
                own(place);
            }
        },
        OPEN_FOLDER {
            @Override
            void put(final Path place) throws IOException {
                Files.createDirectory(place);
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
            }
        },
        LINK {
            @Override
            void put(final Path place) throws IOException {
                Files.createSymbolicLink(place, own(place.resolveSibling("elsewhere")));
            }
        },
        TRUNCATED {
            @Override
            void put(final Path place) throws IOException {
                write(own(place).resolve("listener"), new byte[16]);
            }
        },
        GARBAGE {
            @Override
            void put(final Path place) throws IOException {
                final byte[] garbage = new byte[72];
                new Random(7).nextBytes(garbage);
                write(own(place).resolve("listener"), garbage);
            }
        },
        PIPE {
            @Override
            void put(final Path place) throws IOException {
                pipe(own(place).resolve("listener"));
            }
        },
        SOMEBODY_ELSES {
            @Override
            void put(final Path place) throws IOException {
                own(place);
                give(place);
            }
        };

        abstract void put(Path place) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Obstacle.class)
    void shouldRefuseToListenWhereSomethingElseIs(final Obstacle obstacle) throws IOException {
        obstacle.put(place);
        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> new EchoServer("shm", new LocalPath(place.toString())).close())
                .withMessageContaining(place.toString())
                .withMessageContaining("in the way")
                .withMessageNotContaining("\n");
        try (var left = Files.list(folder)) {
            assertThat(left.filter(file -> !file.endsWith("elsewhere"))).containsExactly(place);
        }
    }

    @ParameterizedTest
    @EnumSource(Obstacle.class)
    void shouldNotConnectToWhatIsNoListenerOfThisUser(final Obstacle obstacle) throws IOException {
        obstacle.put(place);
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        assertThat(endOfConnecting(errors)).isEqualTo(CloseReason.UNREACHABLE);
        assertThat(errors)
                .singleElement()
                .satisfies(error ->
                        assertThat(error).hasMessageContaining(place.toString()).hasMessageNotContaining("\n"));
    }

    @Test
    void shouldTakeThePlaceOfAListenerThatIsDead() throws Exception {
        final Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        final ProcessIdentity maker = new ProcessIdentity(dead.pid(), self.startTicks(), self.namespace());
        final ListenerFolder left = ListenerFolder.create(new LocalPath(place.toString()), MAX_MESSAGE, maker);
        final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        assertThat(endOfConnecting(errors)).isEqualTo(CloseReason.UNREACHABLE);
        assertThat(errors).isEmpty();

        try (EchoServer server = new EchoServer("shm", new LocalPath(place.toString()));
                EchoClient client = new EchoClient("shm", server.address()).opened()) {
            client.roundTrip(32);
        }
        assertThat(Files.exists(place)).isFalse();
        SharedMemory.closed(left);
    }

    @Test
    void shouldNotTakeThePlaceOfAListenerThatLives() {
        try (EchoServer server = new EchoServer("shm", new LocalPath(place.toString()));
                EchoClient friend = new EchoClient("shm", server.address()).opened()) {
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> new EchoServer("shm", server.address()).close())
                    .withMessageContaining("is taken");
            friend.roundTrip(32);
        }
    }

    /** What may lie in a listener's folder with the name of a request. */
    enum Request {
        EMPTY {
            @Override
            void put(final Path request) throws IOException {
                write(request, new byte[0]);
            }
        },
        GARBAGE {
            @Override
            void put(final Path request) throws IOException {
                final byte[] garbage = new byte[1 << 20];
                new Random(8).nextBytes(garbage);
                write(request, garbage);
            }
        },
        CUT_SHORT {
            @Override
            void put(final Path request) throws IOException {
                make(request, MAX_MESSAGE, memory().descriptor());
                truncate(request, 20);
            }
        },
        OF_OTHER_SIZE {
            @Override
            void put(final Path request) throws IOException {
                make(request, MAX_MESSAGE / 2, memory().descriptor());
            }
        },
        OF_TOO_LITTLE_MEMORY {
            @Override
            void put(final Path request) throws IOException {
                make(
                        request,
                        MAX_MESSAGE,
                        SealedMemory.create(Layout.PAGE_BYTES).descriptor());
            }
        },
        OF_MEMORY_THAT_COULD_BE_CUT {
            @Override
            void put(final Path request) throws IOException {
                final int unsealed = MemoryCalls.memfd_create("unsealed", 2);
                MemoryCalls.fallocate(unsealed, 0, 0, Layout.connectionBytes(MAX_MESSAGE));
                make(request, MAX_MESSAGE, unsealed);
            }
        },
        OF_A_FILE {
            @Override
            void put(final Path request) throws IOException {
                final Path file = request.resolveSibling("file");
                write(file, new byte[(int) Layout.connectionBytes(MAX_MESSAGE)]);
                make(request, MAX_MESSAGE, MemoryCalls.open(file.toString(), 2));
            }
        },
        LINK {
            @Override
            void put(final Path request) throws IOException {
                final Path elsewhere = request.resolveSibling("elsewhere");
                make(elsewhere, MAX_MESSAGE, memory().descriptor());
                Files.createSymbolicLink(request, elsewhere);
            }
        },
        PIPE {
            @Override
            void put(final Path request) throws IOException {
                pipe(request);
            }
        },
        FOLDER {
            @Override
            void put(final Path request) throws IOException {
                own(request);
            }
        },
        OPEN_TO_OTHERS {
            @Override
            void put(final Path request) throws IOException {
                make(request, MAX_MESSAGE, memory().descriptor());
                Files.setPosixFilePermissions(request, PosixFilePermissions.fromString("rw-rw-rw-"));
            }
        },
        SOMEBODY_ELSES {
            @Override
            void put(final Path request) throws IOException {
                make(request, MAX_MESSAGE, memory().descriptor());
                give(request);
            }
        };

        abstract void put(Path request) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Request.class)
    void shouldRefuseAndCountWhatIsNoRequest(final Request request) throws IOException {
        try (EchoServer server = new EchoServer("shm", new LocalPath(place.toString()));
                EchoClient friend = new EchoClient("shm", server.address()).opened()) {
            friend.roundTrip(32);
            final Path name = place.resolve("1-1" + ListenerFolder.REQUEST);
            request.put(name);
            ring();
            await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 1);
            friend.roundTrip(32);
            await().atMost(PATIENCE).until(() -> Files.notExists(name));
            assertThat(server.listener().acceptedCount()).isEqualTo(1);
            assertThat(server.errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error)
                            .hasMessageContaining("shm refused a peer at " + place)
                            .hasMessageNotContaining("\n"));
            assertThat(server.ends()).as("the handler never met it").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shm", "shm?driving=own"})
    void shouldCloseAndCountWhoWritesGarbageIntoTheRing(final String spec) throws IOException {
        try (EchoServer server = new EchoServer(spec, new LocalPath(place.toString()));
                EchoClient friend = new EchoClient("shm", server.address()).opened();
                Hostile hostile = new Hostile()) {
            friend.roundTrip(32);
            hostile.awaitAccepted();
            hostile.ring.putInt(Integer.BYTES, RingReader.MESSAGE_TYPE);
            hostile.ring.putIntRelease(0, Integer.MAX_VALUE);
            assertClosedAndCounted(server, friend);
        }
    }

    /** Where a mapped file ends, an access is a fault, which would end the process. */
    @Test
    void shouldShareOnlyMemoryThatNobodyCanCutShort() throws IOException {
        try (EchoServer server = new EchoServer("shm", new LocalPath(place.toString()));
                Hostile hostile = new Hostile()) {
            hostile.awaitAccepted();
            final Path memory = Path.of("/proc/self/fd", Integer.toString(hostile.memory.descriptor()));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> truncate(memory, 0));
            final Path page = Path.of(
                    "/proc/self/fd", Integer.toString(ListenerFolder.read(place).descriptor()));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> truncate(page, 0));
            assertThat(server.ends()).isEmpty();
        }
    }

    private static void assertClosedAndCounted(final EchoServer server, final EchoClient friend) {
        await().atMost(PATIENCE).until(() -> server.listener().rejectedCount() == 1);
        await().atMost(PATIENCE).until(() -> !server.ends().isEmpty());
        assertThat(server.ends()).containsExactly(CloseReason.PROTOCOL_ERROR);
        assertThat(server.errors())
                .anySatisfy(error -> assertThat(error)
                        .hasMessageContaining("shm refused a connection at ")
                        .hasMessageNotContaining("\n"));
        friend.roundTrip(32);
    }

    @Test
    void shouldLeaveNothingWhenAConnectionIsGivenUp() throws IOException {
        final Node listening = open(new ConcurrentLinkedQueue<>()); // which nobody polls
        listening.listen(new LocalPath(place.toString()), (connection, buffer, offset, length) -> Delivery.CONSUMED);
        try (Node node = open(new ConcurrentLinkedQueue<>())) {
            final Connection connection =
                    node.connect(new LocalPath(place.toString()), (from, buffer, offset, length) -> Delivery.CONSUMED);
            assertThat(connection.state()).isEqualTo(ConnectionState.CONNECTING);
            assertThat(filesIn(place)).hasSize(2);
            connection.close();
            assertThat(filesIn(place)).hasSize(1);
        }
        listening.close();
        assertThat(filesIn(folder)).isEmpty();
    }

    @Test
    void shouldRemoveWhatADeadProcessHasBegun() throws Exception {
        final Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        try (EchoServer server = new EchoServer("shm", new LocalPath(place.toString()))) {
            final Path begun = place.resolve(dead.pid() + "-1");
            write(begun, new byte[100]);
            final Path request = place.resolve(dead.pid() + "-2" + ListenerFolder.REQUEST);
            new Offer(Offer.Kind.CONNECTION, MAX_MESSAGE, new ProcessIdentity(dead.pid(), 1, self.namespace()), 1)
                    .write(request);
            ring();
            await().atMost(PATIENCE).until(() -> Files.notExists(begun) && Files.notExists(request));
            assertThat(server.listener().acceptedCount()).isZero();
            assertThat(server.listener().rejectedCount()).isZero();
        }
    }

    @Test
    void shouldKeepEverythingToItsUser() throws IOException {
        try (EchoServer server = new EchoServer("shm", new LocalPath(place.toString()))) {
            assertThat(server.address()).isEqualTo(new LocalPath(place.toString()));
            assertThat(Files.getPosixFilePermissions(place)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            for (final Path file : filesIn(place)) {
                assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    private CloseReason endOfConnecting(final Queue<Throwable> errors) {
        try (Node node = open(errors)) {
            final Connection connection =
                    node.connect(new LocalPath(place.toString()), (from, buffer, offset, length) -> Delivery.CONSUMED);
            await().atMost(PATIENCE).until(() -> {
                node.poll(1);
                return connection.closeReason() != null;
            });
            return connection.closeReason();
        }
    }

    private static Node open(final Queue<Throwable> errors) {
        return Transports.installed().resolve("shm").open(NodeContext.named("node", errors::add));
    }

    private static List<Path> filesIn(final Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static Path own(final Path folder) throws IOException {
        return Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void write(final Path file, final byte[] bytes) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, bytes);
    }

    private void ring() throws IOException {
        try (SealedMemory page = ListenerFolder.read(place).memory()) {
            page.write(ByteBuffer.allocate(Long.BYTES).putLong(0, System.nanoTime()), Layout.BELL_AT);
        }
    }

    private static SealedMemory memory() throws IOException {
        return SealedMemory.create(Layout.connectionBytes(MAX_MESSAGE));
    }

    private static void make(final Path file, final int maxMessageBytes, final int descriptor) throws IOException {
        new Offer(Offer.Kind.CONNECTION, maxMessageBytes, ProcessIdentity.self(), descriptor).write(file);
    }

    private static void truncate(final Path file, final long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    private static void pipe(final Path path) throws IOException {
        try {
            assertThat(new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                            .start()
                            .waitFor())
                    .isZero();
        } catch (final InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void give(final Path path) throws IOException {
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
                "only root can make a file somebody else's");
        Files.setAttribute(path, "unix:uid", SOMEBODY_ELSE);
    }

    /** A connecting end that writes what it likes. */
    private final class Hostile implements AutoCloseable {
        private final SealedMemory memory = memory();
        private final UnsafeBuffer words = new UnsafeBuffer(memory.map());
        private final UnsafeBuffer ring = new UnsafeBuffer(words, Layout.PAGE_BYTES, Layout.ringBytes(MAX_MESSAGE));

        Hostile() throws IOException {
            ListenerFolder.request(
                    place,
                    ListenerFolder.read(place),
                    new Offer(Offer.Kind.CONNECTION, MAX_MESSAGE, self, memory.descriptor()));
        }

        void awaitAccepted() {
            await().atMost(PATIENCE).until(() -> words.getIntVolatile(Layout.LISTENER_AT) == Rings.ACCEPTED);
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
