package io.fizeau.transports.link.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.transports.link.TcpRoute;
import org.junit.jupiter.api.Test;

class TcpRoutesTest {
    @Test
    void shouldReadBackWhatTheKernelHolds() {
        final String json =
                "[{\"type\":\"local\",\"dst\":\"127.88.1.1\",\"dev\":\"lo\",\"scope\":\"host\",\"flags\":[],"
                        + "\"metrics\":[{\"rto_min\":10,\"quickack\":1,\"congestion\":\"cubic\"}]}]";
        assertThat(TcpRoutes.parse(json)).isEqualTo(new TcpRoute("cubic", 10, true));
    }

    @Test
    void shouldReadARouteWithoutMetricsAsTheSystems() {
        assertThat(TcpRoutes.parse("[{\"dst\":\"10.88.1.2\",\"dev\":\"fizeau0\",\"flags\":[]}]"))
                .isEqualTo(TcpRoute.SYSTEM);
    }
}
