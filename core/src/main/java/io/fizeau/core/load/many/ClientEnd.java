package io.fizeau.core.load.many;

import io.fizeau.core.address.Address;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.LoadSettings;
import io.fizeau.core.load.PeerWatch;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Node;

/**
 * What a load with many connections needs of the end it runs at.
 *
 * @param node an open node, which the loop's thread may poll.
 * @param address where the node of a {@link io.fizeau.core.load.Responder} listens.
 * @param driving whose threads drive the node's connections.
 * @param settings the load's: message length, waiting, patience.
 * @param run a number that tells this load's messages from those of others.
 * @param watch knows whether the far end still runs.
 */
public record ClientEnd(Node node, Address address, Driving driving, LoadSettings settings, int run, PeerWatch watch) {
    /**
     * The same with another node.
     *
     * @param other an open node of the same transport.
     * @return a new end.
     */
    public ClientEnd with(final Node other) {
        return new ClientEnd(other, address, driving, settings, run, watch);
    }

    boolean isOwn() {
        return driving == Driving.OWN;
    }

    /** One thread has to serve all connections, or the transport's own threads do. */
    void check() {
        if (!settings.guarantees().has(Guarantee.RELIABLE)) {
            throw TransportException.badRequest("many connections are measured over transports that promise to deliver:"
                    + " on each there is one message under way, and where it is lost the connection falls silent");
        }
        if (!isOwn() && settings.guarantees().has(Guarantee.POLLED_PER_CONNECTION)) {
            throw TransportException.badRequest("a transport whose connections are each polled by a thread of their own"
                    + " brings these threads along where many connections are measured: use driving=own in its spec");
        }
        if (isOwn() && !settings.guarantees().has(Guarantee.CONCURRENT_SEND)) {
            throw TransportException.badRequest("driving=own at the connecting end needs a transport that lets one"
                    + " thread send while another delivers: use driving=caller");
        }
    }
}
