package io.fizeau.core.load.many;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.load.Check;
import io.fizeau.core.load.PeerLink;
import io.fizeau.core.load.PhaseCounts;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.MessageContent;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.SendStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One server to many receivers: a message goes to the server, which sends it to every connection, and the next one leaves when all
 * copies are here. It tells how long it takes until all know, and how much later the last one knows than the first. Both times are read
 * at one end, so they contain the way to the server.
 *
 * <p>Used by one thread, which is the thread that may poll the node.
 */
public final class FanOut implements AutoCloseable {
    private static final int POLL_LIMIT = 256;
    private static final int LANES_PER_NODE_POLL = 64;

    private final ClientEnd end;
    private final FanOutTally tally;
    private final List<FanOutLane> lanes = new ArrayList<>();
    private final UnsafeBuffer message;
    private final MessageContent content = new MessageContent();
    private final int messageBytes;
    private int phase;
    private long next;
    private long refused;

    private FanOut(final ClientEnd end, final int receivers) {
        this.end = end;
        this.tally = new FanOutTally(receivers);
        this.messageBytes = end.settings().messageBytes();
        this.message = new UnsafeBuffer(ByteBuffer.allocateDirect(messageBytes));
    }

    /**
     * Connects the receivers.
     *
     * @param end where they are.
     * @param receivers how many.
     * @return connected receivers, which the caller closes.
     * @throws TransportException if there is no connection in time, or the transport cannot be used so.
     */
    public static FanOut connect(final ClientEnd end, final int receivers) {
        end.check();
        if (!end.settings().guarantees().has(Guarantee.DUPLEX)) {
            throw TransportException.badRequest("one server to many receivers needs a transport over which a server"
                    + " may speak first: this one does not promise that both ends may send at any time");
        }
        final FanOut fanOut = new FanOut(end, receivers);
        try {
            for (int i = 0; i < receivers; i++) {
                final FanOutLane lane = new FanOutLane(end, fanOut.tally);
                lane.connect();
                fanOut.lanes.add(lane);
                fanOut.pollNodeAfter(i + 1);
            }
        } catch (final RuntimeException | Error e) {
            fanOut.close();
            throw e;
        }
        return fanOut;
    }

    /**
     * Begins a phase on each connection. Takes a round trip for each.
     *
     * @param check how closely both ends look at each message.
     * @throws TransportException if the far end does not answer.
     */
    public void begin(final Check check) {
        phase++;
        next = 0;
        refused = 0;
        tally.begin(phase, check == Check.CONTENT);
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get(i).begin(check, phase);
            pollNodeAfter(i + 1);
        }
    }

    /**
     * One message to all receivers, and waits until all have it.
     *
     * @return its sequence.
     * @throws TransportException if a copy does not come in time, a connection closes or the far end is gone.
     */
    public long publish() {
        final long sequence = next++;
        BenchmarkFrame.writeHeader(message, 0, end.run(), phase, sequence, 0, messageBytes);
        if (tally.isContentChecked()) {
            content.fill(message, 0);
        }
        tally.expect(sequence);
        SendStatus status = first().connection().send(message, 0, messageBytes);
        while (status != SendStatus.ACCEPTED) {
            refused++;
            first().onNotAccepted(status, sequence);
            status = first().connection().send(message, 0, messageBytes);
        }
        while (!tally.isComplete()) {
            if (end.isOwn() || end.node().poll(POLL_LIMIT) == 0) {
                first().idle(sequence + tally.copies());
            } else {
                first().turn(sequence + tally.copies());
            }
            if (tally.hasClosed()) {
                throw first().failure("one of " + lanes.size() + " receivers is closed");
            }
        }
        return sequence;
    }

    /**
     * Ends a phase.
     *
     * @return what became of its messages: those sent, and the copies that arrived.
     * @throws TransportException if either end saw a wrong message, or the far end does not answer.
     */
    public PhaseCounts end() {
        final long wrong = tally.wrong() + first().ask().wrong();
        if (wrong > 0) {
            throw first().failure("the transport delivers wrong messages: " + wrong
                    + " came with a wrong length or content, at either end of " + lanes.size() + " connections");
        }
        return new PhaseCounts(next, next * lanes.size(), tally.stale(), refused);
    }

    /**
     * A phase in which every byte of every copy is checked.
     *
     * @param messages how many to send to all.
     * @throws TransportException if one was changed on its way, or does not come in time.
     */
    public void verify(final int messages) {
        begin(Check.CONTENT);
        for (int i = 0; i < messages; i++) {
            publish();
        }
        end();
    }

    /**
     * When each copy was here, from the send of its message.
     *
     * @return a copy; empties the recorder.
     */
    public LatencyDistribution takeEach() {
        return tally.takeEach();
    }

    /**
     * When the last copy of each message was here, from its send.
     *
     * @return a copy; empties the recorder.
     */
    public LatencyDistribution takeLast() {
        return tally.takeLast();
    }

    /** Closes the connections; the node stays open. */
    @Override
    public void close() {
        lanes.forEach(FanOutLane::close);
    }

    private PeerLink first() {
        return lanes.get(0).link();
    }

    private void pollNodeAfter(final int count) {
        if (count % LANES_PER_NODE_POLL == 0 && !end.isOwn()) {
            end.node().poll(POLL_LIMIT);
        }
    }
}
