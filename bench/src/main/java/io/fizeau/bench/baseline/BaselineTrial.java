package io.fizeau.bench.baseline;

import io.fizeau.bench.jmh.IterationFigures;
import io.fizeau.bench.jmh.NoiseWatch;
import io.fizeau.bench.notes.ForkFiles;
import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.bench.pin.CpuSet;
import io.fizeau.bench.server.Server;
import io.fizeau.bench.server.ServerProcess;
import io.fizeau.bench.server.ServerSettings;
import io.fizeau.bench.server.ServerStatistics;
import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.settings.Sends;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of a hand-written loop: its server in a process of its own, and the near end in this JVM, with the calling thread
 * pinned. Used by one thread, the one that measures.
 */
public final class BaselineTrial implements AutoCloseable {
    private static final long CONNECT_NS = TimeUnit.SECONDS.toNanos(10);

    private final LoopSettings settings;
    private final CpuSet allowed = CpuAffinity.allowed();
    private final @Nullable AeronEnd udp;
    private final RingPingPong.@Nullable Server rings;
    private final Server server;
    private @Nullable ServerStatistics atBegin;

    private BaselineTrial(final LoopSettings settings, final String clientCpu, final String serverCpu) {
        this.settings = settings;
        final CpuPlacement placement = CpuPlacement.choose(clientCpu, serverCpu, allowed);
        this.udp = settings.loop() == Loop.AERON_UDP ? AeronEnd.ofUdpClient(settings) : null;
        try {
            final ServerSettings where = new ServerSettings(placement.server(), allowed, Idle.SPIN);
            final Address client = udp == null ? HostPort.loopback() : udp.address();
            this.rings = settings.loop() == Loop.INPROC ? new RingPingPong.Server(settings) : null;
            this.server = rings != null
                    ? BaselineServer.start(where, threads -> rings)
                    : ServerProcess.start(BaselineServer.class, BaselineServer.arguments(settings, client, where));
        } catch (final RuntimeException | Error e) {
            if (udp != null) {
                udp.close();
            }
            throw e;
        }
        note(pin(placement));
    }

    /**
     * Starts the server of a loop of round trips, and pins the calling thread.
     *
     * @param loop over what it runs.
     * @param messageBytes the length of each message, header included.
     * @param clientCpu the measuring thread's processor: auto, none or a number.
     * @param serverCpu the serving thread's processor: the same.
     * @return both ends, which the caller closes after the loop.
     * @throws TransportException if a setting is wrong or the server does not come up.
     */
    public static BaselineTrial ofRoundTrips(
            final Loop loop, final int messageBytes, final String clientCpu, final String serverCpu) {
        return new BaselineTrial(new LoopSettings(loop, false, Sends.EACH, messageBytes), clientCpu, serverCpu);
    }

    /**
     * Starts the server of a one-way loop, and pins the calling thread.
     *
     * @param loop over what it runs.
     * @param sends whether messages travel together.
     * @param messageBytes the length of each message, header included.
     * @param clientCpu the measuring thread's processor: auto, none or a number.
     * @param serverCpu the serving thread's processor: the same.
     * @return both ends, which the caller closes after the loop.
     * @throws TransportException if a setting is wrong or the server does not come up.
     */
    public static BaselineTrial ofOneWay(
            final Loop loop,
            final Sends sends,
            final int messageBytes,
            final String clientCpu,
            final String serverCpu) {
        return new BaselineTrial(new LoopSettings(loop, true, sends, messageBytes), clientCpu, serverCpu);
    }

    /**
     * Connects the near end; the first messages, checked to the last byte, have made their round trip.
     *
     * @return the loop, which the caller closes.
     */
    public RoundTrips connectRoundTrips() {
        final Patience patience = new Patience(server);
        try {
            final RoundTrips loop = switch (settings.loop()) {
                case TCP_BLOCKING -> new TcpBlockingPingPong.Client(settings, tcpAddress(), patience);
                case TCP_NIO -> new TcpNioPingPong.Client(settings, tcpAddress(), patience);
                case AERON_UDP, AERON_IPC -> {
                    final AeronEnd end = aeron();
                    yield new AeronPingPong.Client(settings, end, connect(end), patience);
                }
                case INPROC -> new RingPingPong.Client(settings, Objects.requireNonNull(rings), patience);
            };
            for (int i = 0; i < Frames.VERIFIED_MESSAGES; i++) {
                loop.roundTrip();
            }
            return loop;
        } catch (final IOException e) {
            throw patience.failure("the connection to the server does not open: " + e.getMessage(), e);
        }
    }

    /**
     * Connects the near end; the first messages, checked to the last byte, have arrived.
     *
     * @return the loop, which the caller closes.
     */
    public OneWay connectOneWay() {
        final Patience patience = new Patience(server);
        try {
            final OneWay loop;
            if (settings.loop().isAeron()) {
                final AeronEnd end = aeron();
                loop = new AeronOneWay.Client(settings, end, connect(end), patience);
            } else {
                loop = new TcpNioOneWay.Client(settings, tcpAddress(), patience);
            }
            loop.advance(Frames.VERIFIED_MESSAGES);
            loop.drain();
            return loop;
        } catch (final IOException e) {
            throw patience.failure("the connection to the server does not open: " + e.getMessage(), e);
        }
    }

    /** To be called before an iteration. */
    public void beginIteration() {
        NoiseWatch.startTiming(server);
        atBegin = server.statistics().orElse(null);
    }

    /** To be called after an iteration: leaves the server's figures for the profiler. */
    public void endIteration() {
        final Optional<ServerStatistics> now = server.statistics();
        NoiseWatch.stopTiming(server);
        if (now.isPresent() && atBegin != null) {
            IterationFigures.leave(now.get().since(atBegin));
        }
    }

    @Override
    public void close() {
        server.close();
        if (udp != null) {
            udp.close();
        }
        // The thread is JMH's, and may go on to another trial.
        CpuAffinity.set(allowed);
    }

    private HostPort tcpAddress() {
        return (HostPort) server.address();
    }

    private AeronEnd aeron() {
        return udp != null ? udp : AeronEnd.ofIpcClient(settings, server.address());
    }

    private AeronStreams connect(final AeronEnd end) {
        final long startNs = System.nanoTime();
        final AeronStreams streams =
                end.connect(server.address(), () -> server.isAlive() && System.nanoTime() - startNs < CONNECT_NS);
        if (streams == null) {
            end.close();
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "the server does not answer within " + TimeUnit.NANOSECONDS.toMillis(CONNECT_NS) + " ms; "
                            + server.diagnosis());
        }
        return streams;
    }

    private static String pin(final CpuPlacement placement) {
        if (placement.client().isEmpty()) {
            return CpuPlacement.NONE;
        }
        final String trouble = CpuAffinity.set(CpuSet.of(placement.client().getAsInt()));
        return trouble.isEmpty() ? CpuPlacement.text(placement.client()) : "unavailable: " + trouble;
    }

    private void note(final String clientCpu) {
        final Map<String, String> notes = new LinkedHashMap<>();
        notes.put("clientCpu", clientCpu);
        notes.put("clientWaits", settings.loop() == Loop.TCP_BLOCKING ? "blocks" : "spin");
        notes.put("serverWaits", settings.loop() == Loop.TCP_BLOCKING ? "blocks" : "spin");
        notes.put("server", rings == null ? "process" : "thread");
        notes.putAll(server.notes());
        notes.put("allowedCpus", allowed.toString());
        BenchProperties.read().notes().ifPresent(path -> ForkFiles.write(path, notes));
    }
}
