package io.fizeau.bench.rounds;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
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
record ForkOutcome(
        @Nullable RunResult result,
        String reason,
        Map<String, String> notes,
        JsonNode noise,
        Map<String, String> server,
        Instant startedAt,
        Instant endedAt) {
    boolean isOk() {
        return result != null;
    }
}
