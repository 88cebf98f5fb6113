package io.fizeau.transports.link.netem;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetemWordsTest {
    @ParameterizedTest
    @CsvSource({
        "none, ''",
        "loss=1%, loss 1.0000%",
        "gilbert=0.0025/0.25, loss gemodel 0.2500% 25.0000%",
        "delay=5ms:jitter=1ms, delay 5000us 1000us",
        "duplicate=0.1%:corrupt=0.01%, duplicate 0.1000% corrupt 0.0100%",
        "delay=1ms:reorder=1%, delay 1000us reorder 1.0000%",
        "rate=50mbit, rate 50000000bit"
    })
    void shouldSayItInTheWordsOfTheEmulator(final String impairment, final String words) {
        assertThat(String.join(" ", NetemWords.words(Impairment.parse(impairment), Direction.TO_SERVER, false)))
                .isEqualTo(("netem limit 100000 " + words).strip());
    }

    @Test
    void shouldGiveEachDirectionItsSeedWhereTheKernelTakesOne() {
        final Impairment impairment = Impairment.parse("loss=1%:seed=42");
        assertThat(NetemWords.words(impairment, Direction.TO_SERVER, true)).endsWith("seed", "42");
        assertThat(NetemWords.words(impairment, Direction.TO_CLIENT, true))
                .endsWith("seed", Long.toUnsignedString(Direction.TO_CLIENT.seed(42)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drops=3;17",
                "blackout=1s+100ms",
                "loss=1%:burst=4ms",
                "reorder=1%",
                "delay=1ms:reorder=1%",
                "rate=50mbit"
            })
    void shouldRefuseWhatTheEmulatorCannotDo(final String impairment) {
        assertThat(NetemWords.refusal(Impairment.parse(impairment)).orElse("")).contains("link=netem");
    }
}
