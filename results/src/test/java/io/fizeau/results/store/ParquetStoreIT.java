package io.fizeau.results.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetStoreIT {
    private static final Progress SILENT = new Progress(line -> {}, () -> 0);

    @TempDir
    private Path temp;

    private Path runs;
    private Path store;

    @BeforeEach
    void setUp() {
        runs = temp.resolve("runs");
        store = temp.resolve("store");
    }

    @Test
    void shouldHoldEveryValueThatWasExportedForASecondReader() throws IOException {
        final Path first = StoreFixture.run(runs, "first", 1, 8_000);
        final Path second = StoreFixture.run(runs, "second", 2, 1e-3 / 3);
        final Path sweep = sweep();

        assertThat(export(first, second, sweep).problems()).isEmpty();

        final Map<StoreTable, List<List<Object>>> expected = StoreFixture.records(first, second, sweep);
        for (final StoreTable table : StoreTable.values()) {
            assertThat(ApacheParquet.read(store, table))
                    .as(table.label())
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(toMicros(expected.get(table)));
        }
        assertThat(ApacheParquet.files(store, StoreTable.FORKS).stream()
                        .map(file -> store.relativize(file).toString()))
                .containsExactly(
                        "forks/month=2026-01/000001.parquet",
                        "forks/month=2026-02/000002.parquet",
                        "forks/month=2026-03/000003.parquet");
    }

    @Test
    void shouldNotReadAgainWhatHasNotChanged() throws IOException {
        final Path first = StoreFixture.run(runs, "first", 1, 8_000);
        final Path second = StoreFixture.run(runs, "second", 1, 9_000);
        export(first);
        final List<Path> before = ApacheParquet.files(store, StoreTable.FORKS);

        // Whoever reads its manifest now finds nothing: only its size and time are looked at.
        final Path manifest = first.resolve("manifest.json");
        final var time = Files.getLastModifiedTime(manifest);
        Files.writeString(manifest, " ".repeat((int) Files.size(manifest)));
        Files.setLastModifiedTime(manifest, time);
        final ExportReport report = export(first, second);

        assertThat(report.unchanged()).isEqualTo(1);
        assertThat(report.read()).isEqualTo(1);
        assertThat(ApacheParquet.files(store, StoreTable.FORKS)).hasSize(2).containsAll(before);
    }

    @Test
    void shouldReplaceARunThatWentOn() throws IOException {
        final Path other = StoreFixture.run(runs, "other", 1, 9_000);
        final Path changed = StoreFixture.run(runs, "changed", 1, 8_000);
        export(other, changed);
        StoreFixture.run(runs, "changed", 1, 7_777);
        touch(changed);

        assertThat(export(other, changed).read()).isEqualTo(1);

        assertHolds(other, changed);
    }

    @Test
    void shouldKeepARunWhoseFolderIsGoneUntilToldToPrune() throws IOException {
        final Path gone = StoreFixture.run(runs, "gone", 1, 9_000);
        final Path there = StoreFixture.run(runs, "there", 1, 8_000);
        export(gone, there);
        remove(gone);
        export(there);
        assertThat(runNames()).hasSize(2);

        assertThat(ParquetStore.update(List.of(there), store, true, SILENT).removed())
                .isEqualTo(1);

        assertHolds(there);
    }

    @Test
    void shouldTakeARunUnderItsNewNameWhenTheOldOneIsPruned() throws IOException {
        final Path old = StoreFixture.run(runs, "old", 1, 9_000);
        export(old);
        final Path renamed = Files.move(old, runs.resolve("renamed"));

        final ExportReport report = ParquetStore.update(List.of(renamed), store, true, SILENT);

        assertThat(report.notices()).isEmpty();
        assertThat(report.read()).isEqualTo(1);
        assertThat(report.removed()).isEqualTo(1);
        assertHolds(renamed);
    }

    @Test
    void shouldNameABrokenRunAndTakeTheOthers() throws IOException {
        final List<Path> folders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            folders.add(StoreFixture.run(runs, "run" + i, 1, 8_000 + i));
        }
        final Path broken = folders.get(2).resolve("manifest.json");
        Files.writeString(broken, Files.readString(broken).substring(0, 200));
        folders.add(Files.createDirectory(runs.resolve("empty")));
        new RunFolderBuilder(runs.resolve("newer")).manifest();
        final RunFolderBuilder newer = new RunFolderBuilder(runs.resolve("newer")).transport("tcp-nio", "spinning");
        newer.closed(0, "tcp-nio", 8_000).manifest().put("schema", "fizeau.manifest/2");
        folders.add(newer.write());

        final ExportReport report = export(folders.toArray(Path[]::new));

        assertThat(report.read()).isEqualTo(4);
        assertThat(report.problems())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(broken + ": is half a file"),
                        line -> assertThat(line).contains("newer", "has schema \"fizeau.manifest/2\""));
        assertThat(report.notices())
                .singleElement()
                .asString()
                .startsWith(runs.resolve("empty") + ": is no run folder");
        assertThat(runNames()).hasSize(4);
    }

    @Test
    void shouldTakeTheSameRunOnce() throws IOException {
        final Path run = StoreFixture.run(runs, "run", 1, 8_000);
        final Path copy = StoreFixture.run(temp.resolve("copies"), "run", 1, 8_000);
        final Path renamed = Files.move(copy, temp.resolve("copies").resolve("renamed"));

        final ExportReport report = export(run, run, renamed);

        assertThat(report.notices())
                .containsExactly(
                        run + ": was named twice and is taken once",
                        renamed + ": left out, for it is the same run as " + run.getFileName());
        assertThat(export(renamed).notices()).hasSize(1);
        assertHolds(run);
    }

    @Test
    void shouldRefuseAnotherRunOfANameItHolds() {
        final Path run = StoreFixture.run(runs, "run", 1, 8_000);
        final Path other = StoreFixture.run(temp.resolve("elsewhere"), "run", 1, 9_000);
        touch(other);
        export(run);

        assertThat(export(other).problems())
                .containsExactly(other + ": left out, for the store holds another run of that name, " + run);
        assertThat(export(run, other).problems())
                .containsExactly(other + ": left out, for another run of that name was taken, " + run);
    }

    @Test
    void shouldPassOverAndRemoveWhatAnInterruptedExportLeft() throws IOException {
        final Path run = StoreFixture.run(runs, "run", 1, 8_000);
        export(run);
        final Path part = ApacheParquet.files(store, StoreTable.FORKS).get(0);
        final Path orphan = Files.copy(part, part.resolveSibling("000002.parquet"));
        final Path aside = Files.createDirectories(store.resolve(".aside/forks/month=2026-01"))
                .resolve("000003.parquet");
        Files.writeString(aside, "half");

        final List<List<Object>> counted = new ArrayList<>();
        StoreQuery.ask(store, "SELECT count(*) FROM forks", answer(counted));
        assertThat(counted).containsExactly(List.of((long)
                StoreFixture.records(run).get(StoreTable.FORKS).size()));

        export(run);
        assertThat(orphan).doesNotExist();
        assertThat(aside).doesNotExist();
        assertHolds(run);
    }

    @Test
    void shouldPutManySmallPartsTogether() throws IOException {
        final List<Path> folders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            folders.add(StoreFixture.run(runs, "run" + i, 1, 8_000 + i));
            export(folders.get(i));
        }

        assertThat(ApacheParquet.files(store, StoreTable.FORKS)).hasSizeLessThan(10);
        assertHolds(folders.toArray(Path[]::new));
    }

    @Test
    void shouldSayInOneLineWhyAStoreCannotBeUsed() throws IOException {
        final Path run = StoreFixture.run(runs, "run", 1, 8_000);
        export(run);
        final Path ledger = store.resolve("store.json");
        final String text = Files.readString(ledger);

        Files.writeString(ledger, text.replace("fizeau.store/1", "fizeau.store/2"));
        assertRefuses("has schema \"fizeau.store/2\"; this version reads \"fizeau.store/1\"", run);
        Files.writeString(ledger, text.substring(0, text.length() / 2));
        assertRefuses("is not JSON, or half a file", run);
        Files.delete(ledger);
        assertRefuses("holds Parquet files and no store.json", run);
        Files.writeString(ledger, text);
        try (ParquetStore other = ParquetStore.open(store)) {
            assertThat(other).isNotNull();
            assertRefuses("another export writes to it", run);
        }
        assertThat(export(run).unchanged()).isEqualTo(1);
    }

    private void assertRefuses(final String why, final Path run) {
        assertThatThrownBy(() -> export(run))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(store.toString())
                .hasMessageContaining(why);
    }

    private void assertHolds(final Path... folders) throws IOException {
        final Map<StoreTable, List<List<Object>>> expected = StoreFixture.records(folders);
        for (final StoreTable table : StoreTable.values()) {
            assertThat(ApacheParquet.read(store, table))
                    .as(table.label())
                    .containsExactlyInAnyOrderElementsOf(toMicros(expected.get(table)));
        }
    }

    private List<Object> runNames() throws IOException {
        return ApacheParquet.read(store, StoreTable.RUNS).stream()
                .map(line -> line.get(0))
                .toList();
    }

    private ExportReport export(final Path... folders) {
        return ParquetStore.update(List.of(folders), store, false, SILENT);
    }

    static StoreQuery.Answer answer(final List<List<Object>> lines) {
        return new StoreQuery.Answer() {
            @Override
            public void columns(final List<String> columns) {
                assertThat(columns).isNotEmpty();
            }

            @Override
            public void line(final List<Object> values) {
                lines.add(values);
            }
        };
    }

    private static List<List<Object>> toMicros(final List<List<Object>> lines) {
        return lines.stream()
                .map(line -> line.stream()
                        .map(value -> value instanceof Instant time ? time.truncatedTo(ChronoUnit.MICROS) : value)
                        .collect(java.util.stream.Collectors.<Object>toList()))
                .toList();
    }

    private Path sweep() {
        final RunFolderBuilder builder =
                new RunFolderBuilder(runs.resolve("sweep")).transport("tcp-nio", "spinning", "reliable");
        builder.openLoop(0, "tcp-nio", "10000", 10_000, 10_000, 0, 9_000, 12_000);
        builder.manifest().put("startedAt", "2026-03-01T00:00:00Z");
        final var edge = builder.manifest().putObject("sweep").putArray("edges").addObject();
        edge.putObject("params").put("transport", "tcp-nio").put("messageBytes", "32");
        edge.put("heldPerSecond", 10_000.0).put("state", "NO_LIMIT").put("why", "");
        return builder.write();
    }

    private static void touch(final Path run) {
        try {
            final Path manifest = run.resolve("manifest.json");
            Files.setLastModifiedTime(
                    manifest,
                    java.nio.file.attribute.FileTime.from(
                            Files.getLastModifiedTime(manifest).toInstant().plusSeconds(60)));
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void remove(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
