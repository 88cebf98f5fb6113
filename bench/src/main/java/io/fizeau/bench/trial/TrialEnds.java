package io.fizeau.bench.trial;

import io.fizeau.bench.jmh.Figure;
import io.fizeau.bench.jmh.IterationFigures;
import io.fizeau.bench.jmh.NoiseWatch;
import io.fizeau.bench.notes.ForkFiles;
import io.fizeau.bench.pin.CpuAffinity;
import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.bench.pin.CpuSet;
import io.fizeau.bench.pin.MediaDriverThreads;
import io.fizeau.bench.pin.PinnedThreads;
import io.fizeau.bench.protocol.ProtocolWatch;
import io.fizeau.bench.server.Server;
import io.fizeau.bench.server.ServerProcess;
import io.fizeau.bench.server.ServerSettings;
import io.fizeau.bench.server.ServerStatistics;
import io.fizeau.bench.server.ServerThread;
import io.fizeau.bench.settings.BenchProperties;
import io.fizeau.bench.underlay.Underlay;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.host.HostFiles;
import io.fizeau.core.load.ClosedLoop;
import io.fizeau.core.load.CreditedStream;
import io.fizeau.core.load.LoadSettings;
import io.fizeau.core.load.OpenLoop;
import io.fizeau.core.load.OpenLoopSettings;
import io.fizeau.core.load.PeerWatch;
import io.fizeau.core.load.many.ClientEnd;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.registry.TransportSpec;
import io.fizeau.core.registry.Transports;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import io.fizeau.transports.link.LinkClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Both ends of a trial: the server, wherever it runs, and a node in this JVM, with the calling thread pinned. Used by one thread,
 * the one that measures.
 */
public final class TrialEnds implements AutoCloseable {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    /**
     * Over a bad link: TCP doubles its time-out with each loss of the same segment, so that five losses in a row, which 20 % loss
     * each way brings in one of 180 round trips, take 6 s. Less than JMH's patience with an iteration.
     */
    private static final long TIMEOUT_OVER_LINK_NS = TimeUnit.SECONDS.toNanos(25);

    /** The option of a transport, if it has it, that says how long a connect may take. */
    private static final String CONNECT_TIMEOUT = "connectTimeout";

    private static final String CONNECT_TIMEOUT_OVER_LINK = "20s";

    /** Options of transports, where they have them, that decide how well a lossy link is used. */
    private static final Set<String> SIZES = Set.of("window", "socketBuffer", "mtu", "sendBuffer", "receiveBuffer");

    private static final String BLOCKS = "blocks";

    /** Fewer processors than this, and client and server must take turns. */
    private static final int SPINNERS = 2;

    /** Transports that run threads of their own have one more at each end. */
    private static final int SPINNERS_WITH_OWN_THREADS = 4;

    /** The thread that holds packets back must wake in time, so it has a processor or gets one at once. */
    private static final int OF_THE_LINK = 1;

    private final CpuSet allowed;
    private final Server server;
    private final Node node;
    private final Driving driving;
    private final PinnedThreads threads;
    private final LoadSettings load;
    private final PeerWatch watch;
    private final TrialImpairment impairment;
    private final Optional<LinkClient> link;
    /** What crosses no network, and a server that was started elsewhere, stay as they are without a link. */
    private final boolean isOverLink;

    private final boolean isCrowded;
    private final Address reached;
    private final ProtocolWatch protocol;
    private final HitTraces hits;
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final int run = (int) ProcessHandle.current().pid() & Integer.MAX_VALUE;
    private volatile String firstError = "";
    private @Nullable ServerStatistics atBegin;
    private final ClientCost clientCost;
    private final ConfiguredTransport transport;
    private final List<Node> moreNodes = new ArrayList<>();

    private TrialEnds(final TrialSettings settings, final Optional<LinkClient> link) {
        this.impairment = settings.impairment();
        this.link = link;
        this.transport = resolve(settings);
        impairment.check(transport, settings.server(), link.isPresent());
        this.allowed = CpuAffinity.allowed();
        this.driving = transport.driving().forConnecting(transport.settings().get(CommonOptions.DRIVING));
        final int spinners = driving == Driving.CALLER ? SPINNERS : SPINNERS_WITH_OWN_THREADS;
        this.isCrowded = link.isPresent() && allowed.size() < spinners + OF_THE_LINK;
        final CpuPlacement placement =
                CpuPlacement.choose(placed(settings.clientCpu()), placed(settings.serverCpu()), allowed);
        final Idle idle = idle(allowed.size() >= spinners, settings.sends());
        this.load = new LoadSettings(
                settings.messageBytes(),
                transport.guarantees(),
                idle,
                impairment.needsLink() ? TIMEOUT_OVER_LINK_NS : TIMEOUT_NS);
        final ServerSettings serverSettings = (isCrowded
                        ? new ServerSettings(placement.server(), allowed, Idle.SLEEP)
                        : ServerSettings.measuring(placement.server(), allowed, settings.sends()))
                .working(settings.service());
        this.server = FarEnd.start(settings, transport, serverSettings, bind(link, transport));
        try {
            this.threads = new PinnedThreads("client", allowed);
            this.clientCost = new ClientCost(threads);
            this.isOverLink = link.isPresent() && server instanceof ServerProcess && crosses(transport);
            this.reached = isOverLink ? link.orElseThrow().reach(server.address()) : server.address();
            this.node = transport.open(new NodeContext("client", threads, this::onError));
        } catch (final RuntimeException | Error e) {
            server.close();
            throw e;
        }
        this.watch = watch(server);
        this.protocol = new ProtocolWatch(
                HostFiles.ofThisHost(),
                new ProtocolWatch.Ends(
                        Underlay.of(transport.transport()),
                        server.address().text(),
                        reached.text(),
                        ProcessHandle.current().pid(),
                        server.pid(),
                        link.isPresent(),
                        server::datagramCounters));
        this.hits = new HitTraces(server::traces, load.guarantees().has(Guarantee.RELIABLE));
        note(settings, transport, idle, pin(placement));
    }

    /** Who gathers has no latency to lose by waiting, and a media driver may need the core. */
    private Idle idle(final boolean hasRoom, final Sends sends) {
        if (isCrowded) {
            return Idle.SLEEP;
        }
        return hasRoom && sends == Sends.EACH ? Idle.SPIN : Idle.YIELD;
    }

    /** A thread that shares the processors with a relay is pinned only if somebody asks for that. */
    private String placed(final String cpu) {
        return isCrowded && cpu.equals(CpuPlacement.AUTO) ? CpuPlacement.NONE : cpu;
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
        return open(settings, BenchProperties.read().link().map(LinkClient::new));
    }

    static TrialEnds open(final TrialSettings settings, final Optional<LinkClient> link) {
        return new TrialEnds(settings, link);
    }

    /**
     * The link between the ends.
     *
     * @return the link, or empty if there is none.
     */
    public Optional<LinkClient> link() {
        return link;
    }

    /**
     * What the protocol under the transport does, once a loop is connected.
     *
     * @return the watch on it.
     */
    public ProtocolWatch protocol() {
        return protocol;
    }

    /**
     * Which messages a loss has hit, where traces tell.
     *
     * @return of this trial's connection.
     */
    public HitTraces hits() {
        return hits;
    }

    /**
     * Refuses a transport that may lose messages.
     *
     * @param why what would happen, in words.
     * @throws TransportException if the transport does not promise to deliver.
     */
    public void requireReliable(final String why) {
        if (!load.guarantees().has(Guarantee.RELIABLE)) {
            throw TransportException.badRequest("this benchmark takes transports that promise to deliver: " + why);
        }
    }

    /**
     * To be called once a loop is connected: notes what the connection is made of, and checks that TCP is the one that the row
     * asks for.
     *
     * @throws TransportException if the connection has another congestion control than was pinned.
     */
    public void noteConnection() {
        final Map<String, String> found = protocol.notes();
        notes.putAll(found);
        leaveNotes();
        for (final String name : List.of("tcpCongestion", "tcpCongestionServer")) {
            final String congestion = found.getOrDefault(name, HostFiles.UNAVAILABLE);
            if (!impairment.congestion().equals(Underlay.HOST)
                    && HostFiles.isKnown(congestion)
                    && !congestion.equals(impairment.congestion())) {
                throw new TransportException(
                        TransportException.NextStep.FAIL_RUN,
                        "congestion=" + impairment.congestion() + " was asked for, and the connection has " + congestion
                                + ": the link's routes do not pin it");
            }
        }
    }

    /**
     * Connects a closed loop.
     *
     * @return the loop, which the caller closes.
     */
    public ClosedLoop connectClosedLoop() {
        return ClosedLoop.connect(node, reached, load, run, watch);
    }

    /**
     * Connects a one-way stream.
     *
     * @return the stream, which the caller closes.
     */
    public CreditedStream connectStream() {
        return CreditedStream.connect(node, reached, load, run, watch);
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
                isCrowded ? Idle.SLEEP : open.idle(allowed.size(), load.guarantees()),
                Math.max(load.timeoutNs(), trial.patienceNs() + TIMEOUT_NS));
        noteWaits(own, open.receivers(own.guarantees()));
        return OpenLoop.connect(node, reached, own, open, run, watch, threads);
    }

    /**
     * What a load with many connections needs of this end.
     *
     * @param threads how many client threads there will be, the calling one among them.
     */
    ClientEnd end(final int threads) {
        final boolean hasRoom = allowed.size() > threads;
        final LoadSettings own = hasRoom || load.idle() != Idle.SPIN
                ? load
                : new LoadSettings(load.messageBytes(), load.guarantees(), Idle.YIELD, load.timeoutNs());
        if (driving == Driving.CALLER && !load.guarantees().has(Guarantee.BLOCKING_DELIVERY)) {
            notes.put("clientWaits", own.idle().name().toLowerCase(Locale.ROOT));
        }
        notes.put("clientThreads", Integer.toString(threads));
        leaveNotes();
        return new ClientEnd(node, reached, driving, own, run, watch);
    }

    /** One more node of this end, which is closed with it. */
    Node openNode() {
        final Node more = transport.open(new NodeContext("client", threads, this::onError));
        moreNodes.add(more);
        return more;
    }

    PinnedThreads threads() {
        return threads;
    }

    Server server() {
        return server;
    }

    /** An open loop has its own ways of waiting, and may have threads that do nothing but receive. */
    private void noteWaits(final LoadSettings own, final int receivers) {
        final String waits = own.idle().name().toLowerCase(Locale.ROOT);
        notes.put("clientWaits", waits);
        notes.put("clientReceivers", Integer.toString(receivers));
        if (receivers > 0) {
            notes.put("clientReceiversWait", own.guarantees().has(Guarantee.BLOCKING_DELIVERY) ? BLOCKS : waits);
        }
        leaveNotes();
    }

    /**
     * To be called once the last message of the loop's phase is back or given up, and before anything is made of what was recorded:
     * what a message cost at this end is measured from {@link #beginIteration()} to here.
     */
    public void endMessages() {
        clientCost.end();
    }

    /**
     * What a message cost at this end.
     *
     * @param messages how many there were.
     * @param usefulPollShare of the loop's own polls, the share that found something; NaN if it has none.
     * @return the rows.
     */
    public List<Figure> cost(final long messages, final double usefulPollShare) {
        return clientCost.rows(messages, usefulPollShare);
    }

    /** To be called once the loop's phase of an iteration has begun. */
    public void beginIteration() {
        // First, because reading takes a server that spins some milliseconds, which are not the benchmark's.
        NoiseWatch.startTiming(server);
        atBegin = server.statistics().orElse(null);
        clientCost.begin();
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
        moreNodes.forEach(Node::close);
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
        final Transports installed = Transports.installed();
        final ConfiguredTransport transport = installed.resolve(spec);
        final boolean waits = settings.impairment().needsLink()
                && !spec.transport().options().containsKey(CONNECT_TIMEOUT)
                && transport.transport().options().stream()
                        .anyMatch(option -> option.name().equals(CONNECT_TIMEOUT));
        // What opens a connection is lost too, and TCP asks again after 1, 3, 7 and 15 s.
        return waits ? installed.resolve(spec.with(CONNECT_TIMEOUT, CONNECT_TIMEOUT_OVER_LINK)) : transport;
    }

    private static boolean crosses(final ConfiguredTransport transport) {
        return transport.guarantees().has(Guarantee.CROSSES_HOSTS);
    }

    private static String bind(final Optional<LinkClient> link, final ConfiguredTransport transport) {
        return link.isPresent() && crosses(transport) ? link.get().serverBind() : CpuPlacement.AUTO;
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
        notes.put("clientCpu", clientCpu);
        notes.put("clientDriving", driving.name().toLowerCase(Locale.ROOT));
        notes.put(
                "clientWaits",
                load.guarantees().has(Guarantee.BLOCKING_DELIVERY)
                        ? BLOCKS
                        : idle.name().toLowerCase(Locale.ROOT));
        if (driving == Driving.OWN) {
            notes.put(
                    "clientTransportWaits",
                    transport.settings().get(CommonOptions.IDLE).name().toLowerCase(Locale.ROOT));
        }
        notes.put("server", server instanceof ServerThread ? TrialSettings.THREAD : settings.server());
        notes.putAll(MediaDriverThreads.notes("client", transport, threads));
        notes.putAll(server.notes());
        notes.put("allowedCpus", allowed.toString());
        noteSizes(transport);
        if (link.isPresent()) {
            notes.put("impair", impairment.impairment().text());
            notes.put(
                    "overLink",
                    isOverLink
                            ? "the server listens at " + server.address().text() + " and is reached at "
                                    + reached.text()
                            : "no: nothing of this row crosses a network");
        }
        leaveNotes();
    }

    /** What bounds how much is under way, for transports that have such options. */
    private void noteSizes(final ConfiguredTransport transport) {
        for (final Option<?> option : transport.transport().options()) {
            if (SIZES.contains(option.name()) && link.isPresent()) {
                notes.put(
                        "option." + option.name(),
                        String.valueOf(transport.settings().get(option)));
            }
        }
    }

    private void leaveNotes() {
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
            firstError = TransportException.textOf(error);
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
