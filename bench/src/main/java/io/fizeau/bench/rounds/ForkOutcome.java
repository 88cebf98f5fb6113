package io.fizeau.bench.rounds;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;

/**
 * What became of one fork.
 *
 * @param result its result, or null if it failed.
 * @param reason why it failed, in one line, or empty.
 * @param notes how it was set up.
 * @param noise what disturbed each of its measured iterations, an array.
 * @param server what its server told of itself, if it was the first to be asked.
 * @param startedAt when it started.
 * @param endedAt when it ended.
 */
public record ForkOutcome(
        @Nullable RunResult result,
        String reason,
        Map<String, String> notes,
        JsonNode noise,
        Map<String, String> server,
        Instant startedAt,
        Instant endedAt) {
    /**
     * Whether it ended well.
     *
     * @return true if it has a result.
     */
    public boolean isOk() {
        return result != null;
    }

    /**
     * The same with more notes.
     *
     * @param more name to text.
     * @return a new outcome.
     */
    public ForkOutcome withNotes(final Map<String, String> more) {
        final Map<String, String> all = new TreeMap<>(notes);
        all.putAll(more);
        return new ForkOutcome(result, reason, all, noise, server, startedAt, endedAt);
    }

    /**
     * Of a fork that did not end because the run did.
     *
     * @return the same without a result.
     */
    public ForkOutcome interrupted() {
        return new ForkOutcome(null, "interrupted", notes, noise, server, startedAt, Instant.now());
    }
}
