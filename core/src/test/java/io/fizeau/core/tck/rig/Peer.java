package io.fizeau.core.tck.rig;

import io.fizeau.core.address.Address;
import io.fizeau.core.settings.Driving;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another JVM with servers in it, seen from this one: {@link PeerProcess}, spoken to in lines. Used by one thread. */
public final class Peer implements AutoCloseable {
    private static final long ANSWER_SECONDS = 20;
    private static final String END = "";

    private final Process process;
    private final BufferedWriter toPeer;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /**
     * Starts the JVM, with this one's java, class path and plug-ins.
     *
     * @param spec the transport, a spec string.
     */
    public Peer(final String spec) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath(), PeerProcess.class.getName(), spec));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot start another JVM: " + e.getMessage(), e);
        }
        toPeer = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        final Thread reader = new Thread(this::readAnswers, "tck-peer-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a server there.
     *
     * @param driving whose threads drive it.
     * @return the server.
     */
    public Server serve(final Driving driving) {
        final String[] words = ask("serve " + driving).split(" ", 2);
        return new RemoteServer(words[0], Address.parse(words[1]));
    }

    /**
     * Connects from there to here, and exchanges one message.
     *
     * @param driving whose threads drive that end.
     * @param address where a server of this JVM listens.
     */
    public void connect(final Driving driving, final Address address) {
        ask("connect " + driving + ' ' + address.text());
    }

    /** Kills it, without a chance to say goodbye, and waits until it is dead. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the other JVM, process " + process.pid() + ", cannot be killed");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether it runs.
     *
     * @return true until it ended.
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it: by the end of its input, and if that does not help, forcibly. */
    @Override
    public void close() {
        try {
            toPeer.close();
        } catch (final IOException expected) {
            // It is gone already.
        }
        try {
            if (process.waitFor(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private String ask(final String request) {
        try {
            toPeer.write(request);
            toPeer.newLine();
            toPeer.flush();
            final String answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (answer == null || answer.equals(END)) {
                throw new AssertionError(
                        "the other JVM " + (answer == null ? "does not answer" : "has ended") + ", asked: " + request);
            }
            if (!answer.startsWith("ok ")) {
                throw new AssertionError("the other JVM answered to '" + request + "': " + answer);
            }
            return answer.substring(3);
        } catch (final IOException e) {
            throw new UncheckedIOException("the other JVM has ended, asked: " + request, e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the other JVM was asked: " + request, e);
        }
    }

    private void readAnswers() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                answers.add(line);
                line = reader.readLine();
            }
        } catch (final IOException expected) {
            // Killed while it spoke.
        }
        answers.add(END);
    }

    // The plug-ins of the context class loader come after what this JVM was started with.
    private static String classPath() {
        final StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
        while (loader != null) {
            if (loader instanceof URLClassLoader plugins) {
                for (final URL url : plugins.getURLs()) {
                    try {
                        path.append(File.pathSeparatorChar).append(Path.of(url.toURI()));
                    } catch (final URISyntaxException e) {
                        throw new IllegalArgumentException("a plug-in's place is no file: " + url, e);
                    }
                }
            }
            loader = loader.getParent();
        }
        return path.toString();
    }

    private final class RemoteServer implements Server {
        private final String id;
        private final Address address;
        private boolean isClosed;

        RemoteServer(final String id, final Address address) {
            this.id = id;
            this.address = address;
        }

        @Override
        public Address address() {
            return address;
        }

        @Override
        public ServerStats stats() {
            return ServerStats.ofLine(ask("stats " + id));
        }

        @Override
        public void hold(final boolean isHeld) {
            ask((isHeld ? "hold " : "release ") + id);
        }

        @Override
        public void closeListener() {
            ask("close-listener " + id);
        }

        @Override
        public void close() {
            if (!isClosed && isAlive()) {
                isClosed = true;
                ask("close " + id);
            }
        }
    }
}
