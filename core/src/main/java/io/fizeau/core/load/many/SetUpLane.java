package io.fizeau.core.load.many;

import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.MessageContent;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection after another: made, used for one message and its answer, closed. Started and looked at by the loop's thread; its
 * callbacks run on whichever thread delivers, and hand over by the state.
 */
final class SetUpLane {
    /** Where a connection stands. */
    enum State {
        /** There is none. */
        IDLE,
        /** It is being made, or its first message is under way. */
        UNDER_WAY,
        /** Its answer is back. */
        ANSWERED,
        /** It could not be made, closed too early, or brought back something else. */
        FAILED
    }

    private final ClientEnd end;
    private final int messageBytes;
    private final UnsafeBuffer message;
    private final MessageContent content = new MessageContent();
    private @Nullable SetUp current; // the loop's thread

    SetUpLane(final ClientEnd end) {
        this.end = end;
        this.messageBytes = end.settings().messageBytes();
        this.message = new UnsafeBuffer(ByteBuffer.allocateDirect(messageBytes));
    }

    State state() {
        final SetUp setUp = current;
        return setUp == null ? State.IDLE : setUp.state;
    }

    Connection connection() {
        final SetUp setUp = current;
        if (setUp == null || setUp.connection == null) {
            throw new IllegalStateException("no connection was started");
        }
        return setUp.connection;
    }

    String trouble() {
        final SetUp setUp = current;
        return setUp == null ? "" : setUp.trouble;
    }

    /** Why the present connection is closed; null if it is not, or there is none. */
    @Nullable
    CloseReason closeReason() {
        final SetUp setUp = current;
        return setUp == null || setUp.connection == null ? null : setUp.connection.closeReason();
    }

    void start(final long sequence) {
        BenchmarkFrame.writeHeader(message, 0, end.run(), 0, sequence, 0, messageBytes);
        content.fill(message, 0);
        final SetUp setUp = new SetUp(sequence);
        current = setUp;
        setUp.connection = end.node().connect(end.address(), setUp);
    }

    /** For the loop's thread where it drives the connection: the first message, if it was not taken when the connection opened. */
    void sendAgain() {
        final SetUp setUp = current;
        if (setUp != null && setUp.isOwing && setUp.state == State.UNDER_WAY) {
            setUp.send(connection());
        }
    }

    /** Closes the connection, records its times, and is ready for the next one. */
    void finish(final LatencyRecorder opened, final LatencyRecorder answered) {
        final SetUp setUp = current;
        if (setUp != null) {
            opened.record(setUp.openNs - setUp.startNs);
            answered.record(setUp.answeredNs - setUp.startNs);
        }
        abandon();
    }

    /** Closes the connection, if there is one. */
    void abandon() {
        final SetUp setUp = current;
        current = null;
        if (setUp != null && setUp.connection != null) {
            setUp.connection.close();
        }
    }

    /** How long the present one has taken so far. */
    long ageNs(final long nowNs) {
        final SetUp setUp = current;
        return setUp == null ? 0 : nowNs - setUp.startNs;
    }

    /** One connection's: what is still said of the one before, which may come from another thread and late, concerns nobody. */
    private final class SetUp implements ConnectionHandler {
        private final long sequence;
        private final long startNs = System.nanoTime();
        private @Nullable Connection connection; // the loop's thread
        private long openNs; // with the next three by the thread that delivers, published by the state
        private long answeredNs;
        private boolean isOwing;
        private String trouble = "";
        private volatile State state = State.UNDER_WAY;

        SetUp(final long sequence) {
            this.sequence = sequence;
        }

        @Override
        public void onOpen(final Connection opened) {
            openNs = System.nanoTime();
            send(opened);
        }

        private void send(final Connection opened) {
            final SendStatus status = opened.send(message, 0, messageBytes);
            isOwing = status == SendStatus.BACK_PRESSURED;
            if (status == SendStatus.ACCEPTED) {
                opened.flush();
            } else if (!isOwing) {
                fail("its first message was not taken: " + status);
            }
        }

        @Override
        public Delivery onMessage(
                final Connection from, final DirectBuffer buffer, final int offset, final int length) {
            if (length == messageBytes
                    && BenchmarkFrame.run(buffer, offset) == end.run()
                    && BenchmarkFrame.sequence(buffer, offset) == sequence
                    && content.isIntact(buffer, offset, length)) {
                answeredNs = System.nanoTime();
                state = State.ANSWERED;
            } else {
                fail("the transport delivers wrong messages: the answer to the first message is another one");
            }
            return Delivery.CONSUMED;
        }

        @Override
        public void onClosed(final Connection closed, final CloseReason reason) {
            if (state == State.UNDER_WAY) {
                fail("it closed before its first message was answered (" + reason + ")");
            }
        }

        private void fail(final String why) {
            trouble = why;
            state = State.FAILED;
        }
    }
}
