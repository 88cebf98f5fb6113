package io.fizeau.results.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which Parquet files make the store, and which runs are in them: {@code store.json}. Whatever is in the folder besides was left by an
 * export that did not get to its end, and counts for nothing. Replacing this one file is what makes a change visible, all at once.
 *
 * @param next the number of the next part.
 * @param parts by name, in the order written.
 * @param runs by name.
 */
record StoreLedger(int next, Map<String, Part> parts, Map<String, Entry> runs) {
    private static final String FILE = "store.json";
    private static final String SCHEMA = "fizeau.store/1";
    private static final JsonMapper JSON = new JsonMapper();

    StoreLedger {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        runs = Collections.unmodifiableMap(new TreeMap<>(runs));
    }

    /**
     * Some runs of a month: a Parquet file in each of the tables.
     *
     * @param name of the files, without the ending.
     * @param month their partition.
     * @param lines of all its tables together.
     */
    record Part(String name, String month, long lines) {
        /** {@return its file of a table} */
        Path file(final Path folder, final StoreTable table) {
            return folder.resolve(table.label()).resolve("month=" + month).resolve(name + ".parquet");
        }
    }

    /**
     * A run that is in the store.
     *
     * @param location where it was read from.
     * @param stamp of its files then.
     * @param hash of its content.
     * @param part that holds it.
     */
    record Entry(String location, String stamp, String hash, String part) {
        Entry in(final String other) {
            return new Entry(location, stamp, hash, other);
        }
    }

    /** {@return the ledger of a store, empty if there is none}
     *
     * @throws ResultsException if it cannot be read.
     */
    static Optional<StoreLedger> read(final Path folder) {
        final Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            final JsonNode root = JSON.readTree(Files.readAllBytes(file));
            final String schema = root.path("schema").asText();
            if (!schema.equals(SCHEMA)) {
                throw new ResultsException(file + ": has schema \"" + schema + "\"; this version reads \"" + SCHEMA
                        + "\": take another folder with --out, or remove this one and export again");
            }
            final Map<String, Part> parts = new LinkedHashMap<>();
            root.path("parts").forEach(node -> {
                final Part part = new Part(
                        text(node, "name"),
                        text(node, "month"),
                        node.path("lines").asLong());
                parts.put(part.name(), part);
            });
            final Map<String, Entry> runs = new TreeMap<>();
            root.path("runs")
                    .forEach(node -> runs.put(
                            text(node, "run"),
                            new Entry(
                                    text(node, "location"),
                                    text(node, "stamp"),
                                    text(node, "hash"),
                                    text(node, "part"))));
            return Optional.of(new StoreLedger(root.path("next").asInt(), parts, runs));
        } catch (final JsonProcessingException e) {
            throw new ResultsException(file + ": is not JSON, or half a file: remove " + folder + " and export again");
        } catch (final IOException e) {
            throw new ResultsException(
                    file + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static String text(final JsonNode node, final String field) {
        return node.path(field).asText();
    }

    /** Puts it in place of the one that was there. */
    void write(final Path folder) throws IOException {
        final ObjectNode root = JSON.createObjectNode().put("schema", SCHEMA).put("next", next);
        final ArrayNode partNodes = root.putArray("parts");
        parts.values()
                .forEach(part -> partNodes
                        .addObject()
                        .put("name", part.name())
                        .put("month", part.month())
                        .put("lines", part.lines()));
        final ArrayNode runNodes = root.putArray("runs");
        runs.forEach((name, entry) -> runNodes.addObject()
                .put("run", name)
                .put("location", entry.location())
                .put("stamp", entry.stamp())
                .put("hash", entry.hash())
                .put("part", entry.part()));
        final Path aside = folder.resolve('.' + FILE + ".part");
        Files.write(aside, JSON.writeValueAsBytes(root));
        Files.move(aside, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** {@return the files of a table} */
    List<Path> files(final Path folder, final StoreTable table) {
        final List<Path> files = new ArrayList<>();
        parts.values().forEach(part -> files.add(part.file(folder, table)));
        return files;
    }
}
