package io.fizeau.results.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuredLinkTest {
    /** What is asked for is a round trip of 2 ms and a loss of 1 %. */
    @ParameterizedTest
    @CsvSource({
        "loss=1%:delay=1ms, SAME",
        "loss=1%:delay=1ms:seed=7, SAME",
        "loss=1.05%:delay=1050us, SAME",
        "up.loss=1%:down.loss=1%:up.delay=2ms, SAME",
        "loss=1.2%:delay=1ms, WORSE",
        "loss=1%:delay=5ms, WORSE",
        "loss=1%:delay=1ms:jitter=500us, WORSE",
        "loss=1%:delay=1ms:rate=100mbit:queue=256k, WORSE",
        "loss=0.1%:delay=1ms, MILDER",
        "delay=1ms, MILDER",
        "none, MILDER",
        "up.loss=1%:delay=1ms, MILDER",
        "loss=5%, OTHER",
        "up.loss=5%:delay=1ms, OTHER",
        "delay=10ms, OTHER",
        "loss=0.1%:delay=1ms:rate=1mbit, OTHER",
        "loss=1%:burst=4:delay=1ms, OTHER",
        "gilbert=0.0025/0.25:delay=1ms, OTHER",
        "loss=much:delay=1ms, OTHER"
    })
    void shouldRelateALinkToTheOneAskedFor(final String text, final LinkMatch expected) {
        final Needs needs = NeedsParser.parse("1k", "32", "2ms", "1%", List.of(), List.of());
        assertThat(MeasuredLink.parse(text, true).match(needs)).isEqualTo(expected);
        assertThat(MeasuredLink.parse(text, false).match(needs)).isEqualTo(LinkMatch.OTHER);
    }

    @ParameterizedTest
    @CsvSource({"none, SAME", "loss=1%:delay=1ms, WORSE", "loss=1%:burst=4, WORSE", "gilbert=0.0025/0.25, WORSE"})
    void shouldTakeNoLinkForTheMildest(final String text, final LinkMatch expected) {
        final Needs needs = NeedsParser.parse("1k", "32", "", "", List.of(), List.of());
        assertThat(MeasuredLink.parse(text, true).match(needs)).isEqualTo(expected);
    }
}
