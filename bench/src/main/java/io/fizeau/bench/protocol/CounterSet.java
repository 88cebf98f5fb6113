package io.fizeau.bench.protocol;

import io.fizeau.core.host.HostFiles;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counters at one moment, or why they cannot be read. Immutable.
 *
 * @param values name to count; empty if they cannot be read.
 * @param reason {@code unavailable: ...}, or empty if they can.
 */
public record CounterSet(Map<String, Long> values, String reason) {
    /** Makes the map unmodifiable. */
    public CounterSet {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static CounterSet of(final Map<String, Long> values) {
        return new CounterSet(values, "");
    }

    static CounterSet unavailable(final String reason) {
        return new CounterSet(Map.of(), HostFiles.isKnown(reason) ? HostFiles.UNAVAILABLE + reason : reason);
    }

    /**
     * Whether there are any.
     *
     * @return false if there is only a reason.
     */
    public boolean isKnown() {
        return reason.isEmpty();
    }

    /**
     * What was counted since an earlier moment. A counter that was not there then is left out, and so is one that fell: its device
     * or driver is another one.
     *
     * @param earlier the counters then.
     * @return the differences, or the reason of whichever cannot be read.
     */
    public CounterSet since(final CounterSet earlier) {
        if (!isKnown() || !earlier.isKnown()) {
            return isKnown() ? earlier : this;
        }
        final Map<String, Long> differences = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            final Long before = earlier.values.get(name);
            if (before != null && value >= before) {
                differences.put(name, value - before);
            }
        });
        return of(differences);
    }
}
