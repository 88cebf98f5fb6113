package io.fizeau.bench.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Outcome GOOD = Expectation.within(80, 3, "ms").judge("stall", "open p90", 80.5, "unseen");
    private static final Outcome BAD = Expectation.within(188, 3, "ms").judge("stall", "open p99", 250, "why");
    private static final Outcome SKIPPED = Outcome.skipped("clock", "loop in C", "no C compiler");

    @Test
    void shouldShowATableWithWhatIsNotPlainBelowIt() {
        final Report report = new Report(Map.of("java", "17"), List.of(GOOD, BAD, SKIPPED));
        assertThat(report.text()).isEqualTo("""
                        experiment             expected  tolerance  measured  verdict
                        stall       open p90   80 ms     +-3 ms     80.5 ms   OK
                                    open p99   188 ms    +-3 ms     250 ms    OFF
                        clock       loop in C                                 SKIPPED

                        OFF stall, open p99: why
                        SKIPPED clock, loop in C: no C compiler
                        java: 17
                        1 OK, 1 OFF, 1 SKIPPED. Whatever else runs on this machine counts too: see the load above, and repeat one alone with --only NAME.
                        """);
        assertThat(report.isOk()).isFalse();
    }

    @Test
    void shouldSayOnceWhatHoldsForSeveralQuantities() {
        final Outcome other = Expectation.within(198.8, 3, "ms").judge("stall", "open p99.9", 250, "why");
        assertThat(new Report(Map.of(), List.of(BAD, other)).text())
                .contains("\nOFF stall, open p99; open p99.9: why\n")
                .containsOnlyOnce("why");
    }

    @Test
    void shouldBeOkWithoutAnythingThatIsOff() {
        final Report report = new Report(Map.of(), List.of(GOOD, SKIPPED));
        assertThat(report.isOk()).isTrue();
        assertThat(report.text())
                .endsWith("The instrument is right as far as these experiments tell: 1 OK, 0 OFF, 1 SKIPPED.\n");
    }

    @Test
    void shouldCountAnExperimentThatBrokeAsOff() {
        assertThat(new Report(Map.of(), List.of(Outcome.failed("burn", "a fork failed"))).isOk())
                .isFalse();
    }

    @Test
    void shouldGiveTheNumbersInFullToPrograms() throws Exception {
        final Report report = new Report(
                Map.of("java", "17"),
                List.of(
                        GOOD,
                        SKIPPED,
                        Outcome.answer("spinners", "verdict", "INVALID", "VALID", false, ""),
                        Expectation.atMost(5, "%").judge("e", "share", 4, "")));
        final JsonNode json = new ObjectMapper().readTree(report.json());
        assertThat(json.get("schema").asText()).isEqualTo("fizeau.instrument/1");
        assertThat(json.get("ok").asBoolean()).isFalse();
        assertThat(json.get("machine").get("java").asText()).isEqualTo("17");
        final JsonNode figures = json.get("outcomes").get(0).get("figures");
        assertThat(figures.get("low").asDouble()).isEqualTo(77);
        assertThat(figures.get("high").asDouble()).isEqualTo(83);
        assertThat(figures.get("measured").asDouble()).isEqualTo(80.5);
        assertThat(json.get("outcomes").get(0).get("note").asText()).isEqualTo("unseen");
        assertThat(json.get("outcomes").get(1).has("figures")).isFalse();
        assertThat(json.get("outcomes").get(2).get("verdict").asText()).isEqualTo("OFF");
        assertThat(json.get("outcomes").get(3).get("figures").get("low").isNull())
                .isTrue();
    }
}
