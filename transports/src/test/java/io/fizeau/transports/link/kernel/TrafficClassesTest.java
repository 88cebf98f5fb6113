package io.fizeau.transports.link.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.impair.Direction;
import org.junit.jupiter.api.Test;

class TrafficClassesTest {
    private static final String JSON =
            "[{\"kind\":\"htb\",\"handle\":\"1:\",\"root\":true,\"options\":{},\"bytes\":1,\"packets\":9,"
                    + "\"drops\":0},{\"kind\":\"tbf\",\"handle\":\"10:\",\"parent\":\"1:10\",\"options\":{\"rate\":6250000},\"bytes\":77,"
                    + "\"packets\":812,\"drops\":31,\"overlimits\":5},{\"kind\":\"tbf\",\"handle\":\"20:\",\"parent\":\"1:20\",\"bytes\":1,"
                    + "\"packets\":4,\"drops\":0}]";

    @Test
    void shouldTellTheDirectionsApartByTheirAddresses() {
        assertThat(TrafficClasses.commands(Direction.TO_SERVER, TokenBucket.words(50_000_000, 65_536)))
                .map(words -> String.join(" ", words))
                .containsExactly(
                        "class add dev lo parent 1: classid 1:10 htb rate 100gbit",
                        "qdisc add dev lo parent 1:10 handle 10: tbf rate 50000000bit burst 6250b limit 65536b",
                        "filter add dev lo parent 1: protocol ip u32 match ip src 127.88.0.1/32"
                                + " match ip dst 127.88.1.1/32 flowid 1:10");
        assertThat(TrafficClasses.commands(Direction.TO_CLIENT, TokenBucket.words(1_000_000, 1)))
                .map(words -> String.join(" ", words))
                .contains(
                        "qdisc add dev lo parent 1:20 handle 20: tbf rate 1000000bit burst 6056b limit 6056b",
                        "filter add dev lo parent 1: protocol ip u32 match ip src 127.88.1.1/32"
                                + " match ip dst 127.88.0.1/32 flowid 1:20");
    }

    @Test
    void shouldReadTheCountsOfADirection() {
        assertThat(TrafficClasses.counts(JSON, Direction.TO_SERVER)).isEqualTo(new TrafficClasses.Counts(812, 31));
        assertThat(TrafficClasses.counts(JSON, Direction.TO_CLIENT)).isEqualTo(new TrafficClasses.Counts(4, 0));
        assertThat(TrafficClasses.counts("[]", Direction.TO_CLIENT)).isEqualTo(TrafficClasses.Counts.ZERO);
    }
}
