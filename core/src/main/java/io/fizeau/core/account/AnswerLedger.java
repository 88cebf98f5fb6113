package io.fizeau.core.account;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.core.latency.SlowestMessages;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The account of the answers that one delivering thread sees: each message is on time, late, or not there yet, and whatever comes
 * beside that is counted too. It knows the messages whose sequence is {@code first} modulo {@code stride}.
 *
 * <p>One thread delivers. Another one opens and closes phases: it calls {@link #open} before anything of a phase can come, and reads
 * what was recorded once {@link #close()} has been called and the delivering thread was seen to handle something after that.
 */
public final class AnswerLedger {
    /** How many messages of one phase a ledger can tell apart. */
    public static final int MAX_MESSAGES = 1 << 27;

    private static final int FIRST_WORDS = 1 << 10;
    private static final VarHandle ANSWERED;

    static {
        try {
            ANSWERED = MethodHandles.lookup().findVarHandle(AnswerLedger.class, "answered", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final LatencyRecorder response = LatencyRecorder.withEpisodes();
    final LatencyRecorder service = LatencyRecorder.ofValues();
    final LatencyRecorder flight = LatencyRecorder.ofValues();
    final SlowestMessages slowest = new SlowestMessages();

    private final Departures departures;
    private final long stride;
    private final long[] nextExpected; // by the delivering thread while a phase is open: of each connection
    private final long deadlineNs;
    private long[] seen = new long[FIRST_WORDS];

    private volatile boolean isOpen; // by the thread that opens and closes

    // Written by the delivering thread while a phase is open, between phases by the other one.
    private long answered;
    private long late;
    private long duplicated;
    private long reordered;
    private long corrupt;

    /**
     * Creates a ledger.
     *
     * @param sender the one whose messages are answered.
     * @param stride of so many messages in a row this ledger sees one: 1 if it sees all.
     * @param connections over so many connections the messages go in turn: what overtakes on another one is not reordered.
     */
    public AnswerLedger(final PacedSender sender, final int stride, final int connections) {
        this.departures = sender.departures();
        this.deadlineNs = sender.deadlineNs();
        this.stride = stride;
        this.nextExpected = new long[connections];
    }

    /**
     * Makes room for a phase, so that nothing is allocated during it.
     *
     * @param messages how many messages the phase may have, over all ledgers.
     */
    public void reserve(final long messages) {
        final long bits = messages / stride + 1;
        if (bits > MAX_MESSAGES) {
            throw tooMany();
        }
        final int words = (int) (bits >>> 6) + 1;
        if (words > seen.length) {
            seen = new long[words];
        }
    }

    /** Starts a phase with nothing seen. Allocates nothing. */
    public void open() {
        Arrays.fill(seen, 0);
        response.reset();
        service.reset();
        flight.reset();
        slowest.reset();
        late = 0;
        duplicated = 0;
        reordered = 0;
        corrupt = 0;
        Arrays.fill(nextExpected, 0);
        ANSWERED.setRelease(this, 0L);
        isOpen = true;
    }

    /** Ends a phase: what comes from now on is not recorded. */
    public void close() {
        isOpen = false;
    }

    /**
     * Whether answers are recorded.
     *
     * @return true between open and close.
     */
    public boolean isOpen() {
        return isOpen;
    }

    /**
     * An answer of this phase has come. By the delivering thread; the hot path.
     *
     * @param sequence which message it answers, as the answer says.
     * @param dueNs when that message was due, as the answer says.
     * @param nowNs the time, of the sender's clock.
     */
    public void onAnswer(final long sequence, final long dueNs, final long nowNs) {
        if (sequence < 0 || sequence >= departures.next()) {
            corrupt++; // never sent
            return;
        }
        final long sentDueNs = departures.dueNs(sequence);
        final long startedNs = departures.startedNs(sequence);
        final long handedOverNs = departures.handedOverNs(sequence);
        final boolean isKnown = departures.isKnown(sequence);
        if (isKnown && sentDueNs != dueNs) {
            corrupt++;
            return;
        }
        if (!isFirst(stride == 1 ? sequence : sequence / stride)) {
            duplicated++;
            return;
        }
        checkOrder(sequence);
        record(dueNs, nowNs);
        if (isKnown) {
            recordParts(startedNs, handedOverNs, nowNs);
        }
        ANSWERED.setRelease(this, answered + 1);
    }

    /** An answer came whose length, header or content is wrong. By the delivering thread. */
    public void onCorrupt() {
        if (isOpen) {
            corrupt++;
        }
    }

    /**
     * How many messages were answered so far, on time or late. By any thread.
     *
     * @return a count.
     */
    public long answered() {
        return (long) ANSWERED.getAcquire(this);
    }

    /**
     * In how many runs of consecutive messages, of those that this ledger knows, no answer came. Once closed.
     *
     * @param accepted how many messages were sent, over all ledgers.
     */
    long missingRuns(final long accepted) {
        final long messages = accepted / stride;
        long runs = 0;
        long wasSeen = 1; // before the first message
        for (long first = 0; first < messages; first += Long.SIZE) {
            final int word = (int) (first >>> 6);
            final long known = word < seen.length ? seen[word] : 0;
            final long inPhase = messages - first >= Long.SIZE ? -1L : (1L << (messages - first)) - 1;
            runs += Long.bitCount(~known & (known << 1 | wasSeen) & inPhase);
            wasSeen = known >>> (Long.SIZE - 1);
        }
        return runs;
    }

    long late() {
        return late;
    }

    long duplicated() {
        return duplicated;
    }

    long reordered() {
        return reordered;
    }

    long corrupt() {
        return corrupt;
    }

    private boolean isFirst(final long index) {
        final int word = (int) (index >>> 6);
        if (word >= seen.length) {
            grow(word);
        }
        final long[] words = seen;
        final long known = words[word];
        final long bit = 1L << index;
        words[word] = known | bit;
        return (known & bit) == 0;
    }

    private void record(final long dueNs, final long nowNs) {
        final long responseNs = nowNs - dueNs;
        if (nextExpected.length == 1) {
            response.record(responseNs);
        } else {
            response.recordAmong(dueNs, nowNs);
        }
        if (responseNs > deadlineNs) {
            late++;
        }
        slowest.record(responseNs, dueNs);
    }

    /** Not of a message so long ago that when it was sent is forgotten. */
    private void recordParts(final long startedNs, final long handedOverNs, final long nowNs) {
        service.record(nowNs - startedNs);
        // Answered before its send returned: then no time passed in flight alone.
        flight.record(handedOverNs == Departures.NOT_YET ? 0 : nowNs - handedOverNs);
    }

    private void checkOrder(final long sequence) {
        final int connection = nextExpected.length == 1 ? 0 : (int) (sequence % nextExpected.length);
        if (sequence < nextExpected[connection]) {
            reordered++;
        } else {
            nextExpected[connection] = sequence + 1;
        }
    }

    private void grow(final int word) {
        if (word >= MAX_MESSAGES >>> 6) {
            throw tooMany();
        }
        seen = Arrays.copyOf(seen, Math.max(word + 1, 2 * seen.length));
    }

    private static TransportException tooMany() {
        return new TransportException(
                TransportException.NextStep.STOP,
                "an iteration may have at most " + MAX_MESSAGES
                        + " messages on a connection: make it shorter (-r), or the rate lower");
    }
}
