package io.fizeau.bench.server;

import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.bench.settings.BenchmarkJvm;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.host.ProcessMemory;
import io.fizeau.transports.datagram.trace.Trace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server in a JVM of its own, started from here with the same Java, the same class path and the same flags as a fork. It ends
 * when this process does, however that ends, because its standard input ends then.
 */
public final class ServerProcess implements Server {
    private static final long START_MS = TimeUnit.SECONDS.toMillis(30);
    private static final long ANSWER_MS = TimeUnit.SECONDS.toMillis(5);
    private static final long STOP_MS = TimeUnit.SECONDS.toMillis(5);
    private static final long POLL_MS = 500;
    /** Until a process that was killed, and whose sockets are closed, is known to have ended: on a busy machine that takes its time. */
    private static final long DIAGNOSIS_MS = 2_000;

    private static final int KEPT_LINES = 20;

    private final Process process;
    private final Writer commands;
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Map<String, String> notes = new ConcurrentSkipListMap<>();
    private final Deque<String> lastErrors = new ArrayDeque<>();
    private final Address address;

    private ServerProcess(final List<String> command) {
        try {
            this.process = new ProcessBuilder(command).start();
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "the server process cannot be started: " + e.getMessage(), e);
        }
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        read("fizeau-server-out", process.getInputStream(), this::onLine);
        read("fizeau-server-err", process.getErrorStream(), this::onErrorLine);
        try {
            this.address = awaitAddress();
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a server for a transport.
     *
     * @param spec the transport's spec string.
     * @param bind where to listen, or {@code auto} for a free address on this host.
     * @param settings how to run.
     * @return the server, which the caller closes.
     * @throws TransportException if it does not come up; the message is the server's own, where it had one.
     */
    public static ServerProcess start(final String spec, final String bind, final ServerSettings settings) {
        return start(ServerMain.class, ServerMain.arguments(spec, bind, settings));
    }

    /**
     * Starts a main class that ends up in {@link ServerMain#run}.
     *
     * @param main the main class.
     * @param args its arguments.
     * @return the server, which the caller closes.
     * @throws TransportException if it does not come up.
     */
    public static ServerProcess start(final Class<?> main, final List<String> args) {
        final BenchProperties properties = BenchProperties.read();
        final List<String> command = new ArrayList<>();
        command.add(properties.javaHome().resolve("bin").resolve("java").toString());
        command.addAll(BenchmarkJvm.flags());
        command.addAll(properties.traceFlags());
        command.add("-cp");
        command.add(properties.classPath());
        command.add(main.getName());
        command.addAll(args);
        return new ServerProcess(command);
    }

    @Override
    public Address address() {
        return address;
    }

    /**
     * The process, for tests that end it.
     *
     * @return its handle.
     */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(process.pid());
    }

    @Override
    public synchronized Optional<ServerStatistics> statistics() {
        return ask(ControlLine.ASK_STATS, ControlLine.STATS).map(ServerStatistics::parse);
    }

    @Override
    public synchronized void beginNoise() {
        // Waits for the answer, so that the reading is over before anything is timed.
        ask(ControlLine.ASK_NOISE_BEGIN, ControlLine.NOISE);
    }

    @Override
    public synchronized String endNoise() {
        return ask(ControlLine.ASK_NOISE_END, ControlLine.NOISE)
                .orElse("unavailable: the server process gave no answer");
    }

    @Override
    public synchronized Map<String, String> manifest() {
        return ask(ControlLine.ASK_MANIFEST, ControlLine.MANIFEST)
                .map(JsonLine::parse)
                .orElse(Map.of("server", "unavailable: the server process gave no answer"));
    }

    @Override
    public synchronized Map<String, Long> datagramCounters() {
        return ask(ControlLine.ASK_COUNTERS, ControlLine.COUNTERS)
                .map(ControlLine::parseCounters)
                .orElse(Map.of());
    }

    @Override
    public synchronized List<Trace> traces() {
        final List<Trace> traces = new ArrayList<>();
        final String directory = ask(ControlLine.ASK_TRACES, ControlLine.TRACES).orElse("");
        if (!directory.isEmpty()) {
            TraceFolder.take(Path.of(directory), traces::add);
        }
        return traces;
    }

    @Override
    public synchronized Optional<ProcessMemory> memory() {
        return ask(ControlLine.ASK_MEMORY, ControlLine.MEMORY).flatMap(ControlLine::parseMemory);
    }

    /** Asks; what the answer says after its mark, or empty if there is none. */
    private Optional<String> ask(final String question, final String mark) {
        answers.clear();
        try {
            commands.write(question + '\n');
            commands.flush();
        } catch (final IOException e) {
            // It is gone: whoever waits for its answers learns it from isAlive.
            return Optional.empty();
        }
        final String answer = nextAnswer(ANSWER_MS);
        return answer != null && answer.startsWith(mark)
                ? Optional.of(answer.substring(mark.length()))
                : Optional.empty();
    }

    @Override
    public Map<String, String> notes() {
        return Collections.unmodifiableMap(notes);
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public String diagnosis() {
        try {
            if (!process.waitFor(DIAGNOSIS_MS, TimeUnit.MILLISECONDS)) {
                final String error = lastError();
                return error.isEmpty() ? "" : "the server process says: " + error;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
        final String error = lastError();
        return "the server process ended with exit status " + process.exitValue()
                + (error.isEmpty() ? "" : ": " + error);
    }

    @Override
    public void close() {
        try {
            commands.close();
        } catch (final IOException e) {
            // It reads no more; what matters is that it ends, below.
            process.destroy();
        }
        try {
            if (!process.waitFor(STOP_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Address awaitAddress() {
        Address listening = null;
        final long startNs = System.nanoTime();
        while (true) {
            final long leftMs = START_MS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            final String answer = nextAnswer(Math.min(leftMs, POLL_MS));
            if (answer == null) {
                if (leftMs <= 0 || (!process.isAlive() && answers.isEmpty())) {
                    throw new TransportException(
                            TransportException.NextStep.FAIL_RUN,
                            "the server process did not come up" + (leftMs <= 0 ? " within " + START_MS + " ms" : "")
                                    + ": " + diagnosis());
                }
            } else if (answer.startsWith(ControlLine.FAILED)) {
                throw new TransportException(
                        TransportException.NextStep.FAIL_RUN, answer.substring(ControlLine.FAILED.length()));
            } else if (answer.startsWith(ControlLine.LISTENING)) {
                listening = Address.parse(answer.substring(ControlLine.LISTENING.length()));
            } else if (answer.startsWith(ControlLine.NOTE)) {
                final String note = answer.substring(ControlLine.NOTE.length());
                final int equals = note.indexOf('=');
                notes.put(note.substring(0, equals), note.substring(equals + 1));
            } else if (answer.equals(ControlLine.READY) && listening != null) {
                return listening;
            }
        }
    }

    private @Nullable String nextAnswer(final long timeoutMs) {
        try {
            return answers.poll(Math.max(0, timeoutMs), TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "interrupted while waiting for the server process", e);
        }
    }

    private void onLine(final String line) {
        if (line.startsWith(ControlLine.MARK)) {
            answers.add(line.substring(ControlLine.MARK.length()));
        }
    }

    private void onErrorLine(final String line) {
        // Of a stack trace only the first line says something to a person.
        if (!line.isBlank() && !line.startsWith("\t") && !line.startsWith("    at ")) {
            synchronized (lastErrors) {
                if (lastErrors.size() == KEPT_LINES) {
                    lastErrors.removeFirst();
                }
                lastErrors.addLast(line.strip());
            }
        }
    }

    private String lastError() {
        synchronized (lastErrors) {
            return lastErrors.isEmpty() ? "" : lastErrors.getLast();
        }
    }

    private static void read(final String name, final InputStream stream, final Consumer<String> to) {
        final Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        lines.lines().forEach(to);
                    } catch (final IOException | UncheckedIOException e) {
                        // The process ended in the middle of a line.
                        to.accept("");
                    }
                },
                name);
        reader.setDaemon(true);
        reader.start();
    }
}
