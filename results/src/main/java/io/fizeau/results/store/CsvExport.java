package io.fizeau.results.store;

import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the tables of the runs that are named, and of no other, as CSV: each time anew. */
public final class CsvExport {
    private CsvExport() {}

    /**
     * Writes {@code runs.csv}, {@code rows.csv} and the others, and {@code colours.json}. Each file appears whole; none changes if no run could be read.
     *
     * @param locations run folders and JMH JSON files.
     * @param folder where the files go.
     * @param progress is told how far it is.
     * @return what became of the runs.
     * @throws ResultsException if the folder cannot be written to.
     */
    public static ExportReport write(final List<Path> locations, final Path folder, final Progress progress) {
        try (CsvFiles files = new CsvFiles(folder)) {
            final ExportReport report = new Ingestion(new Anew(files), progress).of(locations);
            if (report.read() > 0) {
                files.publish();
                ColourFile.copy(folder);
            }
            return report;
        }
    }

    private record Anew(RecordSink sink, Map<String, String> names) implements RunTarget {
        Anew(final RecordSink sink) {
            this(sink, new HashMap<>());
        }

        @Override
        public boolean holds(final Source source) {
            return false;
        }

        @Override
        public Optional<String> sameAs(final Source source, final String hash) {
            return Optional.ofNullable(names.putIfAbsent(hash, source.name()));
        }

        @Override
        public List<String> accept(final Source source, final String hash, final Run run) {
            return RunRecords.write(run, source.name(), sink);
        }
    }
}
