package io.fizeau.core.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.core.error.TransportException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:4000",
                "localhost:0",
                "[::1]:65535",
                "/tmp/a socket",
                "aeron:udp?endpoint=127.0.0.1:4000#1001",
                "aeron:ipc?dir=/dev/shm/x#-5",
                "memory:1#0"
            })
    void shouldReadBackWhatItWrites(final String text) {
        final Address address = Address.parse(text);

        assertThat(address.text()).isEqualTo(text);
        assertThat(address).hasToString(text);
        assertThat(Address.parse(address.text())).isEqualTo(address);
    }

    @Test
    void shouldTakeTheBracketsOffAnIpv6Address() {
        assertThat(Address.parse("[fe80::1]:80")).isEqualTo(new HostPort("fe80::1", 80));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|address 'nonsense' is not of a known form: host:port, [v6]:port, an absolute path, or scheme:rest#stream",
                ":80|address ':80' is not of a known form: host:port, [v6]:port, an absolute path, or scheme:rest#stream",
                "fe80::1:80|address 'fe80::1:80' is not of a known form: host:port, [v6]:port, an absolute path, or"
                        + " scheme:rest#stream",
                "host:http|address 'host:http' is not of a known form: host:port, [v6]:port, an absolute path, or"
                        + " scheme:rest#stream",
                "host:65536|address host:65536: the port must be 0 to 65535",
                "host:-1|address host:-1: the port must be 0 to 65535",
                "[]:80|address :80 has no host: write for example 127.0.0.1:80",
                "aeron:udp#x|address 'aeron:udp#x' must be of the form scheme:rest#stream",
                "aeron:udp#9999999999|address 'aeron:udp#9999999999': the stream is out of range",
                "a b:c#1|channel 'a b:c' must be of the form scheme:rest, without '#' or space",
                "Aeron:udp#1|channel 'Aeron:udp' must be of the form scheme:rest, without '#' or space",
            })
    void shouldSayWhatIsWrongWithAnAddress(final String text, final String message) {
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.nextStep()).isEqualTo(TransportException.NextStep.STOP))
                .hasMessage(message);
    }

    @Test
    void shouldRefuseARelativePath() {
        assertThatThrownBy(() -> new LocalPath("tmp/x"))
                .isInstanceOf(TransportException.class)
                .hasMessage("address 'tmp/x': the path must be absolute");
    }

    @Test
    void shouldNotLookUpALiteralAddress() {
        final InetSocketAddress resolved = HostPort.loopback().resolve();

        assertThat(resolved.getAddress().isLoopbackAddress()).isTrue();
        assertThat(HostPort.of(resolved)).isEqualTo(HostPort.loopback());
    }

    @Test
    void shouldNameAHostThatIsNotKnown() {
        assertThatThrownBy(() -> new HostPort("no such host", 80).resolve())
                .isInstanceOf(TransportException.class)
                .hasMessage("address no such host:80: the host 'no such host' is not known here");
    }
}
