package io.fizeau.results.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void shouldQuoteWhatWouldEndAField() {
        assertThat(Csv.line(List.of("a", "b,c", "say \"x\"", "two\nlines", "")))
                .isEqualTo("a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\r\n");
    }

    @Test
    void shouldWriteNumbersWithoutExponentAndWithoutLoss() {
        assertThat(Csv.numbers(8_000, 1e-9, 1.5e20, -0.25, 1e15 + 0.5))
                .containsExactly("8000", "0.000000001", "150000000000000000000", "-0.25", "1000000000000000.5");
        final Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            final double value = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
            assertThat(Double.parseDouble(Csv.number(value))).isEqualTo(value);
            assertThat(Csv.number(value)).doesNotContain("E");
        }
    }

    @Test
    void shouldLeaveEmptyWhatIsNoNumber() {
        assertThat(Csv.numbers(Double.NaN, Double.POSITIVE_INFINITY)).containsExactly("", "");
    }
}
