package io.fizeau.results.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.artifact.CommandRunner.Ended;
import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactTest {
    private static final String QUICK =
            "{\"name\": \"quick\", \"what\": \"a look\", \"short\": {\"minutes\": 2, \"command\": [\"run\", \"--rounds\", \"3\","
                    + " \"--\", \"-i\", \"1\"]}, \"full\": {\"minutes\": 90, \"command\": [\"run\"]}}";
    private static final String SIZES =
            "{\"name\": \"sizes\", \"what\": \"sizes\", \"short\": {\"minutes\": 3, \"command\": [\"run\"]},"
                    + " \"full\": {\"minutes\": 9, \"command\": [\"run\"]}}";
    private static final String PAIR =
            "{\"name\": \"pair\", \"what\": \"two sides\", \"sides\": {\"base\": \"before\", \"candidate\": \"after\"},"
                    + " \"short\": {\"minutes\": 1, \"command\": [\"run\"]}}";

    @TempDir
    private Path temp;

    private final StringWriter out = new StringWriter();
    private FakeTree tree;

    @BeforeEach
    void setUp() {
        tree = new FakeTree(temp.resolve("tree"));
    }

    @Test
    void shouldPutAWholeRunInThePlaceOfTheOldOneAndLeaveOutWhatCanBeMadeAgain() throws IOException {
        tree.plan(QUICK).reference("quick", 8_000, 9_000);
        tree.write("results/reference/quick/old.txt", "");
        final FakeCommandRunner runner = runner(command -> {
            final Path made = out(command).resolve("20260101T000000Z-quick");
            FakeTree.closed(made, 5_000, 6_000, 6_100);
            write(made.resolve("jmh.log"));
            write(made.resolve("histograms/000-service.hlog"));
            return new Ended(0, "");
        });

        assertThat(make(runner)).isTrue();

        final Path reference = tree.home().resolve("results/reference/quick");
        assertThat(RunReader.read(reference).rows().get(0).forks()).hasSize(2);
        assertThat(reference.resolve("old.txt")).doesNotExist();
        assertThat(reference.resolve("jmh.log")).doesNotExist();
        assertThat(reference.resolve("histograms/000-service.hlog")).exists();
        assertThat(runner.called.get(0))
                .isEqualTo("fizeau run --rounds 3 --redact --label quick --out results/target/artifact/quick -- -i 1");
    }

    @Test
    void shouldSayBeforehandHowLongItTakes() throws IOException {
        tree.plan(QUICK + "," + SIZES);
        make(runner(command -> new Ended(2, "")));
        assertThat(out.toString()).startsWith("artifact, profile short: 2 runs, about 5 min");
    }

    @Test
    void shouldKeepTheOldRunOfOneThatFailsNameItAndGoOn() throws IOException {
        tree.plan(QUICK + "," + SIZES).reference("quick", 8_000, 9_000);
        final String old = tree.read("results/reference/quick/manifest.json");

        assertThat(make(runner(command -> {
                    if (FakeCommandRunner.option(command, "--label").equals("quick")) {
                        return new Ended(Ended.OVERTIME, "");
                    }
                    FakeTree.closed(out(command).resolve("x-sizes"), 5_000, 6_000);
                    return new Ended(0, "");
                })))
                .isFalse();

        assertThat(tree.read("results/reference/quick/manifest.json")).isEqualTo(old);
        assertThat(tree.home().resolve("results/reference/sizes/manifest.json")).exists();
        assertThat(out.toString())
                .contains("quick: FAILED, it did not end in time; the old one is kept")
                .contains("sizes: measured in ");
    }

    @Test
    void shouldNotTakeARunThatIsIncompleteOrHasFailedForks() throws IOException {
        tree.plan(QUICK + "," + SIZES);
        assertThat(make(runner(command -> {
                    final String name = FakeCommandRunner.option(command, "--label");
                    final RunFolderBuilder run =
                            new RunFolderBuilder(out(command).resolve("x-" + name));
                    run.closed(0, "tcp-nio", 8_000);
                    if (name.equals("quick")) {
                        run.incomplete("interrupted").write();
                        return new Ended(0, "");
                    }
                    run.failed(1, RunFolderBuilder.CLOSED, "tcp-nio", "no answer")
                            .write();
                    return new Ended(1, "");
                })))
                .isFalse();
        assertThat(out.toString())
                .contains("quick: FAILED, the run is incomplete: interrupted")
                .contains("sizes: FAILED, 1 of 2 forks failed");
        assertThat(tree.home().resolve("results/reference/quick")).doesNotExist();
    }

    @Test
    void shouldNotTakeARunThatNamesAPathOfTheMachine() throws IOException {
        tree.plan(QUICK);
        make(runner(command -> {
            final RunFolderBuilder run = new RunFolderBuilder(out(command).resolve("x-quick"));
            run.closed(0, "tcp-nio", 8_000).note("jar", tree.home() + "/bench/target/benchmarks.jar");
            run.write();
            return new Ended(0, "");
        }));
        assertThat(out.toString()).contains("quick: FAILED, manifest.json names " + tree.home());
    }

    @Test
    void shouldLeaveTheTreeAsItIsUntilTheLastRunIsMeasured() throws IOException {
        tree.plan(QUICK + "," + SIZES).reference("quick", 8_000, 9_000);
        final String old = tree.read("results/reference/quick/manifest.json");
        assertThat(make(runner(command -> {
                    final String name = FakeCommandRunner.option(command, "--label");
                    assertThat(tree.read("results/reference/quick/manifest.json"))
                            .isEqualTo(old);
                    FakeTree.closed(out(command).resolve("x-" + name), 5_000, 6_000, 6_100);
                    return new Ended(0, "");
                })))
                .isTrue();
        assertThat(tree.read("results/reference/quick/manifest.json")).isNotEqualTo(old);
    }

    @Test
    void shouldGiveEachSideOfAnInterleavedRunItsFolder() throws IOException {
        tree.plan(PAIR);
        assertThat(make(runner(command -> {
                    FakeTree.closed(out(command).resolve("x-pair-base"), 1_000, 1_000);
                    FakeTree.closed(out(command).resolve("x-pair-candidate"), 2_000, 2_000);
                    return new Ended(0, "");
                })))
                .isTrue();
        assertThat(tree.read("results/reference/before/jmh/000.json")).contains("1000.0");
        assertThat(tree.read("results/reference/after/jmh/000.json")).contains("2000.0");
    }

    @Test
    void shouldMakeOnlyWhatIsAskedForAndRefuseWhatThePlanDoesNotHave() throws IOException {
        tree.plan(QUICK + "," + SIZES);
        final FakeCommandRunner runner = runner(command -> new Ended(2, ""));
        new Artifact(tree.home(), runner, new PrintWriter(out), () -> 0)
                .make(ArtifactProfile.SHORT, List.of("sizes"), Double.NaN);
        assertThat(runner.called.stream().filter(call -> call.startsWith("fizeau run")))
                .hasSize(1);
        assertThatThrownBy(() -> new Artifact(tree.home(), runner, new PrintWriter(out), () -> 0)
                        .make(ArtifactProfile.SHORT, List.of("siezs"), Double.NaN))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("--only siezs")
                .hasMessageContaining("it has quick, sizes");
    }

    @Test
    void shouldSayWhichProfileAPlanLacks() {
        tree.plan(PAIR);
        assertThatThrownBy(
                        () -> PlannedRun.read(tree.home().resolve("results/reference/plan.json"), ArtifactProfile.FULL))
                .hasMessageContaining("plan.json: run pair has no command for the profile full");
    }

    @Test
    void shouldWriteTheTablesOfTheDocsAnewAndKeepThoseWhoseCommandFails() throws IOException {
        tree.plan("");
        final String page = """
                a
                <!-- fizeau: show results/reference/quick -->
                %s<!-- /fizeau -->
                b
                <!-- fizeau: show gone -->
                kept
                <!-- /fizeau -->
                c
                """;
        tree.write("README.md", page.formatted("```text\nold\n```\n"));
        tree.write("docs/page.md", "nothing of it here\n");

        assertThat(make(runner(command ->
                        command.contains("gone") ? new Ended(2, "") : new Ended(0, "costs $1 \\ and more\n\n"))))
                .isFalse();

        assertThat(tree.read("README.md")).isEqualTo(page.formatted("```text\ncosts $1 \\ and more\n```\n"));
        assertThat(out.toString())
                .contains("README.md: show gone: FAILED, it ended with status 2; the old table is kept");
    }

    @Test
    void shouldMakeFiguresAndCurvesAnew() throws IOException {
        tree.plan("");
        final FakeCommandRunner runner = runner(command -> new Ended(0, ""));
        assertThat(make(runner)).isTrue();
        assertThat(runner.called)
                .anyMatch(call -> call.equals("fizeau notebooks --figures docs/figures"))
                .anyMatch(call -> call.startsWith("mvnw") && call.contains("-Dfizeau.curves=docs/reliability"));
    }

    private boolean make(final CommandRunner runner) throws IOException {
        return new Artifact(tree.home(), runner, new PrintWriter(out), () -> 0)
                .make(ArtifactProfile.SHORT, List.of(), Double.NaN);
    }

    /** Answers measurements and tables as given; figures and curves go well. */
    private static FakeCommandRunner runner(final Function<List<String>, Ended> answer) {
        return new FakeCommandRunner(
                command -> command.contains("notebooks") || command.get(0).endsWith("mvnw")
                        ? new Ended(0, "")
                        : answer.apply(command));
    }

    private Path out(final List<String> command) {
        return tree.home().resolve(FakeCommandRunner.option(command, "--out"));
    }

    private void write(final Path file) {
        tree.write(tree.home().relativize(file).toString(), "x");
    }
}
