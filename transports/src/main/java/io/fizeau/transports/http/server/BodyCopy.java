package io.fizeau.transports.http.server;

import io.fizeau.transports.framing.ReceiveBuffer;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;

/** Copies a request's body behind what waits in a buffer, as it comes, up to a limit. One for each request; never two threads at once. */
final class BodyCopy implements Runnable {
    /** Hears how it ended. */
    interface Reader {
        /** The body is in the buffer. */
        void onBody();

        /** The body is longer than allowed; what has come of it is left. */
        void onTooLong();

        /** The body will never be complete. */
        void onBroken(Throwable cause);
    }

    private final Content.Source source;
    private final ReceiveBuffer target;
    private final int limitBytes;
    private final Reader reader;
    private int copiedBytes;

    BodyCopy(final Content.Source source, final ReceiveBuffer target, final int limitBytes, final Reader reader) {
        this.source = source;
        this.target = target;
        this.limitBytes = limitBytes;
        this.reader = reader;
    }

    /** Copies what there is, and comes again when there is more. */
    @Override
    public void run() {
        while (true) {
            final Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                reader.onBroken(chunk.getFailure());
                return;
            }
            final boolean isLast = chunk.isLast();
            final boolean fits = copy(chunk.getByteBuffer());
            chunk.release();
            if (!fits) {
                reader.onTooLong();
                return;
            }
            if (isLast) {
                reader.onBody();
                return;
            }
        }
    }

    private boolean copy(final ByteBuffer bytes) {
        final int count = bytes.remaining();
        if (count > limitBytes - copiedBytes) {
            return false;
        }
        if (count > 0) {
            target.makeRoom(count, limitBytes);
            target.room().put(bytes);
            target.filled(count);
            copiedBytes += count;
        }
        return true;
    }
}
