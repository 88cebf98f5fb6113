package io.fizeau.bench.trial;

import io.fizeau.bench.jmh.IterationFigures;
import io.fizeau.bench.jmh.LatencyFigures;
import io.fizeau.bench.jmh.NoiseWatch;
import io.fizeau.bench.notes.ForkFiles;
import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.bench.pin.CpuSet;
import io.fizeau.bench.pin.PinnedThreads;
import io.fizeau.bench.server.FarServer;
import io.fizeau.bench.server.Server;
import io.fizeau.bench.server.ServerProcess;
import io.fizeau.bench.server.ServerSettings;
import io.fizeau.bench.server.ServerStatistics;
import io.fizeau.bench.server.ServerThread;
import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.ClosedLoop;
import io.fizeau.core.load.CreditedStream;
import io.fizeau.core.load.LoadSettings;
import io.fizeau.core.load.OpenLoop;
import io.fizeau.core.load.OpenLoopSettings;
import io.fizeau.core.load.PeerWatch;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.TransportSpec;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of a trial: the server, wherever it runs, and a node in this JVM, with the calling thread pinned. Used by one thread,
 * the one that measures.
 */
public final class TrialEnds implements AutoCloseable {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    /** Fewer processors than this, and client and server must take turns. */
    private static final int SPINNERS = 2;

    /** Transports that run threads of their own have one more at each end. */
    private static final int SPINNERS_WITH_OWN_THREADS = 4;

    private final CpuSet allowed;
    private final Server server;
    private final Node node;
    private final Driving driving;
    private final PinnedThreads threads;
    private final LoadSettings load;
    private final PeerWatch watch;
    private final int run = (int) ProcessHandle.current().pid() & Integer.MAX_VALUE;
    private volatile String firstError = "";
    private @Nullable ServerStatistics atBegin;
    private long cpuNsAtBegin;

    private TrialEnds(final TrialSettings settings) {
        final ConfiguredTransport transport = resolve(settings);
        this.allowed = CpuAffinity.allowed();
        final CpuPlacement placement = CpuPlacement.choose(settings.clientCpu(), settings.serverCpu(), allowed);
        this.driving = transport.driving().forConnecting(transport.settings().get(CommonOptions.DRIVING));
        final int spinners = driving == Driving.CALLER ? SPINNERS : SPINNERS_WITH_OWN_THREADS;
        // Who gathers has no latency to lose by waiting, and a media driver may need the core.
        final Idle idle = allowed.size() >= spinners && settings.sends() == Sends.EACH ? Idle.SPIN : Idle.YIELD;
        this.load = new LoadSettings(settings.messageBytes(), transport.guarantees(), idle, TIMEOUT_NS);
        final ServerSettings serverSettings = ServerSettings.measuring(placement.server(), allowed, settings.sends())
                .working(settings.service());
        this.server = startServer(settings, transport, serverSettings);
        try {
            this.threads = new PinnedThreads("client", allowed);
            this.node = transport.open(new NodeContext("client", threads, this::onError));
        } catch (final RuntimeException | Error e) {
            server.close();
            throw e;
        }
        this.watch = watch(server);
        note(settings, transport, idle, pin(placement));
    }

    /**
     * Starts the server, opens the node and pins the calling thread.
     *
     * @param settings the trial's.
     * @return both ends, which the caller closes.
     * @throws TransportException if something in the settings is wrong, or one of the ends does not come up; nothing is left
     *     running then.
     */
    public static TrialEnds open(final TrialSettings settings) {
        return new TrialEnds(settings);
    }

    /**
     * Connects a closed loop.
     *
     * @return the loop, which the caller closes.
     */
    public ClosedLoop connectClosedLoop() {
        return ClosedLoop.connect(node, server.address(), load, run, watch);
    }

    /**
     * Connects a one-way stream.
     *
     * @return the stream, which the caller closes.
     */
    public CreditedStream connectStream() {
        return CreditedStream.connect(node, server.address(), load, run, watch);
    }

    /**
     * Connects an open loop.
     *
     * @param trial what it offers.
     * @return the loop, which the caller closes.
     */
    public OpenLoop connectOpenLoop(final OpenLoopTrial trial) {
        final OpenLoopSettings open = trial.settings(load.guarantees(), driving);
        final LoadSettings own = new LoadSettings(
                load.messageBytes(),
                load.guarantees(),
                open.senderIdle(allowed.size(), load.guarantees()),
                load.timeoutNs());
        return OpenLoop.connect(node, server.address(), own, open, run, watch, threads);
    }

    /**
     * What a message cost at this end since {@link #beginIteration()}.
     *
     * @param messages how many there were.
     * @param usefulPollShare of the loop's own polls, the share that found something; NaN if it has none.
     * @return label to figure, for {@link io.fizeau.bench.jmh.LatencyFigures}.
     */
    public Map<String, Double> cost(final long messages, final double usefulPollShare) {
        final Map<String, Double> cost = new LinkedHashMap<>();
        cost.put(LatencyFigures.USEFUL_POLLS, usefulPollShare);
        cost.put(
                LatencyFigures.CLIENT_CPU,
                messages == 0 ? Double.NaN : (double) (clientCpuNs() - cpuNsAtBegin) / messages);
        return cost;
    }

    /** Of the calling thread, which is the loop's, and of those that the node and the loop have started. */
    private long clientCpuNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() + threads.cpuNs();
    }

    /** To be called once the loop's phase of an iteration has begun. */
    public void beginIteration() {
        // First, because reading takes a server that spins some milliseconds, which are not the benchmark's.
        NoiseWatch.startTiming(server);
        atBegin = server.statistics().orElse(null);
        cpuNsAtBegin = clientCpuNs();
    }

    /** To be called once the loop's phase of an iteration has ended: leaves the server's figures for the profiler. */
    public void endIteration() {
        final Optional<ServerStatistics> now = server.statistics();
        NoiseWatch.stopTiming(server);
        if (now.isPresent() && atBegin != null) {
            IterationFigures.leave(now.get().since(atBegin));
        }
    }

    @Override
    public void close() {
        node.close();
        server.close();
        // The thread is JMH's, and may go on to another trial.
        CpuAffinity.set(allowed);
    }

    private static ConfiguredTransport resolve(final TrialSettings settings) {
        TransportSpec spec = TransportSpec.parse(settings.transport());
        final String name = CommonOptions.SENDS.name();
        final String sends = settings.sends().name().toLowerCase(Locale.ROOT);
        final String given = spec.transport().options().get(name);
        if (given != null && !given.equals(sends)) {
            throw TransportException.badRequest("transport=" + settings.transport() + " says sends=" + given
                    + " and this benchmark sends=" + sends + ": leave it out of the spec");
        }
        spec = spec.with(name, sends);
        return Transports.installed().resolve(spec);
    }

    private static Server startServer(
            final TrialSettings settings, final ConfiguredTransport transport, final ServerSettings serverSettings) {
        return switch (settings.server()) {
            case TrialSettings.PROCESS ->
                transport.guarantees().has(Guarantee.CROSSES_PROCESSES)
                        ? ServerProcess.start(transport.spec().text(), CpuPlacement.AUTO, serverSettings)
                        : ServerThread.start(transport, transport.loopbackAddress(), serverSettings);
            case TrialSettings.THREAD -> ServerThread.start(transport, transport.loopbackAddress(), serverSettings);
            default -> new FarServer(farAddress(settings.server()));
        };
    }

    private static Address farAddress(final String text) {
        try {
            return Address.parse(text);
        } catch (final TransportException e) {
            throw new TransportException(
                    e.nextStep(),
                    "server=" + text + " must be process, thread, or an address at which fizeau serve listens, such as"
                            + " 192.0.2.1:4000",
                    e);
        }
    }

    private String pin(final CpuPlacement placement) {
        if (placement.client().isEmpty()) {
            return CpuPlacement.NONE;
        }
        final String trouble = CpuAffinity.set(CpuSet.of(placement.client().getAsInt()));
        return trouble.isEmpty() ? CpuPlacement.text(placement.client()) : "unavailable: " + trouble;
    }

    private void note(
            final TrialSettings settings,
            final ConfiguredTransport transport,
            final Idle idle,
            final String clientCpu) {
        final Map<String, String> notes = new LinkedHashMap<>();
        notes.put("clientCpu", clientCpu);
        notes.put("clientDriving", driving.name().toLowerCase(Locale.ROOT));
        notes.put(
                "clientWaits",
                load.guarantees().has(Guarantee.BLOCKING_DELIVERY)
                        ? "blocks"
                        : idle.name().toLowerCase(Locale.ROOT));
        if (driving == Driving.OWN) {
            notes.put(
                    "clientTransportWaits",
                    transport.settings().get(CommonOptions.IDLE).name().toLowerCase(Locale.ROOT));
        }
        notes.put("server", server instanceof ServerThread ? TrialSettings.THREAD : settings.server());
        notes.putAll(server.notes());
        notes.put("allowedCpus", allowed.toString());
        BenchProperties.read().notes().ifPresent(path -> {
            ForkFiles.write(path, notes);
            leaveManifest(ForkFiles.server(path));
        });
    }

    /** Asked once in a run: it takes the server a tenth of a second. */
    private void leaveManifest(final Path file) {
        if (!Files.exists(file)) {
            final Map<String, String> manifest = server.manifest();
            if (!manifest.isEmpty()) {
                ForkFiles.write(file, manifest);
            }
        }
    }

    private void onError(final Throwable error) {
        if (firstError.isEmpty()) {
            firstError = String.valueOf(error);
        }
    }

    private PeerWatch watch(final Server peer) {
        return new PeerWatch() {
            @Override
            public boolean isAlive() {
                return peer.isAlive();
            }

            @Override
            public String diagnosis() {
                final String there = peer.diagnosis();
                final String here = firstError.isEmpty() ? "" : "the client's node reported: " + firstError;
                return there.isEmpty() || here.isEmpty() ? there + here : there + "; " + here;
            }
        };
    }
}
