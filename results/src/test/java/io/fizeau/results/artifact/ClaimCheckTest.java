package io.fizeau.results.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.results.RunFolderBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimCheckTest {
    private static final String RATIO =
            "\"unit\": \"x\", \"benchmark\": \"RoundTripBenchmark.closed\", \"measure\": \"p50\","
                    + " \"params\": {\"transport\": \"mine\"},"
                    + " \"over\": {\"benchmark\": \"RoundTripBenchmark.closed\", \"params\": {\"transport\": \"tcp-nio\"}}";
    private static final String VALUE =
            "\"unit\": \"ns\", \"benchmark\": \"RoundTripBenchmark.closed\", \"measure\": \"p50\","
                    + " \"params\": {\"transport\": \"mine\"}";

    @TempDir
    private Path temp;

    private FakeTree tree;

    @BeforeEach
    void setUp() {
        tree = new FakeTree(temp);
        tree.write("docs/page.md", "It takes\nabout 8 us on this machine, a tenth more than tcp-nio.\n");
        tree.reference("quick", 8_000, 8_700, 8_800, 8_900);
    }

    @Test
    void shouldHoldWhenTheWholeIntervalIsWithinTheTolerance() {
        final ClaimResult result = check(VALUE + ", \"value\": 8500, \"tolerance\": 0.1");
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.HOLDS);
        assertThat(result.measured().orElseThrow().ratio()).isBetween(8_799.0, 8_801.0);
        assertThat(result.measured().orElseThrow().pairs()).isEqualTo(3);
    }

    @Test
    void shouldBeBrokenWhenTheWholeIntervalIsOutside() {
        assertThat(check(VALUE + ", \"value\": 7000, \"tolerance\": 0.1").verdict())
                .isEqualTo(ClaimVerdict.BROKEN);
        assertThat(check(VALUE + ", \"atLeast\": 10000").verdict()).isEqualTo(ClaimVerdict.BROKEN);
    }

    @Test
    void shouldNotTellWhenTheIntervalReachesAcrossTheLimit() {
        final ClaimResult result = check(VALUE + ", \"atMost\": 8800");
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.CANNOT_TELL);
        assertThat(result.why()).contains("across the limit");
    }

    @Test
    void shouldPairTheForksOfARatioByRound() {
        // The same slow round on both sides leaves the ratio as it is.
        final RunFolderBuilder run = new RunFolderBuilder(temp.resolve("results/reference/quick"))
                .transport("tcp-nio", "spinning", "reliable")
                .transport("mine", "spinning", "reliable");
        for (int round = 0; round < 3; round++) {
            final double slow = round == 1 ? 3 : 1;
            run.closed(round, "tcp-nio", 8_000 * slow).closed(round, "mine", 8_800 * slow);
        }
        run.write();
        assertThat(check(RATIO + ", \"value\": 1.1, \"tolerance\": 0.01").verdict())
                .isEqualTo(ClaimVerdict.HOLDS);
    }

    @Test
    void shouldDivideTimesThatComeInDifferentUnits() {
        final RunFolderBuilder run = new RunFolderBuilder(temp.resolve("results/reference/links"))
                .transport("tcp-nio", "spinning", "reliable");
        for (int round = 0; round < 3; round++) {
            run.overLink(
                    round,
                    "LossRecoveryBenchmark.closed",
                    Map.of("transport", "tcp-nio"),
                    Map.of("hit.estimated:p50", 205e6, "theory:extra.rto", 202e6));
        }
        run.write();
        final String claim = "\"run\": \"links\", \"unit\": \"x\", \"benchmark\": \"LossRecoveryBenchmark.closed\","
                + " \"measure\": \"hit.estimated:p50\", \"over\": {\"benchmark\": \"LossRecoveryBenchmark.closed\","
                + " \"measure\": \"theory:extra.rto\"}, \"value\": 1, \"tolerance\": 0.02";
        assertThat(check(claim).verdict()).isEqualTo(ClaimVerdict.HOLDS);
    }

    @Test
    void shouldNotTellFromAnInvalidRowOrOneThatIsNotThere() {
        assertThat(check(VALUE.replace("mine", "gone") + ", \"atMost\": 9000").why())
                .contains("has 0 rows RoundTripBenchmark.closed {transport=gone}");
        assertThat(check(VALUE.replace("\"transport\": \"mine\"", "\"messageBytes\": \"32\"") + ", \"atMost\": 9000")
                        .why())
                .contains("has 2 rows");
        final RunFolderBuilder run =
                new RunFolderBuilder(temp.resolve("results/reference/quick")).transport("mine", "spinning", "reliable");
        run.closed(0, "mine", 8_800).closed(1, "mine", 8_800).kit(0, "FAILED", "shouldKeepOrder");
        run.write();
        final ClaimResult result = check(VALUE + ", \"atMost\": 9000");
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.CANNOT_TELL);
        assertThat(result.why()).startsWith("the row is INVALID: ");
    }

    @Test
    void shouldNotTellFromOneFork() {
        tree.reference("quick", 8_000, 8_800);
        final ClaimResult result = check(VALUE + ", \"atMost\": 9000");
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.CANNOT_TELL);
        assertThat(result.why()).isEqualTo("1 fork has a number: no interval");
    }

    @Test
    void shouldNotTakeAnotherUnitForTheClaimed() {
        assertThat(check(VALUE.replace("\"ns\"", "\"us\"") + ", \"atMost\": 9").why())
                .isEqualTo("the measure is in ns and the claim in us");
    }

    @Test
    void shouldBeBrokenWhenThePageNoLongerSaysIt() {
        tree.write("docs/page.md", "It takes about 9 us on this machine.\n");
        final ClaimResult result = check(VALUE + ", \"atMost\": 9000");
        assertThat(result.verdict()).isEqualTo(ClaimVerdict.BROKEN);
        assertThat(result.why()).contains("the page does not say it");
    }

    @Test
    void shouldListWhatIsOnlyRecorded() {
        assertThat(check("\"recorded\": \"needs a second host\"").verdict()).isEqualTo(ClaimVerdict.RECORDED);
    }

    @Test
    void shouldNameTheClaimThatCannotBeRead() {
        tree.claims(
                "{\"id\": \"a\", \"doc\": \"docs/page.md\", \"quote\": \"8 us\", \"run\": \"quick\", " + VALUE + "}");
        assertThatThrownBy(this::claims)
                .hasMessageEndingWith(
                        "claims.json: claim a has neither a value with a tolerance nor atLeast or atMost");
        tree.claims("{\"id\": \"a\", \"doc\": \"docs/page.md\"}");
        assertThatThrownBy(this::claims).hasMessageEndingWith("claims.json: claim a has no text \"quote\"");
        tree.write("docs/claims.json", "{\"schema\": \"fizeau.claims/2\"}");
        assertThatThrownBy(this::claims).hasMessageContaining("has schema \"fizeau.claims/2\"");
        tree.write("docs/claims.json", "[{");
        assertThatThrownBy(this::claims).hasMessageContaining("claims.json: is not JSON");
    }

    @Test
    void shouldEndWithTheBrokenOnesAndACount() {
        tree.claims(claim("a", VALUE + ", \"atMost\": 7000") + "," + claim("b", VALUE + ", \"atMost\": 9500") + ","
                + claim("c", "\"recorded\": \"by hand\""));
        final StringWriter out = new StringWriter();
        final boolean isFine = new Artifact(
                        temp,
                        new FakeCommandRunner(command -> new CommandRunner.Ended(0, "")),
                        new PrintWriter(out),
                        () -> 0)
                .check();
        assertThat(isFine).isFalse();
        assertThat(out.toString())
                .contains("HOLDS        b  at most 9.5 us  8.80 us (")
                .contains("BROKEN a, docs/page.md: \"about 8 us on this machine\"")
                .endsWith("1 HOLDS, 1 BROKEN, 0 CANNOT TELL, 1 recorded" + System.lineSeparator());
    }

    private ClaimResult check(final String fields) {
        tree.claims(claim("a", fields));
        return new ClaimCheck(temp).check(claims()).get(0);
    }

    private static String claim(final String id, final String fields) {
        return "{\"id\": \"" + id + "\", \"doc\": \"docs/page.md\", \"quote\": \"about 8 us on this machine\","
                + (fields.contains("\"run\"") ? "" : " \"run\": \"quick\",") + fields + "}";
    }

    private List<Claim> claims() {
        return Claim.read(temp.resolve("docs/claims.json"));
    }
}
