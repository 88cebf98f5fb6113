package io.fizeau.results.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** Reads a table of a store with Apache's own reader: nothing of it is DuckDB's. */
final class ApacheParquet {
    private ApacheParquet() {}

    /** All lines of all files, in no order. */
    static List<List<Object>> read(final Path store, final StoreTable table) throws IOException {
        final List<List<Object>> lines = new ArrayList<>();
        for (final Path file : files(store, table)) {
            try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
                final MessageType schema = reader.getFileMetaData().getSchema();
                PageReadStore pages = reader.readNextRowGroup();
                while (pages != null) {
                    final RecordReader<Group> records = new ColumnIOFactory()
                            .getColumnIO(schema)
                            .getRecordReader(pages, new GroupRecordConverter(schema));
                    for (long i = 0; i < pages.getRowCount(); i++) {
                        lines.add(line(table, records.read()));
                    }
                    pages = reader.readNextRowGroup();
                }
            }
        }
        return lines;
    }

    static List<Path> files(final Path store, final StoreTable table) throws IOException {
        try (Stream<Path> files = Files.walk(store.resolve(table.label()))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Object> line(final StoreTable table, final Group group) {
        final List<Object> line = new ArrayList<>();
        for (final StoreTable.Column column : table.columns()) {
            final String name = column.name();
            line.add(
                    group.getFieldRepetitionCount(name) == 0
                            ? null
                            : switch (column.kind()) {
                                case TEXT -> group.getString(name, 0);
                                case WHOLE -> group.getLong(name, 0);
                                case NUMBER -> group.getDouble(name, 0);
                                case FLAG -> group.getBoolean(name, 0);
                                case TIME -> Instant.EPOCH.plus(group.getLong(name, 0), ChronoUnit.MICROS);
                                case PARAMS -> params(group.getGroup(name, 0));
                            });
        }
        return line;
    }

    private static Map<String, String> params(final Group map) {
        final Map<String, String> params = new TreeMap<>();
        for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
            final Group entry = map.getGroup(0, i);
            params.put(entry.getString(0, 0), entry.getString(1, 0));
        }
        return params;
    }
}
