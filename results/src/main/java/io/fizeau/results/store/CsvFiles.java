package io.fizeau.results.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fizeau.results.csv.Csv;
import io.fizeau.results.run.ResultsException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tables as CSV files of one folder. They are written aside and take their names together in {@link #publish}; closing without it
 * leaves what was there before. One thread.
 */
final class CsvFiles implements RecordSink, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final Map<StoreTable, BufferedWriter> writers = new EnumMap<>(StoreTable.class);

    /**
     * @param folder where they go; made if it is not there.
     * @throws ResultsException if it cannot be written to.
     */
    CsvFiles(final Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            for (final StoreTable table : StoreTable.values()) {
                final BufferedWriter writer = Files.newBufferedWriter(aside(table));
                writers.put(table, writer);
                writer.write(Csv.line(
                        table.columns().stream().map(StoreTable.Column::name).toList()));
            }
        } catch (final IOException e) {
            close();
            throw new ResultsException(folder + ": cannot be written to (" + e + ")");
        }
    }

    @Override
    public void add(final StoreTable table, final @Nullable Object... values) {
        final List<String> fields = new ArrayList<>(values.length);
        for (final Object value : values) {
            fields.add(text(value));
        }
        try {
            Objects.requireNonNull(writers.get(table)).write(Csv.line(fields));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(final @Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number) {
            return Csv.number(number);
        }
        return value instanceof Map<?, ?> params
                ? JSON.<JsonNode>valueToTree(params).toString()
                : value.toString();
    }

    /** Gives all files their names. */
    void publish() {
        try {
            for (final BufferedWriter writer : writers.values()) {
                writer.close();
            }
            for (final StoreTable table : StoreTable.values()) {
                Files.move(
                        aside(table),
                        folder.resolve(table.label() + ".csv"),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (final Map.Entry<StoreTable, BufferedWriter> entry : writers.entrySet()) {
            try {
                entry.getValue().close();
                Files.deleteIfExists(aside(entry.getKey()));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Path aside(final StoreTable table) {
        return folder.resolve('.' + table.label() + ".csv.part");
    }
}
