package io.fizeau.bench.baseline;

import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.bench.pin.CpuSet;
import io.fizeau.bench.pin.PinnedThreads;
import io.fizeau.bench.server.Server;
import io.fizeau.bench.server.ServerMain;
import io.fizeau.bench.server.ServerSettings;
import io.fizeau.bench.server.ServerStatistics;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Sends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The far end of a hand-written loop, in a process of its own unless it is made for one JVM, with one serving thread. */
public final class BaselineServer implements Server {
    private static final long STOP_MS = TimeUnit.SECONDS.toMillis(2);

    private final ServerSettings where;
    private final PinnedThreads threads;
    private final ServingRun run = new ServingRun();
    private final Serving end;
    private final Address address;
    private final Thread thread;

    private BaselineServer(final ServerSettings where, final Function<ThreadFactory, Serving> opening) {
        this.where = where;
        this.threads = new PinnedThreads("server", where.allowed());
        this.end = opening.apply(threads);
        this.address = end.address();
        this.thread = threads.newThread(
                this::serve, where.cpu().isPresent() ? CpuSet.of(where.cpu().getAsInt()) : where.allowed());
        thread.start();
    }

    /**
     * Serves one client of one loop, as a child process.
     *
     * @param args the loop, whether one way, the sends, the message length, the client's address, then how to run as
     *     {@link ServerMain#settings} has it.
     */
    public static void main(final String[] args) {
        ServerMain.run(() -> {
            final LoopSettings settings = new LoopSettings(
                    Loop.valueOf(args[0]),
                    Boolean.parseBoolean(args[1]),
                    Sends.valueOf(args[2]),
                    Integer.parseInt(args[3]));
            final Address client = Address.parse(args[4]);
            return start(
                    ServerMain.settings(args[5], args[6], args[7], args[8]),
                    threads -> open(settings, client, threads));
        });
    }

    /** Opens the far end and serves, in this JVM. */
    static BaselineServer start(final ServerSettings where, final Function<ThreadFactory, Serving> opening) {
        return new BaselineServer(where, opening);
    }

    static List<String> arguments(final LoopSettings settings, final Address client, final ServerSettings where) {
        final List<String> arguments = new ArrayList<>(List.of(
                settings.loop().name(),
                Boolean.toString(settings.isOneWay()),
                settings.sends().name(),
                Integer.toString(settings.messageBytes()),
                client.text()));
        arguments.addAll(ServerMain.arguments(where));
        return arguments;
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Optional<ServerStatistics> statistics() {
        return Optional.of(
                new ServerStatistics(run.messages(), 0, 0, 0, threads.cpuNs(), threads.allocatedBytes(), 0, 0));
    }

    @Override
    public Map<String, String> notes() {
        final String trouble = threads.pinTrouble();
        return Map.of("serverCpu", trouble.isEmpty() ? CpuPlacement.text(where.cpu()) : "unavailable: " + trouble);
    }

    @Override
    public boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public String diagnosis() {
        return "";
    }

    @Override
    public void close() {
        run.stop();
        try {
            thread.join(STOP_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // What the thread still uses must not be unmapped under it.
        if (!thread.isAlive()) {
            end.close();
        }
    }

    private static Serving open(final LoopSettings settings, final Address client, final ThreadFactory threads) {
        try {
            return switch (settings.loop()) {
                case TCP_BLOCKING -> new TcpBlockingPingPong.Server(settings);
                case TCP_NIO ->
                    settings.isOneWay() ? new TcpNioOneWay.Server(settings) : new TcpNioPingPong.Server(settings);
                case AERON_UDP, AERON_IPC -> {
                    final AeronEnd aeron = AeronEnd.ofServer(settings, threads);
                    yield settings.isOneWay()
                            ? new AeronOneWay.Server(settings, aeron, client)
                            : new AeronPingPong.Server(settings, aeron, client);
                }
                case INPROC ->
                    throw TransportException.badRequest(
                            "loop=" + settings.loop().label() + " does not cross processes");
            };
        } catch (final IOException e) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "the server's end does not open: " + e.getMessage(), e);
        }
    }

    private void serve() {
        try {
            end.serve(run);
        } catch (final IOException e) {
            // Ends the thread; the JVM prints it, and the parent shows it.
            throw new UncheckedIOException(e);
        }
    }
}
