package io.fizeau.transports.nio;

import io.fizeau.core.transport.CloseReason;
import io.fizeau.transports.framing.MessageReader;
import io.fizeau.transports.framing.ReceiveBuffer;
import io.fizeau.transports.loop.Lifecycle;
import io.fizeau.transports.socket.PeerRefusedException;
import java.io.IOException;

/**
 * The receiving half of a connection: reads into the node's buffer, keeps only what is left over, and delivers in place. By the
 * driving thread.
 */
final class NioReceiver {
    /** A part of a message up to this long is copied in front of the next read; a longer one is completed where it is. */
    private static final int COPIED_BYTES = 1024;

    private final NioConnection connection;
    private final ConnectionChannel channel;
    private final MessageReader reader;
    private final Lifecycle life;
    private final NioSender sender;
    private final ReceiveBuffer shared;
    private final ReceiveBuffer own = ReceiveBuffer.direct(0);
    private boolean hasUndelivered;
    private boolean isRetrying;
    private boolean hasEnded;

    NioReceiver(
            final NioConnection connection,
            final ConnectionChannel channel,
            final MessageReader reader,
            final Lifecycle life,
            final NioSender sender,
            final ReceiveBuffer shared) {
        this.connection = connection;
        this.channel = channel;
        this.reader = reader;
        this.life = life;
        this.sender = sender;
        this.shared = shared;
    }

    boolean awaitsIntroduction() {
        return reader.awaitsIntroduction();
    }

    /** Whether messages wait here that could be delivered without a read, or offered again. */
    boolean hasUndelivered() {
        return hasUndelivered;
    }

    /** Whether nothing is to be read now: a message has to be offered again first, or the peer says no more. */
    boolean isReadingOff() {
        return isRetrying || hasEnded;
    }

    /** Whether the first of them was offered and has to be offered again. */
    boolean isRetrying() {
        return isRetrying;
    }

    /**
     * Delivers what waits, or else reads once and delivers that.
     *
     * @param limit how many messages to deliver at the most.
     * @return how many were consumed.
     */
    int work(final int limit) {
        try {
            return deliverOrReceive(limit);
        } catch (final OutOfMemoryError e) {
            // For what came: that must not end the loop, and with it all the others.
            connection.failForMemory(e);
            return 0;
        }
    }

    private int deliverOrReceive(final int limit) {
        if (hasUndelivered) {
            final int messages = deliver(own, limit);
            if (messages > 0 || hasUndelivered) {
                return messages;
            }
        }
        if (hasEnded) {
            closeOnceAnswered();
        }
        return hasEnded || life.isClosed() ? 0 : receive(limit);
    }

    private int receive(final int limit) {
        final int left = own.available();
        final ReceiveBuffer in = left == 0 ? emptied(shared) : bufferFor(left);
        final int count;
        try {
            count = channel.read(in.room());
        } catch (final PeerRefusedException e) {
            connection.refuse(e);
            return 0;
        } catch (final IOException e) {
            life.close(CloseReason.PEER_LOST);
            return 0;
        }
        if (count <= 0) {
            if (count < 0) {
                onEndOfStream();
            }
            return 0;
        }
        in.filled(count);
        if (in == shared && left > 0) {
            in.fillFront(own);
        }
        if (reader.awaitsIntroduction() && !introduced(in)) {
            return 0;
        }
        return deliver(in, limit);
    }

    private static ReceiveBuffer emptied(final ReceiveBuffer buffer) {
        buffer.clear();
        return buffer;
    }

    private ReceiveBuffer bufferFor(final int left) {
        final int wanted = reader.wantedBytes(own);
        if (left <= COPIED_BYTES && (wanted <= shared.capacity() || wanted > own.capacity())) {
            shared.clearBehind(left);
            return shared;
        }
        own.makeRoomTowards(Math.max(1, wanted - left));
        return own;
    }

    private int deliver(final ReceiveBuffer in, final int limit) {
        hasUndelivered = false;
        isRetrying = false;
        if (!life.enter()) {
            return 0;
        }
        int messages = 0;
        try {
            messages = reader.deliver(in, limit);
        } catch (final Throwable t) {
            life.fail(t);
        }
        life.leave();
        if (life.isOpen()) {
            connection.flushCallbacks();
            afterDelivery(in);
        }
        return messages;
    }

    private void afterDelivery(final ReceiveBuffer in) {
        final MessageReader.Outcome outcome = reader.outcome();
        if (outcome == MessageReader.Outcome.GARBAGE) {
            connection.refuse(PeerRefusedException.ofMessage(connection.maxMessageBytes()));
            return;
        }
        if (outcome == MessageReader.Outcome.RETRY) {
            if (sender.isBroken()) {
                // Nothing can be answered any more, and as long as this message waits nobody reads the end of the
                // stream.
                life.close(CloseReason.PEER_LOST);
                return;
            }
            isRetrying = true;
        }
        final int left = in.available();
        hasUndelivered = isRetrying || (outcome == MessageReader.Outcome.LIMIT && left > 0);
        if (left > 0 && in == shared) {
            // The next connection will use the shared one.
            own.take(shared);
        }
    }

    private boolean introduced(final ReceiveBuffer in) {
        switch (reader.introduce(in)) {
            case VALID -> {
                return connection.open();
            }
            case INCOMPLETE -> {
                if (in == shared) {
                    own.take(in);
                }
            }
            case WRONG -> connection.refuse(PeerRefusedException.ofIntroduction(connection.maxMessageBytes()));
        }
        return false;
    }

    private void onEndOfStream() {
        if (reader.answersAfterTheEnd()) {
            hasEnded = true;
            sender.writeDue();
            closeOnceAnswered();
            return;
        }
        final boolean isWhole = own.available() == 0 && !sender.wasReset();
        life.close(isWhole ? CloseReason.PEER_CLOSED : CloseReason.PEER_LOST);
    }

    private void closeOnceAnswered() {
        if (sender.isEmpty()) {
            life.close(sender.wasReset() ? CloseReason.PEER_LOST : CloseReason.PEER_CLOSED);
        }
    }
}
