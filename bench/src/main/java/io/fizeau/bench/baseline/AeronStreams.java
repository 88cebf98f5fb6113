package io.fizeau.bench.baseline;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import org.agrona.concurrent.AgentInvoker;
import org.jspecify.annotations.Nullable;

/** A stream to the peer, a stream from it, and what has to be done meanwhile. Used by one thread. */
final class AeronStreams {
    /** The client's conductor has to run now and then, and a run of it costs as much as some polls. */
    private static final int DUTIES_PER_CLIENT_DUTY = 1 << 12;

    final ExclusivePublication publication;
    final Image image;
    private final @Nullable AgentInvoker driver;
    private final AgentInvoker client;
    private int duties;

    AeronStreams(
            final ExclusivePublication publication,
            final Image image,
            final @Nullable AgentInvoker driver,
            final AgentInvoker client) {
        this.publication = publication;
        this.image = image;
        this.driver = driver;
        this.client = client;
    }

    /** One cycle of the driver, which sends and receives, where it has no thread of its own. */
    void duty() {
        if (driver != null) {
            driver.invoke();
        }
        if (++duties % DUTIES_PER_CLIENT_DUTY == 0) {
            client.invoke();
        }
    }
}
