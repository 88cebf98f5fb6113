package io.fizeau.bench.runfolder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What {@code noise.json} says: what disturbed each measured iteration of each fork. The record components are the file's field
 * names; the reader is in {@code results}. Immutable.
 *
 * @param schema {@link #SCHEMA}.
 * @param forks in the order run.
 */
public record NoiseFile(String schema, List<Fork> forks) {
    /** The version of the form; raised when a reader of the old one would go wrong. */
    public static final String SCHEMA = "fizeau.noise/1";

    /**
     * One fork.
     *
     * @param index its place in the order run, from 0, as in the manifest.
     * @param benchmark the benchmark's full name.
     * @param params its parameters.
     * @param iterations for each: its number from 1, how long the time between the edges was in ms, and by name the figures of
     *     the fork, of the server's process and of the host. A figure is a number, or a text that says why it is unavailable.
     */
    public record Fork(int index, String benchmark, Map<String, String> params, JsonNode iterations) {}
}
