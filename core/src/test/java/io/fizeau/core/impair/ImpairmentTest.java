package io.fizeau.core.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImpairmentTest {
    private static final String ALL =
            "loss=1%:burst=4:drops=3;17;90:blackout=2s+300ms;5s+1s:delay=5ms:jitter=1ms:reorder=1%"
                    + ":places=2:hold=20ms:duplicate=0.1%:corrupt=0.01%:rate=50mbit:queue=64k:seed=42";

    @Test
    void shouldKeepTheCanonicalText() {
        assertThat(Impairment.parse(ALL).text()).isEqualTo(ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "delay=5ms:loss=1%, loss=1%:delay=5ms",
        "loss=1.50%, loss=1.5%",
        "delay=0.25ms:seed=-7, delay=250us:seed=-7",
        "drops=90;3, drops=3;90",
        "gilbert=0.0025/0.25, gilbert=0.0025/0.25",
        "loss=1%:burst=4ms, loss=1%:burst=4ms",
        "up.delay=1ms:down.delay=1ms, delay=1ms",
        "up.loss=1%:down.loss=2%:burst=4, up.loss=1%:down.loss=2%:burst=4",
        "reorder=1%, reorder=1%:places=1:hold=10ms",
        "rate=1000kbit, rate=1mbit:queue=64k",
        "loss=0%:burst=4:reorder=0%:places=3, none",
        "none, none",
        "none:seed=5, none:seed=5"
    })
    void shouldWriteOneTextForEqualImpairments(final String text, final String canonical) {
        final Impairment impairment = Impairment.parse(text);
        assertThat(impairment.text()).isEqualTo(canonical);
        assertThat(Impairment.parse(canonical)).isEqualTo(impairment);
    }

    @Test
    void shouldReadWhatItWroteWhateverItIs() {
        final long seed = 7;
        final Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            final String text = randomText(random);
            final Impairment impairment = Impairment.parse(text);
            assertThat(Impairment.parse(impairment.text()))
                    .as("seed %d, text %s, canonical %s", seed, text, impairment.text())
                    .isEqualTo(impairment);
        }
    }

    private static String randomText(final Random random) {
        final List<String> words = new ArrayList<>();
        for (final String prefix : random.nextBoolean() ? List.of("") : List.of("up.", "down.")) {
            switch (random.nextInt(5)) {
                case 0 -> words.add(prefix + "loss=" + random.nextInt(100) + "." + random.nextInt(10_000) + "%");
                case 1 ->
                    words.add(prefix + "gilbert=" + (random.nextDouble() + 0.001) / 2 + "/"
                            + (1 - random.nextDouble() / 2));
                case 2 -> words.add(prefix + "loss=1%:" + prefix + "burst=" + (1 + random.nextInt(100) / 8.0));
                case 3 -> words.add(prefix + "loss=2%:" + prefix + "burst=" + (10 + random.nextInt(1_000_000)) + "us");
                default -> words.add(prefix + "drops=" + random.nextInt(100) + ";" + (100 + random.nextInt(100)));
            }
            if (random.nextBoolean()) {
                words.add(prefix + "delay=" + random.nextInt(1_000_000) + "us");
            }
            if (random.nextBoolean()) {
                words.add(prefix + "rate=" + (1 + random.nextInt(1_000_000)) + "kbit");
            }
            if (random.nextBoolean()) {
                words.add(prefix + "reorder=" + random.nextInt(50) + "%:" + prefix + "places="
                        + (1 + random.nextInt(64)));
            }
            if (random.nextBoolean()) {
                words.add(prefix + "blackout=" + random.nextInt(1_000) + "ms+" + (1 + random.nextInt(1_000)) + "ms");
            }
        }
        if (random.nextBoolean()) {
            words.add("seed=" + random.nextLong());
        }
        return String.join(":", words);
    }

    @Test
    void shouldHoldForOneWayOnlyWhereAskedFor() {
        final Impairment impairment = Impairment.parse("up.loss=1%:down.delay=3ms");
        assertThat(impairment.direction(Direction.TO_SERVER).loss()).isEqualTo(new Loss.Independent(10_000));
        assertThat(impairment.direction(Direction.TO_SERVER).delayNs()).isZero();
        assertThat(impairment.direction(Direction.TO_CLIENT).loss()).isEqualTo(new Loss.None());
        assertThat(impairment.direction(Direction.TO_CLIENT).delayNs()).isEqualTo(3_000_000);
        assertThat(impairment.direction(Direction.TO_SERVER).isLossOnly()).isTrue();
        assertThat(impairment.direction(Direction.TO_CLIENT).isLossOnly()).isFalse();
    }

    @Test
    void shouldBeNoneWhateverTheSeed() {
        assertThat(Impairment.NONE.isNone()).isTrue();
        assertThat(Impairment.NONE.withSeed(3).isNone()).isTrue();
        assertThat(Impairment.NONE.withSeed(3).seed()).isEqualTo(3);
        assertThat(Impairment.parse("none")).isEqualTo(Impairment.NONE);
        assertThat(Impairment.parse("loss=1%").isNone()).isFalse();
        assertThat(Impairment.parse("loss=1%").withSeed(9).text()).isEqualTo("loss=1%:seed=9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss=101%|loss=101% must be from 0% to 100%",
                "up.loss=-1%|up.loss=-1% must be from 0% to 100%",
                "loss=0.00001%|loss=0.00001% is no percentage in steps of 0.0001%",
                "loss=1|loss=1 is no percentage",
                "delay=-5ms|delay=-5ms must be from 0s to 10s",
                "delay=11s|delay=11s must be from 0s to 10s",
                "delay=5|delay=5 is no time",
                "delay=1ms:jitter=2ms|jitter=2ms must be at most the delay, which is 1ms",
                "latency=5ms|latency=5ms is an unknown word",
                "sideways.loss=1%|sideways.loss=1% is an unknown word",
                "up.seed=4|up.seed=4 is an unknown word",
                "loss|has 'loss', which is no word with a value",
                "''|has '', which is no word with a value",
                "loss=1%:loss=2%|loss=2% stands beside loss=1%: give loss once for each way",
                "loss=1%:up.loss=2%|up.loss=2% stands beside loss=1%",
                "seed=1:seed=2|seed=2 stands beside seed=1",
                "seed=x|seed=x must be a whole number",
                "loss=1%,delay=5ms|has a comma",
                "none:loss=1%|has none beside other words",
                "burst=4|burst=4 needs loss beside it",
                "up.loss=1%:burst=4|burst=4 needs loss beside it for the same way",
                "loss=90%:burst=4|burst=4 cannot make a loss of 90%: with one good packet between bursts it is at most 80%",
                "loss=1%:burst=0.5|burst=0.5 must be from 1 to 1000000",
                "loss=100%:burst=4ms|burst=4ms needs a loss under 100%",
                "gilbert=0.1|gilbert=0.1 must be two probabilities",
                "gilbert=0.1/2|gilbert=2 must be from 0.000000001 to 1",
                "gilbert=0.1/0.5:loss=1%|gilbert=0.1/0.5 stands beside loss=1%: give one of them",
                "drops=3;3|drops=3;3 has packet 3 twice",
                "drops=-1|drops=-1 must be from 0 to 1000000000000",
                "blackout=2s|blackout=2s must be a begin and a length, as 2s+300ms",
                "blackout=2s+0ms|blackout=0ms must be from 1ns",
                "blackout=1s+2s;2s+1s|has windows that overlap",
                "reorder=60%|reorder=60% must be from 0% to 50%",
                "reorder=1%:places=0|places=0 must be from 1 to 64",
                "places=2|places=2 needs reorder beside it",
                "queue=64k|queue=64k needs rate beside it",
                "rate=50|rate=50 is no rate",
                "rate=0bit|rate=0bit must be from 1kbit to 100gbit",
                "rate=1mbit:queue=1k|queue=1k must be from 2k to 256m"
            })
    void shouldSayInALineWhatIsWrong(final String text, final String message) {
        assertThatThrownBy(() -> Impairment.parse(text))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.nextStep()).isEqualTo(TransportException.NextStep.STOP))
                .hasMessageContaining(message)
                .hasMessageContaining("the words are loss, burst, gilbert, drops")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"loss=1%:burst=1ms"})
    void shouldNotForetellLossThatDependsOnTime(final String text) {
        assertThatThrownBy(() -> Impairment.parse(text).lostOfFirst(Direction.TO_SERVER, 10))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("depends on when they come");
    }
}
