package io.fizeau.results.choose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.fizeau.results.RunFolderBuilder;
import io.fizeau.results.run.RunReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoosingTest {
    private static final String[] PROMISES = {"reliable", "ordered", "cross-host"};

    @TempDir
    private Path temp;

    @Test
    void shouldRankWhoMeetsByWhatIsLeftAndSayWhyOthersFail() {
        final RunFolderBuilder run = run("a").transport("near", "spinning", PROMISES)
                .transport("far", "spinning", PROMISES)
                .transport("slow", "blocking", PROMISES)
                .transport("udp", "spinning", "cross-host")
                .transport("inproc", "spinning", PROMISES);
        for (int round = 0; round < 3; round++) {
            run.openLoop(round, "near", "10k", 10_000, 10_000, 0, 40_000, 90_000 + round)
                    .openLoop(round, "far", "10k", 10_000, 10_000, 0, 20_000, 30_000 + 1_000 * round)
                    .openLoop(round, "slow", "10k", 10_000, 10_000, 0, 90_000, 400_000)
                    .openLoop(round, "udp", "10k", 10_000, 10_000, 0, 9_000, 10_000)
                    .openLoop(round, "inproc", "10k", 10_000, 10_000, 0, 100, 200);
        }
        final Choice choice = choose(needs("10k", "32", "p99=100us", "reliable"), run);
        assertThat(choice.candidates())
                .extracting(Candidate::spec, Candidate::verdict, Candidate::why)
                .containsExactly(
                        tuple("far", ChoiceVerdict.MEETS, ""),
                        tuple("near", ChoiceVerdict.MEETS, ""),
                        tuple("slow", ChoiceVerdict.FAILS, "too slow: p99 over 100 us in all forks"),
                        tuple("udp", ChoiceVerdict.FAILS, "lacks reliable"));
        assertThat(choice.candidates().get(0).headroom()).isCloseTo(0.68, within(1e-9));
        assertThat(choice.candidates().get(0).rateHeadroom()).isZero();
        assertThat(choice.nextRun()).isEmpty();
        assertThat(choice.isMet()).isTrue();
    }

    @Test
    void shouldTakeAHigherRateForALowerOneAndNoOtherWayRound() {
        final RunFolderBuilder run = run("a").transport("a", "spinning", PROMISES);
        open(run, "a", "50k", 30_000);
        final Candidate lower = only(choose(needs("10k", "32", "p99=100us"), run));
        assertThat(lower.verdict()).isEqualTo(ChoiceVerdict.MEETS);
        assertThat(lower.rateHeadroom()).isEqualTo(4);
        assertThat(lower.notes()).containsExactly("measured at the higher rate of 50.0k/s");
        final Choice higher = choose(needs("60k", "32", "p99=100us"), run);
        assertThat(only(higher).verdict()).isEqualTo(ChoiceVerdict.CANNOT_TELL);
        assertThat(only(higher).why()).isEqualTo("measured only up to 50.0k/s");
        assertThat(higher.nextRun())
                .isEqualTo("./fizeau run --transports a --sizes 32 --suites openloop --rates 60000 --rounds 6");
        assertThat(higher.isMet()).isFalse();
    }

    @Test
    void shouldTakeARateThatWasNotHeldForAllHigherOnes() {
        final RunFolderBuilder run = run("a").transport("a", "spinning", PROMISES);
        for (int round = 0; round < 3; round++) {
            run.openLoop(round, "a", "50k", 50_000, 41_500, 0, 40_000, 50_000);
        }
        for (final String rate : List.of("50k", "90k")) {
            assertThat(only(choose(needs(rate, "32", "p99=1s"), run)))
                    .extracting(Candidate::verdict, Candidate::why)
                    .containsExactly(ChoiceVerdict.FAILS, "rate not held: of 50k/s 83.0 % were accepted in time");
        }
        assertThat(only(choose(needs("10k", "32", "p99=1s"), run)).verdict()).isEqualTo(ChoiceVerdict.CANNOT_TELL);
    }

    @Test
    void shouldTakeNoClosedLoopForARateAndNoOpenOneForOneAtATime() {
        final RunFolderBuilder closed = run("a").transport("a", "spinning", PROMISES);
        for (int round = 0; round < 3; round++) {
            closed.closed(round, "a", 8_000);
        }
        assertThat(only(choose(needs("10k", "32", "p99=1ms"), closed)).why())
                .isEqualTo("not measured at a rate: a closed loop says nothing about one");
        final Candidate one = only(choose(needs("", "32", "p50=10us"), closed));
        assertThat(one.verdict()).isEqualTo(ChoiceVerdict.MEETS);
        assertThat(one.headroom()).isCloseTo(0.2, within(1e-9));
        final RunFolderBuilder opened = run("b").transport("a", "spinning", PROMISES);
        open(opened, "a", "10k", 30_000);
        assertThat(only(choose(needs("", "32", "p50=1s"), opened)).why())
                .isEqualTo("not measured with one message at a time");
    }

    @Test
    void shouldNeverUseAnInvalidRow() {
        final RunFolderBuilder run = run("a").transport("a", "spinning", PROMISES);
        open(run, "a", "10k", 30_000);
        run.kit(0, "FAILED", "shouldKeepOrder");
        final Choice choice = choose(needs("10k", "32", "p99=100us"), run);
        assertThat(only(choice).verdict()).isEqualTo(ChoiceVerdict.CANNOT_TELL);
        assertThat(only(choice).why()).isEqualTo("INVALID: conformance kit FAILED: shouldKeepOrder");
        assertThat(only(choice).headroom()).isNaN();
    }

    @Test
    void shouldNotTellFromFewForksNorFromAnIncompleteSet() {
        final RunFolderBuilder few = run("a").transport("a", "spinning", PROMISES);
        few.openLoop(0, "a", "10k", 10_000, 10_000, 0, 20_000, 30_000)
                .openLoop(1, "a", "10k", 10_000, 10_000, 0, 20_000, 30_000);
        assertThat(only(choose(needs("10k", "32", "p99=100us"), few)).why())
                .isEqualTo("only 2 forks: their spread is known from 3 on");
        final RunFolderBuilder failed = run("b").transport("a", "spinning", PROMISES);
        open(failed, "a", "10k", 30_000);
        failed.failed(3, RunFolderBuilder.OPEN_LOOP, "a", "it crashed");
        failed.incomplete("interrupted").rounds(6, 3);
        assertThat(only(choose(needs("10k", "32", "p99=100us"), failed)).why())
                .isEqualTo("INVALID: forks missing: the run stopped after 3 of 6 rounds");
    }

    @Test
    void shouldNotTellWhereForksAreOnBothSidesOfTheLimit() {
        final RunFolderBuilder run = run("a").transport("a", "spinning", PROMISES);
        run.openLoop(0, "a", "10k", 10_000, 10_000, 0, 20_000, 90_000)
                .openLoop(1, "a", "10k", 10_000, 10_000, 0, 20_000, 99_000)
                .openLoop(2, "a", "10k", 10_000, 10_000, 0, 20_000, 101_000);
        final Choice choice = choose(needs("10k", "32", "p99=100us"), run);
        assertThat(only(choice).why()).isEqualTo("straddles the limit: p99 is within 100 us in 2 of 3 forks");
        assertThat(choice.nextRun()).endsWith("--rounds 12");
    }

    @Test
    void shouldCountMessagesThatNeverCameBackAsBeyondAnyLimit() {
        final RunFolderBuilder run = run("a").transport("udp", "spinning", "cross-host");
        for (int round = 0; round < 3; round++) {
            run.openLoop(round, "udp", "10k", 10_000, 9_800, 200, 20_000, 1e9);
        }
        final Candidate p99 = only(choose(needs("10k", "32", "p99=2s"), run));
        assertThat(p99.verdict()).isEqualTo(ChoiceVerdict.FAILS);
        assertThat(p99.why()).isEqualTo("too slow: p99 over 2.00 s, for so many messages never came back");
        final Candidate p50 = only(choose(needs("10k", "32", "p50=1ms"), run));
        assertThat(p50.verdict()).isEqualTo(ChoiceVerdict.MEETS);
        assertThat(p50.notes()).containsExactly("lost 2.0 % of the messages, and does not promise otherwise");
    }

    @Test
    void shouldDecideByALaterPercentileThatIsWithinAndByAnEarlierOneThatIsBeyond() {
        final RunFolderBuilder run = run("a").transport("a", "spinning", PROMISES);
        open(run, "a", "10k", 30_000);
        // p99.9 is not told; the longest took 60 us, and p99 30 us.
        final Candidate within = only(choose(needs("10k", "32", "p99.9=75us"), run));
        assertThat(within.verdict()).isEqualTo(ChoiceVerdict.MEETS);
        assertThat(within.headroom()).as("by the longest").isCloseTo(0.2, within(1e-9));
        assertThat(only(choose(needs("10k", "32", "p99.9=25us"), run)).verdict())
                .isEqualTo(ChoiceVerdict.FAILS);
        assertThat(only(choose(needs("10k", "32", "p99.9=50us"), run)).why())
                .isEqualTo("too few messages: not enough stand behind p99.9 in 3 of 3 forks");
        assertThat(choose(needs("10k", "32", "p99.9=50us"), run).nextRun()).endsWith(" --rounds 6 -- -r 8s");
    }

    @Test
    void shouldTakeSizesOnBothSidesThatAgreeAndNotOneAlone() {
        final RunFolderBuilder run =
                run("a").transport("a", "spinning", PROMISES).transport("b", "spinning", PROMISES);
        for (int round = 0; round < 3; round++) {
            link(run, round, "a", "32", "none", 30_000);
            link(run, round, "a", "1024", "none", 60_000);
            link(run, round, "b", "32", "none", 30_000);
            link(run, round, "b", "1024", "none", 200_000);
        }
        final Choice choice = choose(needs("500", "256", "p99=100us"), run);
        assertThat(choice.candidates())
                .extracting(Candidate::verdict)
                .containsExactly(ChoiceVerdict.MEETS, ChoiceVerdict.CANNOT_TELL);
        assertThat(choice.candidates().get(0).notes())
                .containsExactly("between 32 B and 1024 B, which both meet the limits; shown: 1024 B");
        assertThat(choice.candidates().get(1).why())
                .isEqualTo("not measured at 256 B: of 32 B and 1024 B one meets and one fails");
        assertThat(choose(needs("500", "2048", "p99=100us"), run)
                        .candidates()
                        .get(0)
                        .why())
                .isEqualTo("not measured at 2048 B: only at 32 B, 1024 B");
    }

    @Test
    void shouldTakeAWorseLinkThatMeetsAndAMilderOneThatFails() {
        final RunFolderBuilder run = run("a").transport("a", "spinning", PROMISES)
                .transport("b", "spinning", PROMISES)
                .transport("c", "spinning", PROMISES)
                .transport("ipc", "spinning", "reliable");
        for (int round = 0; round < 3; round++) {
            link(run, round, "a", "32", "loss=5%:delay=10ms", 30_000_000);
            link(run, round, "b", "32", "none", 80_000_000);
            link(run, round, "c", "32", "loss=5%:delay=10ms", 80_000_000);
            link(run, round, "ipc", "32", "none", 30_000);
        }
        final Needs needs = NeedsParser.parse("500", "32", "2ms", "1%", List.of("p99=50ms"), List.of());
        final Choice choice = choose(needs, run);
        assertThat(choice.candidates())
                .extracting(Candidate::spec, Candidate::verdict)
                .containsExactly(
                        tuple("a", ChoiceVerdict.MEETS),
                        tuple("c", ChoiceVerdict.CANNOT_TELL),
                        tuple("b", ChoiceVerdict.FAILS),
                        tuple("ipc", ChoiceVerdict.FAILS));
        assertThat(choice.candidates().get(0).notes())
                .containsExactly("measured over a worse link, loss=5%:delay=10ms");
        assertThat(choice.candidates().get(2).notes()).containsExactly("measured over a milder link, none");
        assertThat(choice.candidates().get(3).why()).isEqualTo("lacks cross-host");
        assertThat(choice.nextRun())
                .isEqualTo("./fizeau run --transports c --sizes 32 --suites LossRecoveryBenchmark.offered --rates 500"
                        + " --impair loss=1%:delay=1ms --rounds 6 -- -r 4s");
    }

    @Test
    void shouldTakeTheNewestRunAndNotTellWhereOneOfTheSameCommitSaysTheOpposite() {
        final RunFolderBuilder old = run("old").transport("a", "spinning", PROMISES);
        open(old, "a", "10k", 300_000);
        old.manifest().put("startedAt", "2026-01-01T00:00:00Z");
        final RunFolderBuilder now = run("now").transport("a", "spinning", PROMISES);
        open(now, "a", "10k", 30_000);
        now.manifest().put("startedAt", "2026-02-01T00:00:00Z");
        final Needs needs = needs("10k", "32", "p99=100us");
        assertThat(only(choose(needs, old, now)).why())
                .isEqualTo("two runs of one commit say the opposite: now and old");
        old.manifest().withObject("/build").put("gitCommit", "another");
        assertThat(only(choose(needs, now, old)))
                .extracting(
                        Candidate::verdict, candidate -> candidate.evidence().map(Evidence::run))
                .containsExactly(ChoiceVerdict.MEETS, Optional.of("now"));
    }

    @Test
    void shouldNotLetAnOldRunStandInWhereANewerOneOfTheSameRateSaysTheOpposite() {
        final RunFolderBuilder old = run("old").transport("a", "spinning", PROMISES);
        open(old, "a", "20k", 30_000);
        old.manifest().put("startedAt", "2026-01-01T00:00:00Z");
        final RunFolderBuilder now = run("now").transport("a", "spinning", PROMISES);
        open(now, "a", "20k", 300_000);
        now.manifest().put("startedAt", "2026-02-01T00:00:00Z");
        assertThat(only(choose(needs("10k", "32", "p99=100us"), old, now)).verdict())
                .isEqualTo(ChoiceVerdict.CANNOT_TELL);
        now.manifest().put("startedAt", "2025-12-01T00:00:00Z");
        assertThat(only(choose(needs("10k", "32", "p99=100us"), old, now)).verdict())
                .isEqualTo(ChoiceVerdict.MEETS);
    }

    @Test
    void shouldTakeTheForksOfASweep() {
        final RunFolderBuilder run = run("a").transport("a", "spinning", PROMISES);
        run.openLoop(0, "a", "20k", 20_000, 20_000, 0, 20_000, 30_000).note("sweep", "holds");
        for (int step = 1; step <= 3; step++) {
            run.openLoop(step, "a", "40k", 40_000, 40_000, 0, 20_000, 50_000).note("sweep", "holds");
            run.openLoop(step, "a", "60k", 60_000, 50_000, 0, 20_000, 90_000)
                    .note("sweep", "fails")
                    .note("sweepRateKept", "false");
        }
        run.manifest().putObject("sweep").putArray("edges");
        // The single fork of the rise at 20k does not do; what held at 40k does.
        assertThat(only(choose(needs("20k", "32", "p99=100us"), run)).notes())
                .containsExactly("measured at the higher rate of 40.0k/s");
        assertThat(only(choose(needs("30k", "32", "p99=100us"), run)).verdict()).isEqualTo(ChoiceVerdict.MEETS);
        assertThat(only(choose(needs("70k", "32", "p99=100us"), run)).why()).startsWith("rate not held: of 60k/s");
        run.incomplete("interrupted");
        assertThat(only(choose(needs("30k", "32", "p99=100us"), run)).why())
                .isEqualTo("INVALID: the sweep was stopped, so forks may be missing");
    }

    @Test
    void shouldPassOverRowsOfOtherQuestions() {
        final RunFolderBuilder run = run("a").transport("a", "spinning", PROMISES);
        for (int round = 0; round < 3; round++) {
            run.overLink(
                    round,
                    "OpenLoopBenchmark.offered",
                    Map.of(
                            "transport",
                            "a",
                            "messageBytes",
                            "32",
                            "rate",
                            "500",
                            "impair",
                            "none",
                            "connections",
                            "100"),
                    Map.of("response:p99", 30_000.0));
        }
        assertThat(only(choose(needs("500", "32", "p99=1ms"), run)).why()).isEqualTo("not measured");
    }

    private RunFolderBuilder run(final String name) {
        return new RunFolderBuilder(temp.resolve(name));
    }

    private static void open(final RunFolderBuilder run, final String spec, final String rate, final double p99Ns) {
        for (int round = 0; round < 3; round++) {
            run.openLoop(round, spec, rate, 50_000, 50_000, 0, p99Ns / 2, p99Ns);
        }
    }

    private static void link(
            final RunFolderBuilder run,
            final int round,
            final String spec,
            final String bytes,
            final String impair,
            final double p99Ns) {
        run.overLink(
                round,
                "LossRecoveryBenchmark.offered",
                Map.of("transport", spec, "messageBytes", bytes, "rate", "500", "impair", impair),
                Map.of(
                        "response:p99",
                        p99Ns,
                        "ledger:due",
                        1_000.0,
                        "ledger:accepted",
                        1_000.0,
                        "ledger:onTime",
                        1_000.0));
    }

    private static Needs needs(final String rate, final String size, final String slo, final String... guarantees) {
        return NeedsParser.parse(rate, size, "", "", List.of(slo), List.of(guarantees));
    }

    private static Choice choose(final Needs needs, final RunFolderBuilder... runs) {
        final Choosing choosing = new Choosing(needs);
        for (final RunFolderBuilder run : runs) {
            choosing.add(RunReader.read(run.write()));
        }
        return choosing.choice();
    }

    private static Candidate only(final Choice choice) {
        assertThat(choice.candidates()).hasSize(1);
        return choice.candidates().get(0);
    }
}
