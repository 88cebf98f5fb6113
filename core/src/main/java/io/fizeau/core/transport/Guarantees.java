package io.fizeau.core.transport;

import io.fizeau.core.error.TransportException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a transport promises with given settings. Immutable and thread-safe.
 *
 * @param all the promises.
 * @param livenessNs with {@link Guarantee#CONNECTED}, the longest time, in nanoseconds, until an end that is driven learns that
 *     its peer has closed or died; else 0.
 * @param maxMessageBytes the longest message that can be sent, at least 1.
 */
public record Guarantees(Set<Guarantee> all, long livenessNs, int maxMessageBytes) {
    /** Checks that a liveness time is given just when it means something. */
    public Guarantees {
        all = all.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(all));
        if (all.contains(Guarantee.CONNECTED) != livenessNs > 0) {
            throw TransportException.badRequest(
                    "livenessNs=" + livenessNs + " must be positive with the guarantee connected, and 0 without");
        }
        if (maxMessageBytes < 1) {
            throw TransportException.badRequest("maxMessageBytes=" + maxMessageBytes + " must be at least 1");
        }
    }

    /**
     * Guarantees without a liveness time.
     *
     * @param maxMessageBytes the longest message, in bytes.
     * @param promises the promises, not {@link Guarantee#CONNECTED} among them.
     * @return the guarantees.
     */
    public static Guarantees of(final int maxMessageBytes, final Guarantee... promises) {
        return connected(maxMessageBytes, 0, promises);
    }

    /**
     * Guarantees with a liveness time.
     *
     * @param maxMessageBytes the longest message, in bytes.
     * @param livenessNs until when a peer's death is noticed, in nanoseconds.
     * @param promises the promises.
     * @return the guarantees.
     */
    public static Guarantees connected(final int maxMessageBytes, final long livenessNs, final Guarantee... promises) {
        final EnumSet<Guarantee> set = EnumSet.noneOf(Guarantee.class);
        set.addAll(Arrays.asList(promises));
        return new Guarantees(set, livenessNs, maxMessageBytes);
    }

    /**
     * Whether something is promised.
     *
     * @param guarantee the promise.
     * @return true if it is.
     */
    public boolean has(final Guarantee guarantee) {
        return all.contains(guarantee);
    }

    /**
     * The same with more promised.
     *
     * @param more what is added.
     * @return new guarantees.
     */
    public Guarantees with(final Guarantee... more) {
        final EnumSet<Guarantee> set = EnumSet.noneOf(Guarantee.class);
        set.addAll(all);
        set.addAll(Arrays.asList(more));
        return new Guarantees(set, livenessNs, maxMessageBytes);
    }

    /**
     * The same with less promised.
     *
     * @param fewer what is taken away; not {@link Guarantee#CONNECTED}.
     * @return new guarantees.
     */
    public Guarantees without(final Guarantee... fewer) {
        final EnumSet<Guarantee> set = EnumSet.noneOf(Guarantee.class);
        set.addAll(all);
        set.removeAll(Arrays.asList(fewer));
        return new Guarantees(set, livenessNs, maxMessageBytes);
    }

    /**
     * The same with another longest message.
     *
     * @param bytes its length.
     * @return new guarantees.
     */
    public Guarantees withMaxMessageBytes(final int bytes) {
        return new Guarantees(all, livenessNs, bytes);
    }
}
