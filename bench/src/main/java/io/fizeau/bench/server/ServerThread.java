package io.fizeau.bench.server;

import io.fizeau.bench.pin.CpuPlacement;
import io.fizeau.bench.pin.CpuSet;
import io.fizeau.bench.pin.MediaDriverThreads;
import io.fizeau.bench.pin.PinnedThreads;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.Responder;
import io.fizeau.core.load.ResponderCounts;
import io.fizeau.core.load.ServiceTime;
import io.fizeau.core.registry.ConfiguredTransport;
import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Listener;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.NodeContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A server in this JVM: a node that listens, with a {@link Responder}, and, where the caller drives, the thread that polls it. All
 * that a server process has beside it is its {@link ServerMain}.
 */
public final class ServerThread implements Server {
    private static final int POLL_LIMIT = 256;
    /** With nobody else to be fair to, all that one read brings is taken at once: what is left over would have to be kept aside. */
    private static final int ALONE_POLL_LIMIT = 16 << 10;

    private static final int POLLS_PER_NODE_POLL = 1024;
    /** Some milliseconds of the shortest messages: the node has to be polled at least every 100 ms. */
    private static final int MESSAGES_PER_NODE_POLL = 256 << 10;

    private static final long STOP_MS = TimeUnit.SECONDS.toMillis(5);

    private final ServerSettings settings;
    private final PinnedThreads threads;
    private final boolean isBlocking;
    private final boolean isPolledPerConnection;
    private final ErrorHandler told;
    private final AtomicLong errors = new AtomicLong();
    private final Node node;
    private final Listener listener;
    private final Responder responder;
    private final @Nullable Thread poller;
    private final Idle transportIdle;
    private final Map<String, String> driverNotes;
    private final Set<PollCounter> pollCounters = ConcurrentHashMap.newKeySet();
    private final AtomicLong endedPolls = new AtomicLong();
    private final AtomicLong endedUsefulPolls = new AtomicLong();

    private volatile String firstError = "";
    private volatile boolean isRunning = true;

    private ServerThread(
            final ConfiguredTransport transport,
            final Address bind,
            final ServerSettings settings,
            final ErrorHandler told) {
        final Driving driving =
                transport.driving().forListening(transport.settings().get(CommonOptions.DRIVING));
        final boolean isOwn = driving == Driving.OWN;
        final CpuSet serving =
                settings.cpu().isPresent() ? CpuSet.of(settings.cpu().getAsInt()) : settings.allowed();
        this.settings = settings;
        this.told = told;
        this.transportIdle = transport.settings().get(CommonOptions.IDLE);
        this.threads = new PinnedThreads("server", isOwn ? serving : settings.allowed());
        this.isBlocking = transport.guarantees().has(Guarantee.BLOCKING_DELIVERY);
        this.isPolledPerConnection = !isOwn && transport.guarantees().has(Guarantee.POLLED_PER_CONNECTION);
        this.responder = transport.guarantees().has(Guarantee.KEEPS_BOUNDARIES)
                ? new Responder(isOwn || isPolledPerConnection, ServiceTime.parse(settings.service()))
                : Responder.ofBytes(isOwn || isPolledPerConnection);
        this.node = transport.open(new NodeContext("server", threads, this::onError));
        try {
            this.listener = node.listen(bind, isPolledPerConnection ? pollingItself(responder, serving) : responder);
        } catch (final RuntimeException | Error e) {
            node.close();
            throw e;
        }
        this.driverNotes = MediaDriverThreads.notes("server", transport, threads);
        this.poller = isOwn ? null : threads.newThread(this::serve, serving);
        if (poller != null) {
            poller.start();
        }
    }

    /**
     * Opens a node, listens and serves.
     *
     * @param transport what to serve over.
     * @param bind where to listen.
     * @param settings how to run.
     * @return the running server, which the caller closes.
     * @throws TransportException if the transport cannot run here or the address cannot be had.
     */
    public static ServerThread start(
            final ConfiguredTransport transport, final Address bind, final ServerSettings settings) {
        return start(transport, bind, settings, error -> {});
    }

    /**
     * Opens a node, listens and serves.
     *
     * @param transport what to serve over.
     * @param bind where to listen.
     * @param settings how to run.
     * @param told is told each error too, and whoever was refused, by any thread; must not block for long.
     * @return the running server, which the caller closes.
     * @throws TransportException if the transport cannot run here or the address cannot be had.
     */
    public static ServerThread start(
            final ConfiguredTransport transport,
            final Address bind,
            final ServerSettings settings,
            final ErrorHandler told) {
        return new ServerThread(transport, bind, settings, told);
    }

    @Override
    public Address address() {
        return listener.address();
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(ProcessHandle.current().pid());
    }

    @Override
    public Optional<ServerStatistics> statistics() {
        final ResponderCounts counts = responder.counts();
        return Optional.of(new ServerStatistics(
                counts.messages(),
                counts.bytes(),
                counts.wrong(),
                errors.get() + listener.rejectedCount() + listener.droppedCount(),
                threads.cpuNs(),
                threads.allocatedBytes(),
                endedPolls.get()
                        + pollCounters.stream().mapToLong(PollCounter::polls).sum(),
                endedUsefulPolls.get()
                        + pollCounters.stream().mapToLong(PollCounter::useful).sum()));
    }

    @Override
    public Map<String, String> notes() {
        final Map<String, String> notes = new LinkedHashMap<>();
        notes.put(
                "serverCpu",
                threads.pinTrouble().isEmpty()
                        ? CpuPlacement.text(settings.cpu())
                        : "unavailable: " + threads.pinTrouble());
        notes.put("serverDriving", listener.driving().name().toLowerCase(Locale.ROOT));
        notes.put("serverWaits", waits());
        notes.putAll(driverNotes);
        return notes;
    }

    @Override
    public boolean isAlive() {
        return isRunning;
    }

    @Override
    public String diagnosis() {
        return firstError.isEmpty() ? "" : "the server reported: " + firstError;
    }

    @Override
    public void close() {
        isRunning = false;
        node.close();
        if (poller != null) {
            try {
                poller.join(STOP_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String waits() {
        if (isBlocking) {
            return "blocks";
        }
        return (poller == null ? transportIdle : settings.idle()).name().toLowerCase(Locale.ROOT);
    }

    private void onError(final Throwable error) {
        told.onError(error);
        if (!(error instanceof TransportException known) || known.nextStep() != TransportException.NextStep.GO_ON) {
            errors.incrementAndGet(); // else the listener has counted it
        }
        if (firstError.isEmpty()) {
            firstError = TransportException.textOf(error);
        }
    }

    private void serve() {
        final IdleStrategy idle = settings.idle().newStrategy();
        // A server that waits for its first client, or whose last one is long gone, should not take a processor from
        // others. One that is asked for a new connection all the time must not sleep in between.
        final IdleStrategy deserted = Idle.SLEEP.newStrategy();
        final Solitude solitude = new Solitude(System::nanoTime);
        final PollCounter counter = newCounter();
        try {
            while (isRunning) {
                final Connection only = isBlocking ? null : responder.onlyConnection();
                if (only != null) {
                    pollAlone(only, idle, counter);
                }
                final int work = node.poll(POLL_LIMIT);
                if (only == null && !isBlocking) {
                    counter.add(1, work == 0 ? 0 : 1);
                }
                if (work == 0 || isBlocking) {
                    responder.flush();
                }
                final boolean isAnyoneThere = work > 0 || responder.openCount() > 0;
                if (isAnyoneThere) {
                    solitude.end();
                }
                if (work == 0) {
                    (!isAnyoneThere && solitude.isLong() ? deserted : idle).idle();
                }
            }
        } catch (final RuntimeException | Error e) {
            onError(e);
            isRunning = false;
        }
    }

    /** The hot loop for one client: between two polls nothing but the idling, which every nanosecond of a short round trip shows. */
    private void pollAlone(final Connection only, final IdleStrategy idle, final PollCounter counter) {
        int messages = 0;
        int polls = 0;
        int useless = 0;
        for (; polls < POLLS_PER_NODE_POLL && messages < MESSAGES_PER_NODE_POLL; polls++) {
            final int count = only.poll(ALONE_POLL_LIMIT);
            messages += count;
            if (count == 0) {
                // Only the way of who has nothing to do is longer by it.
                useless++;
                responder.flush();
                if (only.state() != ConnectionState.OPEN) {
                    polls++;
                    break; // the next one may be waiting for the node's poll
                }
                idle.idle();
            }
        }
        counter.add(polls, polls - useless);
    }

    private PollCounter newCounter() {
        final PollCounter counter = new PollCounter();
        pollCounters.add(counter);
        return counter;
    }

    /** For transports whose connections are each polled by a thread of their own, which this handler starts. */
    private ConnectionHandler pollingItself(final Responder inner, final CpuSet cpus) {
        return new ConnectionHandler() {
            @Override
            public Delivery onMessage(
                    final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
                return inner.onMessage(connection, buffer, offset, length);
            }

            @Override
            public void onOpen(final Connection connection) {
                inner.onOpen(connection);
                threads.newThread(() -> pollUntilClosed(connection), cpus).start();
            }

            @Override
            public void onClosed(final Connection connection, final CloseReason reason) {
                inner.onClosed(connection, reason);
            }
        };
    }

    private void pollUntilClosed(final Connection connection) {
        final IdleStrategy idle = settings.idle().newStrategy();
        final PollCounter counter = newCounter();
        while (isRunning && connection.state() != ConnectionState.CLOSED) {
            final int count = connection.poll(POLL_LIMIT);
            if (!isBlocking) {
                counter.add(1, count == 0 ? 0 : 1);
                if (count == 0) {
                    idle.idle();
                }
            }
        }
        pollCounters.remove(counter);
        endedPolls.addAndGet(counter.polls());
        endedUsefulPolls.addAndGet(counter.useful());
    }
}
