package io.fizeau.core.impair;

import java.util.List;

/**
 * What happens to the packets of one direction. Immutable. {@link Impairment#parse} checks the limits and names what breaks them.
 *
 * @param loss random loss.
 * @param drops indices of packets that are lost, from 0, rising.
 * @param blackouts windows in which all is lost, by their begin.
 * @param delayNs how long a packet takes, after the queue, in ns.
 * @param jitterNs the delay is uniformly distributed over {@code delayNs - jitterNs} to {@code delayNs + jitterNs}; packets keep
 *     their order.
 * @param reorderPpm the share of packets that others overtake, in parts in a million.
 * @param places how many later packets overtake such a packet.
 * @param holdNs how long such a packet waits for them at most, in ns beyond its delay.
 * @param duplicatePpm the share of packets that arrive twice, in parts in a million.
 * @param corruptPpm the share of packets of which a bit is turned over, in parts in a million.
 * @param rateBitsPerSecond the rate, 0 if there is no limit.
 * @param queueBytes the bytes that may wait before the rate limit, with the packet that is leaving; 0 if there is no limit.
 */
public record OneWay(
        Loss loss,
        List<Long> drops,
        List<Window> blackouts,
        long delayNs,
        long jitterNs,
        int reorderPpm,
        int places,
        long holdNs,
        int duplicatePpm,
        int corruptPpm,
        long rateBitsPerSecond,
        long queueBytes) {
    /** A packet arrives as it was sent. */
    public static final OneWay NONE = new OneWay(new Loss.None(), List.of(), List.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Copies the lists. */
    public OneWay {
        drops = List.copyOf(drops);
        blackouts = List.copyOf(blackouts);
    }

    /**
     * Whether nothing happens to packets.
     *
     * @return true if so.
     */
    public boolean isNone() {
        return equals(NONE);
    }

    /**
     * Whether packets are lost and nothing else happens to them.
     *
     * @return true if there is no delay, reordering, duplication, corruption and rate limit.
     */
    public boolean isLossOnly() {
        return new OneWay(loss, drops, blackouts, 0, 0, 0, 0, 0, 0, 0, 0, 0).equals(this);
    }
}
