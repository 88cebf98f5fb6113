package io.fizeau.transports.datagram.node;

import java.util.LinkedHashMap;
import java.util.Map;

/** A node that counts what it did with datagrams. Thread-safe. */
public interface CountsDatagrams {
    /**
     * What all its connections and listeners did since it opened, those that have ended among them: the fields of
     * {@link io.fizeau.transports.datagram.session.ArqCounters} and
     * {@link io.fizeau.transports.datagram.session.DatagramCounters} by name.
     *
     * @return a new map.
     */
    Map<String, Long> datagramCounters();

    /**
     * The sums over all nodes that are open in this process, also under layers or driven by a thread of their own.
     *
     * @return a new map; empty if there is no such node.
     */
    static Map<String, Long> ofThisProcess() {
        final Map<String, Long> sums = new LinkedHashMap<>();
        DatagramNode.allOpen()
                .forEach(node -> node.datagramCounters().forEach((name, value) -> sums.merge(name, value, Long::sum)));
        return sums;
    }
}
