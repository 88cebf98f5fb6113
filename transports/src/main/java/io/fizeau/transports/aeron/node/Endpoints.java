package io.fizeau.transports.aeron.node;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.aeron.Subscription;
import io.aeron.status.ChannelEndpointStatus;
import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.status.CountersReader;

/** Binding: which port a subscription got, and whether an address is free, which Aeron itself does not mind. */
final class Endpoints {
    /** In the range left to applications: the year in which Fizeau timed light. */
    private static final int CLAIM_TYPE_ID = 1849;

    private static final long BIND_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private Endpoints() {}

    /** Waits until a subscription's socket is bound, and returns host and port. */
    static String awaitBound(final DriverLink link, final Subscription subscription) {
        final long startNs = System.nanoTime();
        String endpoint = subscription.resolvedEndpoint();
        while (endpoint == null) {
            if (subscription.channelStatus() == ChannelEndpointStatus.ERRORED
                    || System.nanoTime() - startNs > BIND_TIMEOUT_NS
                    || link.isClosed()) {
                throw new TransportException(
                        TransportException.NextStep.RETRY, "the driver does not bind " + subscription.channel());
            }
            link.cycle();
            Thread.onSpinWait();
            endpoint = subscription.resolvedEndpoint();
        }
        return endpoint;
    }

    /**
     * Claims an address for one listener among all clients of a driver, by a counter that the driver frees when its owner closes
     * or dies.
     */
    static Counter claim(final Aeron aeron, final String channel, final int streamId, final Address address) {
        final String label = label(channel, streamId);
        final Counter claim = aeron.addCounter(CLAIM_TYPE_ID, label);
        if (firstClaim(aeron.countersReader(), label) != claim.registrationId()) {
            claim.close();
            throw new TransportException(
                    TransportException.NextStep.RETRY,
                    "address " + address.text() + " is taken: another listener of the same media driver has it");
        }
        return claim;
    }

    /** Whether somebody listens at an address of this driver. */
    static boolean isClaimed(final Aeron aeron, final String channel, final int streamId) {
        return firstClaim(aeron.countersReader(), label(channel, streamId)) != Long.MAX_VALUE;
    }

    private static String label(final String channel, final int streamId) {
        return "fizeau listener " + channel + '#' + streamId;
    }

    private static long firstClaim(final CountersReader counters, final String label) {
        final long[] first = {Long.MAX_VALUE};
        counters.forEach((counterId, typeId, key, found) -> {
            if (typeId == CLAIM_TYPE_ID && found.equals(label)) {
                first[0] = Math.min(first[0], counters.getCounterRegistrationId(counterId));
            }
        });
        return first[0];
    }
}
