package io.fizeau.bench.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server has done since it started.
 *
 * @param messages how many messages arrived.
 * @param bytes their bytes.
 * @param wrong how many had a wrong length, phase or content.
 * @param errors how many errors the transport or the handler reported, peers were refused, and messages dropped that a peer may
 *     have made up.
 * @param cpuNs processor time of the serving threads, in nanoseconds.
 * @param allocatedBytes what the serving threads have allocated, in bytes.
 * @param polls how often threads that do not sleep in it have polled; 0 if they are not ours.
 * @param usefulPolls how many of these found something.
 */
public record ServerStatistics(
        long messages,
        long bytes,
        long wrong,
        long errors,
        long cpuNs,
        long allocatedBytes,
        long polls,
        long usefulPolls) {
    /**
     * What was done since an earlier time.
     *
     * @param earlier the figures then.
     * @return the differences.
     */
    public ServerStatistics since(final ServerStatistics earlier) {
        return new ServerStatistics(
                messages - earlier.messages,
                bytes - earlier.bytes,
                wrong - earlier.wrong,
                errors - earlier.errors,
                cpuNs - earlier.cpuNs,
                allocatedBytes - earlier.allocatedBytes,
                polls - earlier.polls,
                usefulPolls - earlier.usefulPolls);
    }

    /**
     * As one line.
     *
     * @return what {@link #parse(String)} reads.
     */
    public String line() {
        return "messages=" + messages + " bytes=" + bytes + " wrong=" + wrong + " errors=" + errors + " cpuNs=" + cpuNs
                + " allocatedBytes=" + allocatedBytes + " polls=" + polls + " usefulPolls=" + usefulPolls;
    }

    /**
     * From one line; figures that are missing are 0.
     *
     * @param line {@code name=value} pairs, separated by a space.
     * @return the statistics.
     * @throws NumberFormatException if a value is no number.
     */
    public static ServerStatistics parse(final String line) {
        final Map<String, Long> values = new LinkedHashMap<>();
        for (final String pair : line.strip().split(" ", -1)) {
            final int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), Long.parseLong(pair.substring(equals + 1)));
            }
        }
        return new ServerStatistics(
                values.getOrDefault("messages", 0L),
                values.getOrDefault("bytes", 0L),
                values.getOrDefault("wrong", 0L),
                values.getOrDefault("errors", 0L),
                values.getOrDefault("cpuNs", 0L),
                values.getOrDefault("allocatedBytes", 0L),
                values.getOrDefault("polls", 0L),
                values.getOrDefault("usefulPolls", 0L));
    }
}
