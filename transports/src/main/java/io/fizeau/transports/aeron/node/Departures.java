package io.fizeau.transports.aeron.node;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.logbuffer.FragmentHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections that have ended, until what they held is freed. A goodbye and the publication's close wait until the sending
 * thread is certainly out of its last send. The image is read to its end and thrown away, so that the peer is not held up by
 * back-pressure while it learns of the end; a peer that goes on regardless is refused.
 *
 * <p>Used by the polling thread only.
 */
final class Departures {
    private static final int DISCARD_LIMIT = 1024;
    private static final FragmentHandler DISCARD = (buffer, offset, length, header) -> {};

    private final List<Departure> departures = new ArrayList<>();
    private final Greeting greeting = new Greeting();

    void add(final AeronConnection connection) {
        departures.add(new Departure(connection.retired(), null, connection.image()));
    }

    /** A stream that never became a connection. */
    void add(final @Nullable ExclusivePublication publication, final @Nullable Image image) {
        departures.add(new Departure(null, publication, image));
    }

    void advance(final long nowNs, final long patienceNs) {
        for (int i = departures.size() - 1; i >= 0; i--) {
            if (departures.get(i).advance(nowNs, patienceNs, greeting)) {
                departures.remove(i);
            }
        }
    }

    /** Frees all of them, the node being closed: the sending threads have been told, and are waited for. */
    void finish() {
        Gate.awaitLeft(() -> departures.stream().noneMatch(Departure::isSending));
        departures.forEach(departure -> departure.release(greeting));
        departures.clear();
    }

    /** One of them. */
    private static final class Departure {
        private final @Nullable Outbound outbound;
        private final @Nullable ExclusivePublication publication;
        private final @Nullable Image image;
        private final long sinceNs = System.nanoTime();
        private boolean isReleased;
        private boolean isRefused;

        Departure(
                final @Nullable Outbound outbound,
                final @Nullable ExclusivePublication publication,
                final @Nullable Image image) {
            this.outbound = outbound;
            this.publication = outbound == null ? publication : outbound.publication();
            this.image = image;
        }

        boolean isSending() {
            return outbound != null && outbound.isSending();
        }

        boolean advance(final long nowNs, final long patienceNs, final Greeting greeting) {
            if (!isReleased && nowNs - sinceNs > Gate.GRACE_NS && !isSending()) {
                release(greeting);
            }
            return discard(nowNs, patienceNs) && isReleased;
        }

        void release(final Greeting greeting) {
            isReleased = true;
            if (publication != null && !publication.isClosed()) {
                // If there is no room for it, the end of the stream has to say it.
                greeting.sendGoodbye(publication);
                publication.close();
            }
        }

        private boolean discard(final long nowNs, final long patienceNs) {
            final Image left = image;
            if (left == null || left.isClosed() || left.isEndOfStream()) {
                return true;
            }
            left.poll(DISCARD, DISCARD_LIMIT);
            if (!isRefused && nowNs - sinceNs > patienceNs) {
                isRefused = true;
                left.reject("this end has closed");
            }
            return false;
        }
    }
}
