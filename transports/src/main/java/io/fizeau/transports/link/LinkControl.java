package io.fizeau.transports.link;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.transports.link.namespace.Namespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ErrorHandler;

/**
 * Lets other processes of the run ask the link, over a Unix domain socket: one connection a request, a line there and lines back, the
 * first of them {@code ok} or {@code error REASON}. {@link LinkClient} is the other end. Thread-safe.
 */
public final class LinkControl implements AutoCloseable {
    /** The system property that tells a process where the socket is. */
    public static final String PROPERTY = "fizeau.link";

    static final String BIND = "bind";
    static final String REACH = "reach";
    static final String BLACKOUT = "blackout";
    static final String REPORT = "report";
    static final String OK = "ok";
    static final String ERROR = "error";

    private static final String PREFIX = "fizeau-link";

    /** In a namespace it goes with its last process, also when that is killed. */
    private static final Path OWN_MEMORY = Path.of("/dev/shm");

    private final Link link;
    private final ErrorHandler errors;
    private final Path directory;
    private final Path socket;
    private final ServerSocketChannel server;

    private LinkControl(
            final Link link, final ErrorHandler errors, final Path directory, final ServerSocketChannel server) {
        this.link = link;
        this.errors = errors;
        this.directory = directory;
        this.socket = socket(directory);
        this.server = server;
    }

    /**
     * Begins to listen.
     *
     * @param link the link, which stays the caller's.
     * @param errors what breaks later.
     * @return the server, which the caller closes.
     * @throws TransportException if there is no place for the socket.
     */
    public static LinkControl serve(final Link link, final ErrorHandler errors) {
        try {
            final Path directory = Namespace.isInside()
                    ? Files.createTempDirectory(OWN_MEMORY, PREFIX)
                    : Files.createTempDirectory(PREFIX);
            final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket(directory)));
            final LinkControl control = new LinkControl(link, errors, directory, server);
            start(control::accept);
            return control;
        } catch (final IOException | UnsupportedOperationException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "no socket by which forks could ask the link: " + e.getMessage(),
                    e);
        }
    }

    /**
     * Where it listens.
     *
     * @return the path of the socket, the value of {@link #PROPERTY} for the processes of the run.
     */
    public Path path() {
        return socket;
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
            Files.deleteIfExists(directory);
        } catch (final IOException e) {
            errors.onError(e);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                final SocketChannel channel = server.accept();
                // Each on a thread of its own, so that one that says nothing keeps nobody waiting.
                start(() -> serve(channel));
            } catch (final ClosedChannelException e) {
                return;
            } catch (final IOException e) {
                errors.onError(e);
                return;
            }
        }
    }

    private void serve(final SocketChannel channel) {
        try (channel;
                BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            final String request = in.readLine();
            if (request != null) {
                final String answer = String.join("\n", answer(request)) + '\n';
                Channels.newOutputStream(channel).write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (final IOException e) {
            errors.onError(e);
        }
    }

    private List<String> answer(final String request) {
        final List<String> lines = new ArrayList<>(List.of(OK));
        try {
            final String[] words = request.split(" ", 2);
            switch (words[0]) {
                case BIND -> lines.add(link.serverBind());
                case REACH -> lines.add(link.reach(Address.parse(words[1])).text());
                case BLACKOUT -> {
                    final Blackout blackout = link.blackout(Duration.ofMillis(Long.parseLong(words[1])));
                    lines.add(Long.toString(blackout.beganNs()));
                    lines.add(Long.toString(blackout.endsNs()));
                }
                case REPORT -> link.report().notes().forEach((name, text) -> lines.add(name + '=' + text));
                default -> throw TransportException.badRequest("the link does not understand: " + request);
            }
            return lines;
        } catch (final TransportException e) {
            return List.of(ERROR + ' ' + e.nextStep() + ' ' + e.getMessage());
        } catch (final RuntimeException e) {
            return List.of(ERROR + ' ' + TransportException.NextStep.FAIL_RUN + " the link cannot answer '" + request
                    + "': " + e);
        }
    }

    private static Path socket(final Path directory) {
        return directory.resolve("link");
    }

    private static void start(final Runnable task) {
        final Thread thread = new Thread(task, "fizeau-link-control");
        thread.setDaemon(true);
        thread.start();
    }
}
