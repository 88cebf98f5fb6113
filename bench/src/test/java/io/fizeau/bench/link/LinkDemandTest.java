package io.fizeau.bench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fizeau.bench.plan.Row;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.impair.Impairment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkDemandTest {
    private static final Row PLAIN = row(Map.of("transport", "tcp-nio"));
    private static final Row GOOD = row(Map.of("transport", "tcp-nio", "impair", "none"));
    private static final Row BAD = row(Map.of("transport", "tcp-nio", "impair", "loss=1%:delay=2ms"));

    @Test
    void shouldAskForNothingWhereNothingIsImpaired() {
        final LinkDemand demand = LinkDemand.of(List.of(), List.of(PLAIN));
        assertThat(demand.needsLink()).isFalse();
        assertThat(demand.over(Optional.empty())).isEqualTo("none");
    }

    @Test
    void shouldTakeTheImpairmentThatARowNamesItself() {
        final LinkDemand demand = LinkDemand.of(List.of("loss=1%:delay=2ms"), List.of(BAD));
        assertThat(demand.needsLink()).isTrue();
        assertThat(demand.impairment(BAD)).isEqualTo(Impairment.parse("loss=1%:delay=2ms"));
    }

    @Test
    void shouldImpairRowsThatKnowNoImpairmentAsTheRunSays() {
        final LinkDemand demand = LinkDemand.of(List.of("delay=2ms"), List.of(PLAIN));
        assertThat(demand.impairment(PLAIN)).isEqualTo(Impairment.parse("delay=2ms"));
        assertThat(demand.isLinked(PLAIN)).isTrue();
    }

    @Test
    void shouldMeasureTheGoodRowOfAGridOverTheSameLink() {
        assertThat(LinkDemand.of(List.of(), List.of(GOOD, BAD)).isLinked(GOOD)).isTrue();
    }

    @Test
    void shouldNeedALinkToPinTcp() {
        final Row pinned = row(Map.of("transport", "tcp-nio", "congestion", "reno"));
        assertThat(LinkDemand.of(List.of(), List.of(pinned)).needsLink()).isTrue();
    }

    @Test
    void shouldRefuseSeveralImpairmentsForABenchmarkThatTakesOne() {
        assertThatThrownBy(() -> LinkDemand.of(List.of("loss=1%", "loss=5%"), List.of(PLAIN)))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("--impair names 2");
    }

    @Test
    void shouldSayThatALinkWithoutAnImpairmentHasNothingToDo() {
        assertThatThrownBy(() -> LinkChoice.of("tun", LinkDemand.of(List.of(), List.of(PLAIN))))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("--impair");
    }

    @Test
    void shouldListTheLinksToWhoNamesAnUnknownOne() {
        assertThatThrownBy(() -> LinkChoice.of("rope", LinkDemand.of(List.of(), List.of(BAD))))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("rope")
                .hasMessageContaining("tun");
    }

    @Test
    void shouldGiveEachRoundASeedOfItsOwn() {
        assertThat(LinkedRun.seedOf(42, 0)).isEqualTo(LinkedRun.seedOf(42, 0));
        assertThat(List.of(
                        LinkedRun.seedOf(42, 0),
                        LinkedRun.seedOf(42, 1),
                        LinkedRun.seedOf(43, 0),
                        LinkedRun.seedOf(41, 1)))
                .doesNotHaveDuplicates();
    }

    private static Row row(final Map<String, String> params) {
        return new Row("io.fizeau.bench.suite.Some.method", params, "method", 1);
    }
}
