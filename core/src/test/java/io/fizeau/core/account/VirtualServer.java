package io.fizeau.core.account;

import io.fizeau.core.transport.SendStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * One server behind a queue, and the clock that it lives by: time passes only when the sender idles, and only as far as the next
 * thing that happens. Serves in the order of arrival; may stall, be full, or cost the sender time.
 */
final class VirtualServer implements Outlet, NanoClock {
    private record Served(long sequence, long dueNs, long doneNs) {}

    private final LongUnaryOperator serviceNs;
    private final ArrayDeque<Served> queue = new ArrayDeque<>();
    private final List<Long> doneNs = new ArrayList<>();
    private LongUnaryOperator startNs = LongUnaryOperator.identity();
    private int capacity = Integer.MAX_VALUE;
    private long sendCostNs;
    private long generatorPauseNs;
    private long nowNs;
    private long freeNs;
    private @Nullable AnswerLedger ledger;

    /** A server with a service time for each sequence. */
    VirtualServer(final LongUnaryOperator serviceNs) {
        this.serviceNs = serviceNs;
    }

    /** Service begins not before the time that the function gives for the time at which it could. */
    VirtualServer startingAt(final LongUnaryOperator start) {
        startNs = start;
        return this;
    }

    VirtualServer withCapacity(final int messages) {
        capacity = messages;
        return this;
    }

    VirtualServer withSendCost(final long ns) {
        sendCostNs = ns;
        return this;
    }

    void answersTo(final AnswerLedger answers) {
        ledger = answers;
    }

    /** Lets the sending thread be away for a while: what a slow generator does. */
    void pauseGenerator(final long ns) {
        generatorPauseNs += ns;
    }

    /** When each message was done, in the order of service. */
    List<Long> doneNs() {
        return doneNs;
    }

    @Override
    public long nanoTime() {
        nowNs += generatorPauseNs;
        generatorPauseNs = 0;
        return nowNs;
    }

    @Override
    public SendStatus offer(final long sequence, final long dueNs) {
        if (queue.size() >= capacity) {
            return SendStatus.BACK_PRESSURED;
        }
        nowNs += sendCostNs;
        final long beganNs = startNs.applyAsLong(Math.max(nowNs, freeNs));
        freeNs = beganNs + serviceNs.applyAsLong(sequence);
        queue.add(new Served(sequence, dueNs, freeNs));
        return SendStatus.ACCEPTED;
    }

    @Override
    public void onRefused(final SendStatus status) {
        final Served first = queue.peek();
        if (first != null) {
            nowNs = Math.max(nowNs, first.doneNs());
        }
        poll();
    }

    @Override
    public void poll() {
        while (!queue.isEmpty() && queue.peek().doneNs() <= nowNs) {
            final Served served = queue.remove();
            doneNs.add(served.doneNs());
            if (ledger != null) {
                ledger.onAnswer(served.sequence(), served.dueNs(), nowNs);
            }
        }
    }

    @Override
    public void idle(final long untilNs) {
        final Served first = queue.peek();
        nowNs = Math.max(nowNs, first == null ? untilNs : Math.min(untilNs, first.doneNs()));
        poll();
    }
}
