package io.fizeau.results.run;

import java.util.Map;

/**
 * One fork as the manifest names it, in the order in which they ran.
 *
 * @param index its place in that order, from 0.
 * @param round the round it belongs to, from 0; forks of one round ran within a short time of each other.
 * @param file its JMH JSON file, relative to the run folder.
 * @param key the row it measured.
 * @param ok false if it failed.
 * @param reason why it failed, otherwise empty.
 * @param notes what else was recorded, for example the processors it was pinned to.
 */
public record ForkEntry(
        int index, int round, String file, RowKey key, boolean ok, String reason, Map<String, String> notes) {
    /** Copies the notes. */
    public ForkEntry {
        notes = Map.copyOf(notes);
    }
}
