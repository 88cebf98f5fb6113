package io.fizeau.transports.link.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.Impairment;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NftRulesTest {
    @Test
    void shouldDropThePacketsOfTheScheduleInItsDirectionOnly() {
        final List<String> scripts = NftRules.scripts(Impairment.parse("up.loss=1%:seed=42"));
        assertThat(scripts.get(0))
                .contains("numgen inc mod 1000000 vmap @schedule_to_server")
                .contains("ip saddr 127.88.0.1 ip daddr 127.88.1.1 jump way_to_server")
                .contains("ip saddr 127.88.1.1 ip daddr 127.88.0.1 jump way_to_client")
                .doesNotContain("schedule_to_client");
        assertThat(scripts.get(1))
                .startsWith(
                        "add element ip fizeau schedule_to_server { 112 : jump drop_to_server, 190 : jump drop_to_server,"
                                + " 266 : jump drop_to_server, 418 : jump drop_to_server,");
        assertThat(String.join("", scripts)).doesNotContain(": jump drop_to_client");
    }

    @Test
    void shouldLoadALongScheduleInParts() {
        final Impairment impairment = Impairment.parse("up.loss=1%:seed=42");
        final int[] lost = impairment.lostOfFirst(Direction.TO_SERVER, 1_000_000);
        final List<String> scripts = NftRules.scripts(impairment);
        assertThat(scripts).hasSize(1 + (lost.length + 999) / 1000);
        final Matcher matcher =
                Pattern.compile("(\\d+) : jump").matcher(String.join("", scripts.subList(1, scripts.size())));
        assertThat(matcher.results()
                        .mapToInt(found -> Integer.parseInt(found.group(1)))
                        .toArray())
                .isEqualTo(lost);
    }

    @Test
    void shouldDropAListOfPackets() {
        assertThat(NftRules.scripts(Impairment.parse("down.drops=3;17;90")))
                .last()
                .isEqualTo(
                        "add element ip fizeau schedule_to_client { 3 : jump drop_to_client, 17 : jump drop_to_client,"
                                + " 90 : jump drop_to_client }\n");
    }

    @Test
    void shouldLookNothingUpWhereNothingIsLost() {
        assertThat(NftRules.scripts(Impairment.NONE)).singleElement().asString().doesNotContain("numgen");
    }

    @ParameterizedTest
    @CsvSource({"none, 1000000", "loss=0.1%, 1000000", "loss=5%, 400000", "loss=20%, 100000", "loss=100%, 20000"})
    void shouldKeepTheRulesFewWhateverTheLoss(final String impairment, final int packets) {
        assertThat(NftRules.period(Impairment.parse(impairment).toServer())).isEqualTo(packets);
    }

    @Test
    void shouldReadTheCounterOfADirection() {
        final String json =
                "{\"nftables\": [{\"counter\": {\"family\": \"ip\", \"name\": \"lost_to_server\", \"table\": \"fizeau\","
                        + " \"handle\": 4, \"packets\": 212, \"bytes\": 58}}, {\"counter\": {\"family\": \"ip\", \"name\":"
                        + " \"lost_to_client\", \"table\": \"fizeau\", \"handle\": 5, \"packets\": 7, \"bytes\": 1}}]}";
        assertThat(NftRules.counter(json, "lost", Direction.TO_SERVER)).isEqualTo(212);
        assertThat(NftRules.counter(json, "lost", Direction.TO_CLIENT)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delay=1ms",
                "delay=2ms:jitter=1ms",
                "duplicate=1%",
                "corrupt=1%",
                "reorder=1%",
                "blackout=1s+100ms"
            })
    void shouldRefuseWhatOnlyARelayCanDo(final String impairment) {
        assertThat(NftKind.refusal(Impairment.parse(impairment)).orElse(""))
                .contains("link=nft")
                .contains("link=tun");
    }

    @Test
    void shouldRefuseBurstsInTime() {
        assertThat(NftKind.refusal(Impairment.parse("loss=1%:burst=4ms"))).isPresent();
        assertThat(NftKind.refusal(Impairment.parse("loss=1%:burst=4:rate=50mbit")))
                .isEmpty();
    }
}
