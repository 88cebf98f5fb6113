package io.fizeau.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhArgumentsTest {
    @Test
    void shouldTakeTimesFromTheProfileUnlessTheyAreGiven() {
        assertThat(JmhArguments.parse(List.of()).forkTime(Profile.STANDARD)).isEqualTo(Duration.ofSeconds(8));
        assertThat(JmhArguments.parse(List.of("-wi", "2", "-w", "500ms", "-i", "3"))
                        .forkTime(Profile.STANDARD))
                .isEqualTo(Duration.ofSeconds(16));
    }

    @ParameterizedTest
    @CsvSource({
        "-f 2, --rounds",
        "-nonsense 1, nonsense",
        "-i abc, abc",
        "-o file, jmh.log",
        "-l, measures nothing",
        ".*closed.*, --suites",
        "-p transport=tcp-nio, --transports",
        "-p messageBytes=1, --sizes"
    })
    void shouldRefuseInOneLineWhatIsNotForJmh(String arguments, String named) {
        assertThatThrownBy(() -> JmhArguments.parse(List.of(arguments.split(" "))))
                .isInstanceOf(TransportException.class)
                .message()
                .contains(named)
                .hasLineCount(1);
    }
}
