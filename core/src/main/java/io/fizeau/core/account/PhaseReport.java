package io.fizeau.core.account;

import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.SlowestMessages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What one phase of an open loop has shown. Immutable.
 *
 * @param counts what became of each message.
 * @param response from when a message was due to its answer. Percentiles of the messages that fell due: one that is missing counts
 *     as one that took the deadline.
 * @param service from when its send began to its answer, of the answered ones.
 * @param generatorLateness how long messages waited for the sending thread.
 * @param sendLag how long they waited for the transport to take them.
 * @param flight from when the transport had taken a message to its answer.
 * @param slowest the slowest answered messages.
 * @param deadlineNs what a missing message took at the least, in nanoseconds.
 * @param tookNs how long the phase took, from its first message to its last, in nanoseconds.
 */
public record PhaseReport(
        LedgerCounts counts,
        LatencyDistribution response,
        LatencyDistribution service,
        LatencyDistribution generatorLateness,
        LatencyDistribution sendLag,
        LatencyDistribution flight,
        List<SlowestMessages.Slow> slowest,
        long deadlineNs,
        long tookNs) {
    /** Copies the list. */
    public PhaseReport {
        slowest = List.copyOf(slowest);
    }

    /**
     * The report of a phase that is over: no thread records any more.
     *
     * @param sender the one that sent.
     * @param unsent how many messages fell due and were not sent.
     * @param ledgers all that saw answers, closed.
     * @param corruptThere how many messages the far end found wrong.
     * @param stale how many answers came for earlier phases.
     * @param tookNs how long messages were sent.
     * @return the report; sender and ledgers are empty afterwards.
     */
    public static PhaseReport of(
            final PacedSender sender,
            final long unsent,
            final Collection<AnswerLedger> ledgers,
            final long corruptThere,
            final long stale,
            final long tookNs) {
        final long answered = ledgers.stream().mapToLong(AnswerLedger::answered).sum();
        final long late = ledgers.stream().mapToLong(AnswerLedger::late).sum();
        final LedgerCounts counts = new LedgerCounts(
                sender.accepted() + unsent,
                sender.accepted(),
                unsent,
                answered - late,
                late,
                sender.accepted() - answered,
                ledgers.stream().mapToLong(AnswerLedger::duplicated).sum(),
                ledgers.stream().mapToLong(AnswerLedger::reordered).sum(),
                corruptThere + ledgers.stream().mapToLong(AnswerLedger::corrupt).sum(),
                sender.refused(),
                stale,
                sender.backlog());
        ledgers.iterator().next().response.recordMissing(counts.missing(), 0, sender.deadlineNs());
        // What was not sent waited for one thing, whichever ledger it belongs to: it is one episode.
        ledgers.forEach(ledger -> ledger.response.recordMissing(
                0, ledger.missingRuns(sender.accepted()) + (unsent > 0 ? 1 : 0), sender.deadlineNs()));
        final List<SlowestMessages.Slow> slowest = new ArrayList<>();
        ledgers.forEach(ledger -> slowest.addAll(ledger.slowest.take()));
        slowest.sort(Comparator.comparingLong(SlowestMessages.Slow::latencyNs).reversed());
        return new PhaseReport(
                counts,
                LatencyDistribution.sideBySide(
                        ledgers.stream().map(ledger -> ledger.response.take()).toList()),
                LatencyDistribution.sideBySide(
                        ledgers.stream().map(ledger -> ledger.service.take()).toList()),
                sender.generatorLateness().take(),
                sender.sendLag().take(),
                LatencyDistribution.sideBySide(
                        ledgers.stream().map(ledger -> ledger.flight.take()).toList()),
                slowest.subList(0, Math.min(slowest.size(), SlowestMessages.KEPT)),
                sender.deadlineNs(),
                tookNs);
    }
}
