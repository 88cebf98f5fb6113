package io.fizeau.results.store;

import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs as Parquet, in partitions by month: {@code forks/month=2026-11/000007.parquet}. Only what is new or has changed is read; the ledger
 * is replaced last, so that whoever reads sees all of a batch or nothing, and an export that is interrupted leaves what it had finished.
 * One thread and, by a lock, one process at a time.
 */
public final class ParquetStore implements RunTarget, AutoCloseable {
    /** So many lines wait in memory before they are written. */
    private static final long BATCH_LINES = 300_000;
    /** Parts below a batch are put together when there are more of them than this in a month. */
    private static final int MOST_SMALL_PARTS = 8;

    private static final Pattern MONTH = Pattern.compile("(\\d{4})-?(\\d{2})-?\\d{2}T.*");

    private final Path folder;
    private final FileChannel lock;
    private final DuckDb duckDb;
    private final PartFiles files;
    private final TableAppenders tables;
    private final Map<String, StoreLedger.Part> parts = new LinkedHashMap<>();
    private final Map<String, StoreLedger.Entry> runs = new TreeMap<>();
    private final Map<String, String> names = new HashMap<>();
    /** Runs in memory, by month. */
    private final Map<String, Map<String, StoreLedger.Entry>> pending = new TreeMap<>();

    private int next;

    private ParquetStore(final Path folder, final FileChannel lock, final DuckDb duckDb, final StoreLedger ledger) {
        this.folder = folder;
        this.lock = lock;
        this.duckDb = duckDb;
        files = new PartFiles(folder, duckDb);
        tables = new TableAppenders(duckDb);
        next = ledger.next();
        parts.putAll(ledger.parts());
        runs.putAll(ledger.runs());
        runs.forEach((name, entry) -> names.put(entry.hash(), name));
    }

    /**
     * Brings a store up to date.
     *
     * @param locations run folders and JMH JSON files; what is in the store besides stays there.
     * @param folder of the store; made if it is not there.
     * @param prune whether runs leave the store whose folder is gone.
     * @param progress is told how far it is.
     * @return what became of the runs.
     * @throws ResultsException if the folder cannot be written to or another process writes to it.
     */
    public static ExportReport update(
            final List<Path> locations, final Path folder, final boolean prune, final Progress progress) {
        try (ParquetStore store = open(folder)) {
            final Set<String> gone = prune ? store.gone() : Set.of();
            // Before anything is read: a run that was moved is not the same as one that goes.
            store.commit(gone);
            store.names.values().removeAll(gone);
            final ExportReport report = new Ingestion(store, progress).of(locations);
            store.commit(Set.of());
            store.compact();
            ColourFile.copy(folder);
            return new ExportReport(
                    report.read(), report.unchanged(), gone.size(), report.notices(), report.problems());
        }
    }

    static ParquetStore open(final Path folder) {
        FileChannel lock = null;
        try {
            Files.createDirectories(folder);
            lock = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
            final Optional<StoreLedger> ledger = StoreLedger.read(folder);
            if (ledger.isEmpty() && !PartFiles.parquet(folder).isEmpty()) {
                throw new ResultsException(folder
                        + ": holds Parquet files and no store.json that says what they are: take another folder with"
                        + " --out, or remove this one and export again");
            }
            PartFiles.removeAside(folder);
            final ParquetStore store = new ParquetStore(
                    folder,
                    lock,
                    DuckDb.open(PartFiles.aside(folder).resolve("spill")),
                    ledger.orElseGet(() -> new StoreLedger(1, Map.of(), Map.of())));
            store.files.removeOthers(store.parts.keySet());
            return store;
        } catch (final OverlappingFileLockException e) {
            close(lock);
            throw new ResultsException(folder + ": another export writes to it; try again when it is done");
        } catch (final ResultsException e) {
            close(lock);
            throw e;
        } catch (final IOException e) {
            close(lock);
            throw new ResultsException(folder + ": cannot be written to (" + e + ")");
        }
    }

    @Override
    public boolean holds(final Source source) {
        final StoreLedger.Entry entry = runs.get(source.name());
        if (entry == null) {
            return false;
        }
        if (entry.stamp().equals(source.stamp())) {
            return true;
        }
        if (!entry.location().equals(source.location().toString()) && Files.exists(Path.of(entry.location()))) {
            throw new ResultsException(source.location() + ": left out, for the store holds another run of that name, "
                    + entry.location());
        }
        return false;
    }

    @Override
    public Optional<String> sameAs(final Source source, final String hash) {
        return Optional.ofNullable(names.get(hash)).filter(name -> !name.equals(source.name()));
    }

    @Override
    public List<String> accept(final Source source, final String hash, final Run run) {
        final List<String> problems = RunRecords.write(run, source.name(), tables);
        pending.computeIfAbsent(month(run, source.name()), month -> new TreeMap<>())
                .put(source.name(), new StoreLedger.Entry(source.location().toString(), source.stamp(), hash, ""));
        names.put(hash, source.name());
        if (tables.lines() >= BATCH_LINES) {
            commit(Set.of());
        }
        return problems;
    }

    private static String month(final Run run, final String name) {
        final Matcher started = MONTH.matcher(run.manifest().startedAt());
        final Matcher named = MONTH.matcher(name);
        return started.matches()
                ? started.group(1) + '-' + started.group(2)
                : named.matches() ? named.group(1) + '-' + named.group(2) : "unknown";
    }

    private Set<String> gone() {
        return runs.entrySet().stream()
                .filter(run -> !Files.exists(Path.of(run.getValue().location())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Writes what is in memory, takes out what it replaces, and makes both visible. */
    private void commit(final Set<String> gone) {
        final Set<String> out = new TreeSet<>(gone);
        pending.values().forEach(batch -> out.addAll(batch.keySet()));
        out.retainAll(runs.keySet());
        if (pending.isEmpty() && out.isEmpty()) {
            return;
        }
        for (final String part : partsOf(out)) {
            rewrite(part, out);
        }
        out.forEach(runs::remove);
        tables.finish();
        pending.forEach((month, batch) -> write(
                month,
                batch,
                table -> "SELECT * FROM " + table.label() + " WHERE run IN (" + list(batch.keySet()) + ')'));
        pending.clear();
        tables.clear();
        publish();
    }

    private Set<String> partsOf(final Set<String> names) {
        return runs.entrySet().stream()
                .filter(run -> names.contains(run.getKey()))
                .map(run -> run.getValue().part())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Writes the runs of a part that stay to a new one. */
    private void rewrite(final String name, final Set<String> out) {
        final StoreLedger.Part part = Objects.requireNonNull(parts.remove(name));
        final Map<String, StoreLedger.Entry> staying = in(Set.of(name));
        staying.keySet().removeAll(out);
        if (!staying.isEmpty()) {
            write(
                    part.month(),
                    staying,
                    table -> files.all(List.of(part), table) + " WHERE run NOT IN (" + list(out) + ')');
        }
    }

    private Map<String, StoreLedger.Entry> in(final Set<String> partNames) {
        final Map<String, StoreLedger.Entry> found = new TreeMap<>(runs);
        found.values().removeIf(entry -> !partNames.contains(entry.part()));
        return found;
    }

    private void write(
            final String month, final Map<String, StoreLedger.Entry> batch, final Function<StoreTable, String> source) {
        final String name = String.format(Locale.ROOT, "%06d", next++);
        parts.put(name, files.write(name, month, source));
        batch.forEach((run, entry) -> runs.put(run, entry.in(name)));
    }

    private static String list(final Set<String> names) {
        return names.stream().map(DuckDb::quoted).collect(Collectors.joining(", "));
    }

    /** Puts small parts of a month together, so that there are never many files to open. */
    private void compact() {
        final Map<String, List<StoreLedger.Part>> small = parts.values().stream()
                .filter(part -> part.lines() < BATCH_LINES)
                .collect(Collectors.groupingBy(StoreLedger.Part::month, TreeMap::new, Collectors.toList()));
        small.values().removeIf(ofMonth -> ofMonth.size() <= MOST_SMALL_PARTS);
        small.forEach((month, ofMonth) -> {
            final Set<String> partNames =
                    ofMonth.stream().map(StoreLedger.Part::name).collect(Collectors.toSet());
            write(month, in(partNames), table -> files.all(ofMonth, table));
            parts.keySet().removeAll(partNames);
        });
        if (!small.isEmpty()) {
            publish();
        }
    }

    private void publish() {
        try {
            new StoreLedger(next, parts, runs).write(folder);
        } catch (final IOException e) {
            throw new ResultsException(folder + ": cannot be written to (" + e + ")");
        }
        files.removeOthers(parts.keySet());
    }

    @Override
    public void close() {
        tables.close();
        duckDb.close();
        try {
            PartFiles.removeAside(folder);
        } catch (final IOException e) {
            throw new ResultsException(folder + ": cannot be written to (" + e + ")");
        } finally {
            close(lock);
        }
    }

    private static void close(final @Nullable FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
