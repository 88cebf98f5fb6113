package io.fizeau.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransportSpecTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp-nio",
                "aeron-udp?mtu=8192",
                "tcp-nio?wait=select&sends=gathered+crc32c",
                "a+b?x=1+c?y=2&z=",
                "aeron-udp?dir=/dev/shm/aeron-x"
            })
    void shouldReadBackWhatItWrites(final String text) {
        assertThat(TransportSpec.parse(text).text()).isEqualTo(text);
        assertThat(TransportSpec.parse(text)).hasToString(text);
    }

    @Test
    void shouldTakeASpecApart() {
        final TransportSpec spec = TransportSpec.parse("tcp-nio?wait=select+crc32c+lz4?level=9");

        assertThat(spec.transport()).isEqualTo(new SpecPart("tcp-nio", Map.of("wait", "select")));
        assertThat(spec.layers())
                .isEqualTo(List.of(new SpecPart("crc32c", Map.of()), new SpecPart("lz4", Map.of("level", "9"))));
    }

    @Test
    void shouldDecodeAValueAsUtf8() {
        assertThat(TransportSpec.parse("t?dir=/a%20b%2Cc%2b%c3%a9").transport().options())
                .containsExactly(Map.entry("dir", "/a b,c+é"));
    }

    @Test
    void shouldReadBackAnyValueAtAll() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            final StringBuilder value = new StringBuilder();
            random.ints(random.nextInt(12), 0, 0x2fff).forEach(value::appendCodePoint);

            final TransportSpec spec = TransportSpec.parse("t").with("x", value.toString());

            assertThat(TransportSpec.parse(spec.text())).as("seed %d", seed).isEqualTo(spec);
            assertThat(spec.text()).as("seed %d", seed).doesNotContain(",").doesNotContainAnyWhitespaces();
        }
    }

    @Test
    void shouldReplaceAnOption() {
        final TransportSpec spec =
                TransportSpec.parse("t?a=1&b=2+l?c=3").with("a", "9").with("d", "4");

        assertThat(spec.text()).isEqualTo("t?a=9&b=2&d=4+l?c=3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|'' is no name of a transport or layer: names are lower-case letters, digits and dashes, as in tcp-nio",
                "TCP|'TCP' is no name of a transport or layer: names are lower-case letters, digits and dashes, as in tcp-nio",
                "a+|'' is no name of a transport or layer: names are lower-case letters, digits and dashes, as in tcp-nio",
                "a?|'' in 'a?' is no option: write name=value, joined by '&'",
                "a?x|'x' in 'a?x' is no option: write name=value, joined by '&'",
                "a?=1|'=1' in 'a?=1' is no option: write name=value, joined by '&'",
                "a?x=1&|'' in 'a?x=1&' is no option: write name=value, joined by '&'",
                "a?x=1&x=2|option x is given twice in 'a?x=1&x=2'",
                "a,b|spec 'a,b' must hold no comma and no space: name one transport, and write %2c or %20 inside a value",
                "a?x=1 2|spec 'a?x=1 2' must hold no comma and no space: name one transport, and write %2c or %20 inside a value",
            })
    void shouldSayWhatIsWrongWithASpec(final String text, final String message) {
        assertThatThrownBy(() -> TransportSpec.parse(text))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.nextStep()).isEqualTo(TransportException.NextStep.STOP))
                .hasMessage(message);
    }
}
