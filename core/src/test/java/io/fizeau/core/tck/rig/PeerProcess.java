package io.fizeau.core.tck.rig;

import io.fizeau.core.address.Address;
import io.fizeau.core.registry.TransportSpec;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Sends;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The main class of the other JVM: servers, and clients of servers of the first one, on request. A line in, a line out, which
 * starts with {@code ok} or says what went wrong. Ends with its input, and so with the JVM that started it.
 */
public final class PeerProcess {
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

    private final Rig rig;
    private final List<LocalServer> servers = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();

    private PeerProcess(final String spec) {
        rig = new Rig(
                Transports.installed(),
                TransportSpec.parse(spec),
                () -> {
                    throw new IllegalStateException("this is the other JVM");
                },
                LIMIT_NS);
    }

    /**
     * Runs until its input ends.
     *
     * @param args the spec string.
     * @throws IOException if its input cannot be read.
     */
    public static void main(final String[] args) throws IOException {
        final PeerProcess peer = new PeerProcess(args[0]);
        final BufferedReader in = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
        final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        String line = in.readLine();
        while (line != null) {
            out.println(peer.answer(line));
            line = in.readLine();
        }
        peer.rig.close();
        Runtime.getRuntime().halt(0); // whatever thread a transport left behind
    }

    private String answer(final String line) {
        try {
            final String[] words = line.split(" ", 3);
            return switch (words[0]) {
                case "serve" -> serve(Driving.valueOf(words[1]));
                case "connect" -> connect(Driving.valueOf(words[1]), Address.parse(words[2]));
                default -> "ok " + command(words[0], servers.get(Integer.parseInt(words[1])));
            };
        } catch (final RuntimeException | AssertionError e) {
            return ("error " + e).replace('\n', ' ');
        }
    }

    private String serve(final Driving driving) {
        final LocalServer server = rig.serveHere(driving, Sends.EACH, false, rig.freeAddress(driving));
        servers.add(server);
        return "ok " + (servers.size() - 1) + ' ' + server.address().text();
    }

    private static String command(final String word, final LocalServer server) {
        switch (word) {
            case "stats" -> {
                return server.stats().toLine();
            }
            case "hold" -> server.hold(true);
            case "release" -> server.hold(false);
            case "close-listener" -> server.closeListener();
            case "close" -> server.close();
            default -> throw new IllegalArgumentException("unknown request " + word);
        }
        return word;
    }

    // A caller-driven node is polled by a thread of its own from then on, so that it stays alive.
    private String connect(final Driving driving, final Address address) {
        final Client client = rig.client(driving, Sends.EACH);
        final End end = client.connect(address);
        ends.add(end);
        client.exchange(end, 64);
        if (driving == Driving.CALLER) {
            rig.newThread(() -> client.awaitEnd(end)).start();
        }
        return "ok connected";
    }
}
