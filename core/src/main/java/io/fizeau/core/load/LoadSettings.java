package io.fizeau.core.load;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.transport.Guarantees;
import java.util.concurrent.TimeUnit;

/**
 * What a client's loop is made of.
 *
 * @param messageBytes the length of each message in bytes, header included; at least {@link BenchmarkFrame#HEADER_BYTES}.
 * @param guarantees what the transport promises: without a promise to deliver, a loss is counted; with it, it is a failure.
 * @param idle what the waiting thread does after a poll that found nothing; to spin, if there is a processor for each thread that
 *     does.
 * @param timeoutNs how long to wait for an answer before the run has failed, in nanoseconds.
 */
public record LoadSettings(int messageBytes, Guarantees guarantees, Idle idle, long timeoutNs) {
    /** Checks the length against the transport's limit. */
    public LoadSettings {
        final int longest = guarantees.maxMessageBytes();
        if (messageBytes < BenchmarkFrame.HEADER_BYTES || messageBytes > longest) {
            throw TransportException.badRequest(
                    "messageBytes=" + messageBytes + " must be from " + BenchmarkFrame.HEADER_BYTES
                            + " (the header) to " + longest + " (the transport's longest message)");
        }
        if (longest < ControlFrame.BYTES) {
            throw TransportException.badRequest("the transport's longest message is " + longest
                    + " bytes: the suites need " + ControlFrame.BYTES + " to talk to their server");
        }
        if (timeoutNs < TimeUnit.MILLISECONDS.toNanos(1)) {
            throw TransportException.badRequest("timeoutNs=" + timeoutNs + " must be at least 1000000");
        }
    }
}
