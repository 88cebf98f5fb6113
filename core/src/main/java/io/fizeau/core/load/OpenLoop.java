package io.fizeau.core.load;

import io.fizeau.core.account.AnswerLedger;
import io.fizeau.core.account.Outlet;
import io.fizeau.core.account.PacedSender;
import io.fizeau.core.account.PhaseReport;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.MessageContent;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Node;
import io.fizeau.core.transport.SendStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages leave on a schedule that never asks whether the last one came back; the far end sends each one back, and its latency
 * counts from when it was due. It tells what a transport's latency is at a load, with every stall in it.
 *
 * <p>Used by one thread, which is the thread that may poll the node. Answers come on that thread, on the transport's own, or on
 * receiving threads of the loop, as its settings say.
 */
public final class OpenLoop implements AutoCloseable {
    private static final int POLL_LIMIT = 64;
    private static final int IDLES_PER_LOOK = 4096;
    /** In a pass that checks bytes: each waits for the deadline. */
    private static final int MISSED_TO_GIVE_UP = 10;

    private static final long STOP_MS = TimeUnit.SECONDS.toMillis(5);

    private final Node node;
    private final LoadSettings settings;
    private final OpenLoopSettings open;
    private final PeerWatch watch;
    private final int run;
    private final UnsafeBuffer message;
    private final MessageContent content = new MessageContent();
    private final PacedSender sender;
    private final List<AnswerLedger> ledgers = new ArrayList<>();
    private final List<OpenLoopLane> lanes = new ArrayList<>();
    private final List<ReceivingThread> receivers = new ArrayList<>();
    private final Outlet outlet = new Lanes();
    private final PhaseGate gate = new PhaseGate();
    private boolean isContentFilled;
    private int phase;
    private long startedNs;
    private long tookNs; // with the next two by finish
    private long unsent;
    private long wrongThere;
    private long staleBefore;
    private long polls;
    private long usefulPolls;

    private OpenLoop(
            final Node node,
            final LoadSettings settings,
            final OpenLoopSettings open,
            final int run,
            final PeerWatch watch) {
        this.node = node;
        this.settings = settings;
        this.open = open;
        this.run = run;
        this.watch = watch;
        this.message = new UnsafeBuffer(ByteBuffer.allocateDirect(settings.messageBytes()));
        this.sender = new PacedSender(
                open.arrivals().newSchedule(),
                open.arrivals().ratePerSecond(),
                open.deadlineNs(),
                SystemNanoClock.INSTANCE,
                outlet);
    }

    /**
     * Connects to a {@link Responder}.
     *
     * @param node an open node; the calling thread may poll it until this returns, and afterwards if the loop has no receiving
     *     threads.
     * @param address where the responder's node listens.
     * @param settings the loop's.
     * @param open what it offers.
     * @param run a number that tells this loop's messages from those of others.
     * @param watch knows whether the far end still runs.
     * @param threads makes the receiving threads.
     * @return a connected loop, which the caller closes.
     * @throws TransportException if there is no connection in time.
     */
    public static OpenLoop connect(
            final Node node,
            final Address address,
            final LoadSettings settings,
            final OpenLoopSettings open,
            final int run,
            final PeerWatch watch,
            final ThreadFactory threads) {
        final OpenLoop loop = new OpenLoop(node, settings, open, run, watch);
        try {
            loop.connectLanes(address);
            loop.startReceivers(threads);
        } catch (final RuntimeException | Error e) {
            loop.close();
            throw e;
        }
        return loop;
    }

    /**
     * Makes room for the messages of a phase, so that nothing is allocated while one runs.
     *
     * @param seconds how long a phase is.
     */
    public void reserve(final double seconds) {
        final long messages = (long) Math.ceil(open.arrivals().ratePerSecond() * seconds);
        ledgers.forEach(ledger -> ledger.reserve(messages));
    }

    /**
     * Keeps when each answer comes, from the next phase on. For a loop of one connection.
     *
     * @param trace where to; the loop writes to it while a phase runs.
     * @throws TransportException if there are several connections, whose answers may come on several threads.
     */
    public void traceInto(final DeliveryTrace trace) {
        if (lanes.size() != 1) {
            throw TransportException.badRequest(
                    "connections=" + lanes.size() + " is not allowed: deliveries are traced on 1 connection");
        }
        lanes.get(0).traceInto(trace);
    }

    /**
     * Starts a phase. Its first message is due after the first interval, counted from the first {@link #sendNext()}.
     *
     * @param check how closely both ends look at each message.
     * @throws TransportException if the far end does not answer.
     */
    public void begin(final Check check) {
        phase++;
        isContentFilled = check == Check.CONTENT;
        sender.begin(phase);
        ledgers.forEach(AnswerLedger::open);
        gate.open(phase, check);
        polls = -receiverPolls();
        usefulPolls = -receiverUsefulPolls();
        for (final OpenLoopLane lane : lanes) {
            lane.link().begin(Role.ECHO, check, run, phase, 0);
        }
        startedNs = System.nanoTime();
    }

    /**
     * Waits until the next message is due, and sends it.
     *
     * @return its sequence, so that a benchmark has something to consume.
     * @throws TransportException if the connection closes or the far end is gone.
     */
    public long sendNext() {
        return sender.sendNext();
    }

    /**
     * Waits until fewer than so many messages are under way, and sends one that is due just then: a closed loop with a window, in
     * which the schedule has no say. Not to be mixed with {@link #sendNext()} in a phase.
     *
     * @param window how many messages are under way from then on, 1 or more.
     * @return its sequence.
     * @throws TransportException if no answer comes in time, the connection closes or the far end is gone.
     */
    public long sendWithin(final int window) {
        while (sender.accepted() - answered() >= window) {
            outlet.idle(Long.MAX_VALUE);
        }
        return sender.sendNow();
    }

    /**
     * Ends a phase, and says what it has shown.
     *
     * @return the same as {@link #report()} after {@link #finish()}.
     * @throws TransportException if the far end does not answer.
     */
    public PhaseReport end() {
        finish();
        return report();
    }

    /**
     * Ends a phase: sends what had fallen due, waits for answers until the deadline, and closes the account. What was allocated
     * from {@link #begin} to here is the transport's, but for some hundred bytes.
     *
     * @throws TransportException if the far end does not answer.
     */
    public void finish() {
        final long endNs = System.nanoTime();
        tookNs = Math.max(1, endNs - startedNs);
        unsent = sender.finish(endNs, endNs + open.deadlineNs());
        while (answered() < sender.accepted() && System.nanoTime() - endNs < open.deadlineNs()) {
            outlet.idle(endNs + open.deadlineNs());
        }
        ledgers.forEach(AnswerLedger::close);
        wrongThere = 0;
        for (final OpenLoopLane lane : lanes) {
            // Answered on the thread that delivers, so that thread is past everything it recorded of this phase.
            wrongThere += lane.link().ask().wrong();
        }
        polls += receiverPolls();
        usefulPolls += receiverUsefulPolls();
    }

    /**
     * What the phase that {@link #finish()} has ended has shown, once. Makes copies of all that was recorded, some megabytes.
     *
     * @return the report.
     */
    public PhaseReport report() {
        final long stale = lanes.stream().mapToLong(OpenLoopLane::stale).sum();
        final PhaseReport report = PhaseReport.of(sender, unsent, ledgers, wrongThere, stale - staleBefore, tookNs);
        staleBefore = stale;
        return report;
    }

    /**
     * A phase in which every byte of every message is checked at both ends, one message under way at a time.
     *
     * @param messages how many to send.
     * @throws TransportException if a message was changed on its way, or does not come although that was promised.
     */
    public void verify(final int messages) {
        begin(Check.CONTENT);
        long missed = 0;
        for (int i = 0; i < messages && missed <= MISSED_TO_GIVE_UP; i++) {
            sender.sendNow();
            final long untilNs = System.nanoTime() + open.deadlineNs();
            while (answered() + missed < sender.accepted() && System.nanoTime() - untilNs < 0) {
                outlet.idle(untilNs);
            }
            missed = sender.accepted() - answered();
        }
        final PhaseReport report = end();
        if (report.counts().corrupt() > 0) {
            throw first().failure("the transport delivers wrong messages: "
                    + report.counts().corrupt() + " of " + messages + ", of " + settings.messageBytes()
                    + " bytes each, came with a wrong length or content");
        }
        if (report.counts().lost() > 0 && settings.guarantees().has(Guarantee.RELIABLE)) {
            throw first().failure("the transport promises to deliver, and "
                    + report.counts().lost() + " of " + messages + " messages did not come back in time");
        }
    }

    /**
     * Of the polls in the last phase, of the loop's own thread or of its receiving ones, whoever takes the answers, the share that
     * found something. Known once the phase is over.
     *
     * @return from 0 to 1; NaN if none of them polls, or a poll sleeps.
     */
    public double usefulPollShare() {
        return polls == 0 || settings.guarantees().has(Guarantee.BLOCKING_DELIVERY)
                ? Double.NaN
                : (double) usefulPolls / polls;
    }

    /** Closes the connections and ends the receiving threads; the node stays open. */
    @Override
    public void close() {
        receivers.forEach(ReceivingThread::stop);
        lanes.forEach(OpenLoopLane::close);
        receivers.forEach(receiver -> receiver.join(STOP_MS));
    }

    private void connectLanes(final Address address) {
        // Whoever delivers has a ledger of its own.
        final boolean isOneThread = switch (open.delivery()) {
            case SENDER -> true;
            case RECEIVER -> !settings.guarantees().has(Guarantee.POLLED_PER_CONNECTION);
            case TRANSPORT -> open.connections() == 1;
        };
        final int ledgerCount = isOneThread ? 1 : open.connections();
        for (int i = 0; i < ledgerCount; i++) {
            ledgers.add(new AnswerLedger(sender, ledgerCount, open.connections()));
        }
        for (int i = 0; i < open.connections(); i++) {
            final OpenLoopLane lane =
                    new OpenLoopLane(run, settings.messageBytes(), gate, ledgers.get(i % ledgerCount));
            lanes.add(lane);
            lane.connect(
                    node,
                    address,
                    settings,
                    watch,
                    open.delivery() == OpenLoopSettings.Delivery.RECEIVER
                            ? PeerLink.Delivering.ANOTHER_THREAD
                            : PeerLink.Delivering.LOOP);
        }
    }

    private void startReceivers(final ThreadFactory threads) {
        if (open.delivery() != OpenLoopSettings.Delivery.RECEIVER) {
            return;
        }
        if (settings.guarantees().has(Guarantee.POLLED_PER_CONNECTION)) {
            lanes.forEach(lane -> receivers.add(ReceivingThread.start(threads, lane.connection()::poll, settings)));
        } else {
            receivers.add(ReceivingThread.start(threads, node::poll, settings));
        }
    }

    private long receiverPolls() {
        return receivers.stream().mapToLong(ReceivingThread::polls).sum();
    }

    private long receiverUsefulPolls() {
        return receivers.stream().mapToLong(ReceivingThread::usefulPolls).sum();
    }

    private PeerLink first() {
        return lanes.get(0).link();
    }

    private long answered() {
        long answered = 0;
        for (int i = 0; i < ledgers.size(); i++) {
            answered += ledgers.get(i).answered();
        }
        return answered;
    }

    /** The loop's way to its connections. */
    private final class Lanes implements Outlet {
        private int untilLook = IDLES_PER_LOOK;

        @Override
        public SendStatus offer(final long sequence, final long dueNs) {
            final int count = lanes.size();
            final OpenLoopLane lane = count == 1 ? lanes.get(0) : lanes.get((int) (sequence % count));
            BenchmarkFrame.writeHeader(message, 0, run, phase, sequence, dueNs, settings.messageBytes());
            if (isContentFilled) {
                content.fill(message, 0);
            }
            return lane.connection().send(message, 0, settings.messageBytes());
        }

        @Override
        public void onRefused(final SendStatus status) {
            first().onNotAccepted(status, progress());
            poll();
        }

        @Override
        public void poll() {
            pollOnce();
            first().turn(progress());
        }

        @Override
        public void idle(final long untilNs) {
            if (pollOnce() == 0) {
                first().idle(progress());
            }
            if (--untilLook <= 0) {
                look();
            }
        }

        private int pollOnce() {
            if (open.delivery() != OpenLoopSettings.Delivery.SENDER) {
                return 0;
            }
            polls++;
            final int work = lanes.size() == 1 ? lanes.get(0).connection().poll(POLL_LIMIT) : node.poll(POLL_LIMIT);
            if (work > 0) {
                usefulPolls++;
            }
            return work;
        }

        private long progress() {
            return sender.accepted() + answered();
        }

        private void look() {
            untilLook = IDLES_PER_LOOK;
            lanes.forEach(OpenLoopLane::requireOpen);
            receivers.forEach(ReceivingThread::requireAlive);
        }
    }
}
