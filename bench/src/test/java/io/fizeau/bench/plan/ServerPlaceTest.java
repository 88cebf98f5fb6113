package io.fizeau.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerPlaceTest {
    @ParameterizedTest
    @CsvSource({
        "process, true",
        "thread, true",
        "127.0.0.1:4000, true",
        "[::1]:4000, true",
        "192.0.2.1:4000, false",
        "/tmp/socket, true",
        "aeron:ipc#1, true",
        "aeron:udp?endpoint=127.0.0.1:4000|mtu=1408#1, true",
        "aeron:udp?endpoint=192.0.2.1:4000#1, false"
    })
    void shouldKnowWhetherMessagesStayOnThisHost(String text, boolean isOnThisHost) {
        assertThat(new ServerPlace(text).isOnThisHost()).isEqualTo(isOnThisHost);
    }

    @Test
    void shouldRefuseWhatIsNoAddress() {
        assertThatThrownBy(() -> new ServerPlace("nowhere"))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("--server nowhere");
    }
}
