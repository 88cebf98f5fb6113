package io.fizeau.bench.baseline;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.settings.Sends;

/**
 * What both ends of a hand-written loop agree on.
 *
 * @param loop over what it runs.
 * @param isOneWay whether the server counts and acknowledges, and does not send back.
 * @param sends one way: whether messages travel together.
 * @param messageBytes the length of each message, header included.
 */
record LoopSettings(Loop loop, boolean isOneWay, Sends sends, int messageBytes) {
    /** Room for this many bytes of messages, as in the suites: the receiver is busy while a credit is under way. */
    private static final int MAX_WINDOW_BYTES = 4 << 20;

    private static final int MIN_WINDOW = 64;
    private static final int MAX_WINDOW = 64 << 10;
    private static final int LONGEST_BYTES = 64 << 10;

    /** At some hundred thousand messages a second a credit is due more often than a quarter of the window. */
    private static final int CREDITS_PER_WINDOW_OF_SINGLE_SENDS = 256;

    private static final int CREDITS_PER_WINDOW = 4;

    LoopSettings {
        final int longest =
                loop.isAeron() ? Math.min(LONGEST_BYTES, AeronEnd.maxPayloadBytes(loop, isOneWay)) : LONGEST_BYTES;
        if (messageBytes < BenchmarkFrame.HEADER_BYTES || messageBytes > longest) {
            throw TransportException.badRequest("messageBytes=" + messageBytes + " must be from "
                    + BenchmarkFrame.HEADER_BYTES + " (the header) to " + longest + " for the hand-written loop "
                    + loop.label());
        }
        if (isOneWay && (loop == Loop.TCP_BLOCKING || loop == Loop.INPROC)) {
            throw TransportException.badRequest(
                    "loop=" + loop.label() + " has no one-way loop: use tcp-nio, aeron-udp or aeron-ipc");
        }
    }

    /** The most messages that are sent and not acknowledged. */
    int window() {
        return Math.max(MIN_WINDOW, Math.min(MAX_WINDOW, MAX_WINDOW_BYTES / messageBytes));
    }

    /** After how many messages the server acknowledges all that came so far. */
    int creditEvery() {
        // In shared memory each message leaves at once and at no cost, so that there is nothing to gather.
        final boolean isSlow = sends == Sends.EACH && loop != Loop.AERON_IPC;
        return Math.max(1, window() / (isSlow ? CREDITS_PER_WINDOW_OF_SINGLE_SENDS : CREDITS_PER_WINDOW));
    }

    /** After how many messages a sender pushes them on, where that is up to it. */
    int burst(final int gathered) {
        return sends == Sends.EACH ? 1 : Math.min(gathered, window());
    }
}
