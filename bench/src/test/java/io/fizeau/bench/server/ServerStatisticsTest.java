package io.fizeau.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerStatisticsTest {
    @Test
    void shouldGoFromOneProcessToAnotherAsALine() {
        final ServerStatistics statistics = new ServerStatistics(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(ServerStatistics.parse(statistics.line())).isEqualTo(statistics);
        assertThat(ServerStatistics.parse("messages=1 news=2").messages()).isEqualTo(1);
        assertThat(statistics.since(new ServerStatistics(1, 1, 1, 1, 1, 1, 1, 1)))
                .isEqualTo(new ServerStatistics(0, 1, 2, 3, 4, 5, 6, 7));
    }

    @Test
    void shouldAddUpThePollsThatAThreadCounts() {
        final PollCounter counter = new PollCounter();
        counter.add(1024, 3);
        counter.add(1, 1);
        assertThat(counter.polls()).isEqualTo(1025);
        assertThat(counter.useful()).isEqualTo(4);
    }
}
