package io.fizeau.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionTest {
    private static final Option<Integer> COUNT = Option.integer("count", 3, 1, 64, "how many");
    private static final Option<Integer> SIZE = Option.bytes("size", 65_536, 1_024, 1 << 30, "how much");
    private static final Option<Duration> TIME =
            Option.duration("time", Duration.ofMillis(5), Duration.ofNanos(100), Duration.ofSeconds(10), "how long");
    private static final Option<Idle> IDLE = Option.choice("idle", Idle.class, Idle.BACKOFF, "how to wait");
    private static final Option<Boolean> FLAG = Option.flag("flag", false, "whether");

    @Test
    void shouldReadEachTypeOfValue() {
        assertThat(COUNT.parse("64")).isEqualTo(64);
        assertThat(SIZE.parse("2k")).isEqualTo(2_048);
        assertThat(SIZE.parse("3M")).isEqualTo(3 << 20);
        assertThat(SIZE.parse("1g")).isEqualTo(1 << 30);
        assertThat(SIZE.parse("1500")).isEqualTo(1_500);
        assertThat(TIME.parse("100ns")).isEqualTo(Duration.ofNanos(100));
        assertThat(TIME.parse("7us")).isEqualTo(Duration.ofNanos(7_000));
        assertThat(TIME.parse("7ms")).isEqualTo(Duration.ofMillis(7));
        assertThat(TIME.parse("7s")).isEqualTo(Duration.ofSeconds(7));
        assertThat(IDLE.parse("spin")).isEqualTo(Idle.SPIN);
        assertThat(FLAG.parse("true")).isTrue();
        assertThat(Option.text("dir", "", "where").parse("/a b")).isEqualTo("/a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65", "x", "1.5", "99999999999999999999"})
    void shouldNameTheLimitsOfAWholeNumber(final String text) {
        assertRefused(COUNT, text, "option count=" + text + " is not allowed: it takes 1 to 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1023", "2g", "1kb", "-1", "999999999999g"})
    void shouldNameTheLimitsOfASize(final String text) {
        assertRefused(
                SIZE,
                text,
                "option size=" + text + " is not allowed: it takes 1024 to 1073741824 bytes, k, m and g allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "99ns", "11s", "5m", "999999999999s"})
    void shouldNameTheLimitsOfADuration(final String text) {
        assertRefused(TIME, text, "option time=" + text + " is not allowed: it takes 100ns to 10s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SPIN", "busy"})
    void shouldListTheKnownChoices(final String text) {
        assertRefused(IDLE, text, "option idle=" + text + " is not allowed: it takes spin, yield, backoff, sleep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "TRUE"})
    void shouldTakeOnlyTrueAndFalseForAFlag(final String text) {
        assertRefused(FLAG, text, "option flag=" + text + " is not allowed: it takes true, false");
    }

    @ParameterizedTest
    @CsvSource({"1500ns", "250us", "90ms", "2s"})
    void shouldShowADurationAsItIsWritten(final String text) {
        final Duration duration = Option.duration("t", Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(1), "")
                .parse(text);

        assertThat(Option.duration("t", duration, Duration.ZERO, Duration.ofDays(1), "")
                        .defaultText())
                .isEqualTo(text);
    }

    @Test
    void shouldShowItsDefaultAsAUserWritesIt() {
        assertThat(IDLE.defaultText()).isEqualTo("backoff");
        assertThat(IDLE.parse(IDLE.defaultText())).isEqualTo(IDLE.defaultValue());
        assertThat(COUNT.defaultText()).isEqualTo("3");
        assertThat(SIZE.parse(SIZE.defaultText())).isEqualTo(SIZE.defaultValue());
        assertThat(TIME.defaultText()).isEqualTo("5ms");
    }

    @Test
    void shouldRefuseANameThatASpecStringCannotHold() {
        assertThatThrownBy(() -> Option.flag("Bad-Name", false, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option name 'Bad-Name'");
    }

    @Test
    void shouldMakeAStrategyOfItsOwnForEachThread() {
        for (final Idle idle : Idle.values()) {
            assertThat(idle.newStrategy()).isNotSameAs(idle.newStrategy());
        }
    }

    private static void assertRefused(final Option<?> option, final String text, final String message) {
        assertThatThrownBy(() -> option.parse(text))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.nextStep()).isEqualTo(TransportException.NextStep.STOP))
                .hasMessage(message);
    }
}
