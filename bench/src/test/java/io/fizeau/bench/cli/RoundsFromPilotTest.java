package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.bench.runfolder.Manifest;
import io.fizeau.core.error.TransportException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsFromPilotTest {
    private static final String ANSWER = """
            {"rounds":4,"detect":0.03,"needed":37,"chosen":37,"detectable":0.0299,"rows":[
              {"row":"b, 32 B","reference":"tcp-nio","pairs":4,"sdLog":0.036,
               "sdLogUpper":0.062,"needed":37}]}
            """;

    @Test
    void shouldReadWhatResultsAnswers() {
        assertThat(RoundsFromPilot.parse(ANSWER))
                .isEqualTo(new Manifest.Pilot(
                        4,
                        0.03,
                        37,
                        37,
                        0.0299,
                        List.of(new Manifest.PilotRow("b, 32 B", "tcp-nio", 4, 0.036, 0.062, 37))));
        assertThatThrownBy(() -> RoundsFromPilot.parse("no"))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("the pilot led to no number of rounds");
    }

    @Test
    void shouldSayHowManyRoundsAndWhy() {
        assertThat(printed(RoundsFromPilot.parse(ANSWER)))
                .contains("varies by 3.6 %", "To detect 3.0 % in the closed p50 with power 80 % takes 37 rounds.");
        assertThat(printed(new Manifest.Pilot(4, 0.03, 3, 6, 0.01, List.of())))
                .contains("takes 3 rounds; no verdict", "6 are run");
        assertThat(printed(new Manifest.Pilot(4, 0.03, 900, 200, 0.071, List.of())))
                .contains("900 rounds: more than the most that are run, 200. These detect 7.1 %.");
    }

    private static String printed(Manifest.Pilot pilot) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RoundsFromPilot.print(new PrintStream(out, true, StandardCharsets.UTF_8), pilot);
        return out.toString(StandardCharsets.UTF_8);
    }
}
