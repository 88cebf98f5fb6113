package io.fizeau.results.choose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fizeau.results.run.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NeedsParserTest {
    private static final Path GUARANTEES =
            Path.of("..", "core", "src", "main", "java", "io", "fizeau", "core", "transport", "Guarantee.java");

    @Test
    void shouldReadWhatAUserWrites() {
        final Needs needs = NeedsParser.parse(
                "100k", "256", "2ms", "1%", List.of("p99=5ms", "max=0.5s"), List.of("encrypted", "ordered", "ordered"));
        assertThat(needs.ratePerSecond()).hasValue(100_000);
        assertThat(needs.sizeBytes()).isEqualTo(256);
        assertThat(needs.rttNs()).isEqualTo(2e6);
        assertThat(needs.loss()).isEqualTo(0.01);
        assertThat(needs.limits()).containsExactly(new Limit("p99", 5e6), new Limit("max", 5e8));
        assertThat(needs.guarantees()).containsExactly("encrypted", "ordered", "cross-host");
        assertThat(needs.text())
                .isEqualTo(
                        "100k/s of 256 B, rtt 2.00 ms, loss 1.0 % each way, p99 <= 5.00 ms, max <= 500 ms, encrypted,"
                                + " ordered, cross-host");
    }

    @Test
    void shouldNeedNoNetworkWhereNoneIsAskedFor() {
        final Needs needs = NeedsParser.parse("", "32", "", "0%", List.of("p50=10us"), List.of());
        assertThat(needs.isImpaired()).isFalse();
        assertThat(needs.guarantees()).isEmpty();
        assertThat(needs.text()).isEqualTo("32 B, one at a time, p50 <= 10.0 us");
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() {
        assertRefused("nothing to measure by: give --rate, --slo or both", "", "32", "", "");
        assertRefused("--size is missing: it takes the bytes", "10k", "", "", "");
        assertRefused("--size 1k is not allowed", "10k", "1k", "", "");
        assertRefused("--rate fast is not allowed", "fast", "32", "", "");
        assertRefused("--rate 0 is not allowed", "0", "32", "", "");
        assertRefused("--rate 2000M is not allowed", "2000M", "32", "", "");
        assertRefused("--rate 1e5 is not allowed", "1e5", "32", "", "");
        assertRefused("--rtt 2 is not allowed: it takes a time with its unit", "10k", "32", "2", "");
        assertRefused("--rtt 21s is not allowed", "10k", "32", "21s", "");
        assertRefused("--loss 100% is not allowed", "10k", "32", "", "100%");
        assertRefused("--loss -1% is not allowed", "10k", "32", "", "-1%");
        assertRefused("--slo p98=1ms is not allowed", "10k", "32", "", "", "p98=1ms");
        assertRefused("--slo p99 is not allowed", "10k", "32", "", "", "p99");
        assertRefused("--slo p99=0ms is not allowed", "10k", "32", "", "", "p99=0ms");
        assertRefused("--slo names p99 twice", "10k", "32", "", "", "p99=1ms", "p99=2ms");
        assertThatThrownBy(() -> NeedsParser.parse("1k", "32", "", "", List.of(), List.of("fast")))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(
                        "--needs fast is no guarantee that a transport can give; the known ones: reliable,")
                .hasMessageEndingWith("allocates");
    }

    /** The names are the core's, which this module must not depend on. */
    @Test
    void shouldKnowTheGuaranteesThatTransportsPromise() throws IOException {
        assumeTrue(Files.exists(GUARANTEES), "the sources of core are not here");
        final List<String> labels = Pattern.compile("^    [A-Z_]+\\(\"([a-z-]+)\"\\)[,;]", Pattern.MULTILINE)
                .matcher(Files.readString(GUARANTEES))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(NeedsParser.GUARANTEES).containsExactlyElementsOf(labels);
    }

    private static void assertRefused(
            final String line,
            final String rate,
            final String size,
            final String rtt,
            final String loss,
            final String... slo) {
        assertThatThrownBy(() -> NeedsParser.parse(rate, size, rtt, loss, List.of(slo), List.of()))
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(line);
    }
}
