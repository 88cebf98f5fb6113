package io.fizeau.transports.arq.virtual;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Window;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.transports.datagram.session.DatagramTrace;
import io.fizeau.transports.datagram.session.ListeningEndpoint;
import io.fizeau.transports.datagram.session.Mechanism;
import io.fizeau.transports.datagram.session.Session;
import io.fizeau.transports.datagram.session.SessionSettings;
import io.fizeau.transports.datagram.session.SessionTools;
import io.fizeau.transports.datagram.wire.Memory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Two ends of a schedule and the link between them; the clock goes from one event to the next. */
final class Simulation {
    /** More steps at one instant than any batch, window and mood of a user can explain. */
    private static final int MOST_STEPS_AT_ONCE = 20_000;

    private static final int KEY_BYTES = 32;
    private static final int LONGEST = 1 << 16;
    private static final int MOST_SESSIONS = 4;

    final Schedule schedule;
    final Link.Clock clock = new Link.Clock();
    final Link link;
    VirtualUser client;
    final SessionTools clientTools;
    SessionTools serverTools;
    ListeningEndpoint endpoint;

    private final Promise promise;
    private final List<VirtualUser> accepted = new ArrayList<>();
    private final DatagramTrace serverTrace;
    private final Memory injected = Memory.onHeap(LONGEST);
    private Runnable afterStep = () -> {};
    private boolean isClientDead;
    private boolean isServerDead;
    private boolean isDarkSet;
    private int stepsAtOnce;
    private long steps;

    Simulation(final Schedule schedule) {
        this(schedule, Promise.of(schedule.settings().kind()), DatagramTrace.NONE, DatagramTrace.NONE);
    }

    Simulation(
            final Schedule schedule,
            final Promise promise,
            final DatagramTrace clientTrace,
            final DatagramTrace serverTrace) {
        this.schedule = schedule;
        this.promise = promise;
        this.serverTrace = serverTrace;
        clock.nowNs = schedule.startNs();
        link = new Link(schedule, clock, this::atServer, this::atClient);
        clientTools = SessionTools.with(clientTrace);
        client = connect(schedule.seed() ^ 3);
        serverTools = SessionTools.with(serverTrace);
        endpoint = endpoint(schedule.settings(), schedule.seed() ^ 4);
    }

    private VirtualUser connect(final long secret) {
        final VirtualUser user =
                new VirtualUser(clock, schedule.toServer(), schedule.toClient(), promise, schedule.seed() ^ 2);
        user.onSession(Session.connect(
                schedule.settings(),
                link.server,
                new long[] {new Dice(secret).next(), schedule.clientFirst()},
                link.out(Direction.TO_SERVER),
                user,
                clientTools,
                clock.nowNs));
        return user;
    }

    private ListeningEndpoint endpoint(final SessionSettings settings, final long secret) {
        final Dice dice = new Dice(secret);
        final byte[] key = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            key[i] = (byte) dice.next();
        }
        final long mixed = dice.next() << Integer.SIZE | (schedule.serverFirst() & 0xffff_ffffL);
        return new ListeningEndpoint(
                settings,
                key,
                Dice.unmix(mixed),
                MOST_SESSIONS,
                link.out(Direction.TO_CLIENT),
                remote -> {
                    final VirtualUser user = new VirtualUser(
                            clock, schedule.toClient(), schedule.toServer(), promise, schedule.seed() ^ 5);
                    accepted.add(user);
                    return user;
                },
                serverTools);
    }

    /** The listening process ends without a word, and another begins at its address. */
    void restartServer(final SessionSettings settings) {
        accepted.clear();
        serverTools = SessionTools.with(serverTrace);
        endpoint = endpoint(settings, schedule.seed() ^ 6);
        isServerDead = false;
    }

    /** Another connection, from the same address; nothing is done for the old one any more. */
    void reconnect() {
        accepted.clear();
        client = connect(schedule.seed() ^ 7);
        isClientDead = false;
    }

    /** A datagram from anywhere comes at an end, at once. */
    void inject(final Direction direction, final InetSocketAddress from, final byte[] datagram) {
        injected.view().putBytes(0, datagram);
        if (direction == Direction.TO_CLIENT) {
            client.session().onDatagram(injected, 0, datagram.length, clock.nowNs);
        } else {
            endpoint.onDatagram(from, injected, 0, datagram.length, true, clock.nowNs);
        }
    }

    /** Does something after each step. */
    void afterEachStep(final Runnable task) {
        afterStep = task;
    }

    void killServer() {
        isServerDead = true;
    }

    void killClient() {
        isClientDead = true;
    }

    private void atServer(final Memory memory, final int length) {
        if (!isServerDead) {
            endpoint.onDatagram(link.client, memory, 0, length, true, clock.nowNs);
        }
    }

    private void atClient(final Memory memory, final int length) {
        if (!isClientDead) {
            client.session().onDatagram(memory, 0, length, clock.nowNs);
        }
    }

    /** The only user that was accepted. */
    VirtualUser server() {
        if (accepted.size() != 1) {
            throw new AssertionError(accepted.size() + " connections were accepted instead of one");
        }
        return accepted.get(0);
    }

    List<VirtualUser> accepted() {
        return accepted;
    }

    boolean isOpen() {
        return client.opened() > 0 && !accepted.isEmpty();
    }

    boolean isDone() {
        return isOpen() && client.isDone() && accepted.get(0).isDone();
    }

    /**
     * Runs until something holds.
     *
     * @return false if it does not within this time, or if nothing will ever happen any more.
     */
    boolean runUntil(final BooleanSupplier isReached, final long withinNs) {
        final long beganNs = clock.nowNs;
        while (!isReached.getAsBoolean()) {
            final long wait = waitNs();
            if (wait == Mechanism.NEVER || clock.nowNs - beganNs + wait > withinNs) {
                return false;
            }
            stepsAtOnce = wait == 0 ? stepsAtOnce + 1 : 0;
            if (stepsAtOnce > MOST_STEPS_AT_ONCE) {
                throw new AssertionError("time stands still: client deadline "
                        + (client.session().deadlineNs() - clock.nowNs) + ", " + this);
            }
            clock.nowNs += wait;
            step();
        }
        return true;
    }

    /** Runs for so long. */
    void runFor(final long ns) {
        final long untilNs = clock.nowNs + ns;
        if (!runUntil(() -> false, ns)) {
            clock.nowNs = untilNs;
        }
    }

    private long waitNs() {
        long wait = Math.min(
                until(link.path(Direction.TO_SERVER).nextReleaseNs()),
                until(link.path(Direction.TO_CLIENT).nextReleaseNs()));
        if (!isClientDead) {
            wait = Math.min(wait, Math.min(until(client.session().deadlineNs()), client.waitNs()));
        }
        if (!isServerDead) {
            for (int i = 0; i < accepted.size(); i++) {
                final VirtualUser user = accepted.get(i);
                wait = Math.min(wait, Math.min(until(user.session().deadlineNs()), user.waitNs()));
            }
        }
        return wait;
    }

    private long until(final long atNs) {
        return atNs == Mechanism.NEVER ? Mechanism.NEVER : Math.max(0, atNs - clock.nowNs);
    }

    private void step() {
        steps++;
        link.pollServer();
        if (!isServerDead) {
            for (int i = 0; i < accepted.size(); i++) {
                work(accepted.get(i));
                final Session session = accepted.get(i).session();
                if (session.state() == ConnectionState.CLOSED) {
                    endpoint.forget(session, clock.nowNs);
                }
            }
        }
        link.pollClient();
        if (!isClientDead) {
            work(client);
        }
        if (!isDarkSet && client.opened() > 0) {
            isDarkSet = true;
            darken(Direction.TO_SERVER, schedule.darkToServer());
            darken(Direction.TO_CLIENT, schedule.darkToClient());
        }
        afterStep.run();
    }

    private void work(final VirtualUser user) {
        final Session session = user.session();
        user.take();
        if (session.deadlineNs() != Mechanism.NEVER && session.deadlineNs() - clock.nowNs <= 0) {
            session.onTime(clock.nowNs);
        }
        user.pump();
    }

    private void darken(final Direction direction, final List<Window> windows) {
        for (final Window window : windows) {
            link.path(direction).blackout(clock.nowNs + window.fromNs(), clock.nowNs + window.untilNs());
        }
    }

    long steps() {
        return steps;
    }

    @Override
    public String toString() {
        return "after " + (clock.nowNs - schedule.startNs()) + " ns and " + steps + " steps; client: " + client
                + "; server: " + accepted;
    }
}
