package io.fizeau.results.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import io.fizeau.results.stats.change.ChangeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoriesTest {
    private static final HistoryOptions P50 = HistoryOptions.of("p50");

    @TempDir
    private Path temp;

    @Test
    void shouldOrderRunsByTheirStartWhateverTheOrderTheyAreGivenIn() {
        final List<Run> runs = new ArrayList<>();
        for (int day = 1; day <= 9; day++) {
            runs.add(run(day, 8_000 + day));
        }
        Collections.shuffle(runs, new Random(1));
        final History history = only(Histories.of(runs, P50));
        assertThat(history.points())
                .extracting(HistoryPoint::run)
                .containsExactly("r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9");
        assertThat(history.points().get(4).value().median()).isEqualTo(8_005);
        assertThat(history.points().get(4).value().count()).isEqualTo(2);
        assertThat(history.points().get(4).commit()).isEqualTo("0123456789abcdef");
        assertThat(history.measure().unit()).isEqualTo("ns");
    }

    @Test
    void shouldFindWhereTheLevelChanged() {
        final List<Run> runs = new ArrayList<>();
        for (int day = 1; day <= 20; day++) {
            runs.add(run(day, (day <= 12 ? 8_000 : 9_000) + day % 3 * 10));
        }
        final ChangePoint change = only(Histories.of(runs, P50)).changes().get(0);
        assertThat(change.point()).isEqualTo(12);
        assertThat(change.before()).isEqualTo(8_010);
        assertThat(change.after()).isEqualTo(9_010);
        assertThat(change.ratio()).isEqualTo(9_010.0 / 8_010);
        assertThat(change.pValue()).isLessThanOrEqualTo(0.05);
        assertThat(change.machineChanges()).isEmpty();
    }

    @Test
    void shouldShowAnInvalidRunAndLeaveItOutOfTheSeries() {
        final List<Run> runs = new ArrayList<>();
        for (int day = 1; day <= 16; day++) {
            final boolean isSound = day != 8;
            final RunFolderBuilder builder = builder(day, isSound ? (day <= 8 ? 8_000 : 9_000) + day % 3 * 10 : 90_000);
            runs.add(RunReader.read(
                    isSound
                            ? builder.write()
                            : builder.kit(0, "FAILED", "it lost one").write()));
        }
        final History history = only(Histories.of(runs, P50));
        assertThat(history.points().get(7).validity().reasons()).containsExactly("conformance kit FAILED: it lost one");
        assertThat(history.points().get(7).counts()).isFalse();
        assertThat(history.changes()).extracting(ChangePoint::point).containsExactly(8);
        assertThat(history.changes().get(0).before()).isEqualTo(8_010);
    }

    @Test
    void shouldMarkAnotherMachineAndSayThatAChangeCoincidesWithIt() {
        final List<Run> runs = new ArrayList<>();
        for (int day = 1; day <= 20; day++) {
            final RunFolderBuilder builder = builder(day, (day <= 10 ? 8_000 : 9_000) + day % 3 * 10);
            if (day > 10) {
                builder.manifest().withObject("/host").put("kernel", "Linux version 6.2.0 (someone@elsewhere) #2 SMP");
            }
            runs.add(RunReader.read(builder.write()));
        }
        final History history = only(Histories.of(runs, P50));
        assertThat(history.points().get(10).machineChanges()).containsExactly("kernel: 6.1.0 to 6.2.0");
        assertThat(history.points().get(11).machineChanges()).isEmpty();
        assertThat(history.changes()).hasSize(1);
        assertThat(history.changes().get(0).machineChanges()).containsExactly("kernel: 6.1.0 to 6.2.0");
    }

    @Test
    void shouldNotBlameAMachineThatChangedLongBefore() {
        final List<Run> runs = new ArrayList<>();
        for (int day = 1; day <= 20; day++) {
            final RunFolderBuilder builder = builder(day, (day <= 12 ? 8_000 : 9_000) + day % 3 * 10);
            builder.manifest().withObject("/jvm").put("javaVersion", day < 5 ? "17.0.14" : "17.0.15");
            runs.add(RunReader.read(builder.write()));
        }
        final History history = only(Histories.of(runs, P50));
        assertThat(history.points().get(4).machineChanges()).containsExactly("jdk: 17.0.14 to 17.0.15");
        assertThat(history.changes()).hasSize(1);
        assertThat(history.changes().get(0).machineChanges()).isEmpty();
    }

    @Test
    void shouldCountARunOnceAndNameItsCopy() {
        final Run run = run(1, 8_000);
        final Run copy = new Run(temp.resolve("copy"), run.manifest(), true, run.rows(), List.of());
        final Histories histories = Histories.of(List.of(run, copy), P50);
        assertThat(only(histories).points()).hasSize(1);
        assertThat(histories.notices())
                .containsExactly(temp.resolve("copy") + ": is a run that is here already; it counts once");
        assertThat(histories.problems()).isEmpty();
    }

    @Test
    void shouldLeaveOutARunInAnotherUnitAndNameIt() {
        final List<Run> runs = new ArrayList<>();
        for (int day = 1; day <= 3; day++) {
            final RunFolderBuilder builder = new RunFolderBuilder(temp.resolve("u" + day));
            builder.manifest().put("startedAt", "2026-01-0" + day + "T00:00:00Z");
            builder.fork(
                    0,
                    "a.B.c",
                    Map.of(),
                    "ss",
                    "{\"score\": 1, \"scoreError\": \"NaN\", \"scoreUnit\": \"" + (day == 2 ? "MB" : "kB")
                            + "\", \"rawData\": [[" + day + "]]}");
            runs.add(RunReader.read(builder.write()));
        }
        final Histories histories = Histories.of(runs, HistoryOptions.of("score"));
        assertThat(only(histories).points()).extracting(HistoryPoint::run).containsExactly("u1", "u3");
        assertThat(histories.problems())
                .containsExactly(
                        temp.resolve("u2") + ": B.c has score in MB where another run has score in kB; it is left out");
    }

    @Test
    void shouldChooseRows() {
        final RunFolderBuilder builder = new RunFolderBuilder(temp.resolve("many"))
                .transport("tcp-nio", "spinning")
                .transport("tcp-nio?wait=select", "blocking")
                .transport("aeron-udp", "spinning");
        builder.closed(0, "tcp-nio", 8_000)
                .closed(0, "tcp-nio?wait=select", 50_000)
                .closed(0, "aeron-udp", 7_000)
                .oneWay(0, "tcp-nio", "each", 1e6);
        final List<Run> runs = List.of(RunReader.read(builder.write()));
        assertThat(Histories.of(runs, HistoryOptions.of("")).rows()).hasSize(4);
        assertThat(Histories.of(runs, options("", "tcp-nio", Map.of(), "")).rows())
                .hasSize(3);
        assertThat(Histories.of(runs, options("roundtrip", "tcp-nio?wait=select", Map.of(), ""))
                        .rows())
                .hasSize(1);
        assertThat(Histories.of(runs, options("", "", Map.of("transport", "tcp-nio"), ""))
                        .rows())
                .hasSize(2);
        assertThat(Histories.of(runs, options("", "", Map.of("sends", "each"), "test"))
                        .rows())
                .hasSize(0);
        assertThat(Histories.of(runs, options("", "", Map.of("messageBytes", "32"), "test"))
                        .rows())
                .hasSize(3);
        assertThat(Histories.of(runs, options("", "tcp", Map.of(), ""))
                        .problems()
                        .get(0))
                .startsWith("no row is meant by the options; there are: RoundTripBenchmark.closed aeron-udp,");
        assertThat(Histories.of(runs, HistoryOptions.of("p98")).problems().get(0))
                .startsWith("no row has a measure p98; there are: p50, ");
        assertThat(Histories.of(runs, options("", "", Map.of(), "other")).problems())
                .containsExactly("no run with the label other is there");
    }

    @Test
    void shouldKeepTheGivenOrderOfRunsThatDoNotSayWhenTheyBegan() {
        final List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            final RunFolderBuilder builder = builder(3 - i, 8_000 + i);
            builder.manifest().put("startedAt", "").put("label", "l" + i);
            runs.add(RunReader.read(builder.write()));
        }
        assertThat(only(Histories.of(runs, P50)).points())
                .extracting(HistoryPoint::run)
                .containsExactly("r3", "r2", "r1");
        runs.add(run(9, 8_000));
        final Histories mixed = Histories.of(runs, P50);
        assertThat(only(mixed).points()).extracting(HistoryPoint::run).containsExactly("r9");
        assertThat(mixed.problems()).contains("r3: does not say when it began, so it has no place among runs that do");
    }

    @Test
    void shouldSayFromHowManyRunsOnAChangeIsLookedFor() {
        assertThat(only(Histories.of(List.of(run(1, 8_000)), P50)).remarks())
                .containsExactly("no change is looked for below 8 valid runs");
    }

    private static HistoryOptions options(
            final String benchmark, final String transport, final Map<String, String> params, final String label) {
        return new HistoryOptions(
                label.equals("test") ? "p50" : "", benchmark, transport, params, label, ChangeSettings.STANDARD);
    }

    private Run run(final int day, final double p50Ns) {
        return RunReader.read(builder(day, p50Ns).write());
    }

    private RunFolderBuilder builder(final int day, final double p50Ns) {
        final RunFolderBuilder builder =
                new RunFolderBuilder(temp.resolve("r" + day)).transport("tcp-nio", "spinning", "reliable");
        builder.manifest().put("startedAt", String.format("2026-01-%02dT00:00:00Z", day));
        return builder.closed(0, "tcp-nio", p50Ns).closed(1, "tcp-nio", p50Ns);
    }

    private static History only(final Histories histories) {
        assertThat(histories.rows()).hasSize(1);
        return histories.rows().get(0);
    }
}
