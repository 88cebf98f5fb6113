package io.fizeau.bench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.bench.story.Script;
import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.trace.Trace;
import org.junit.jupiter.api.Test;

class HitTracesTest {
    private static final int SET_UP = 2;
    private static final int MESSAGES = 10;

    /** Round trips of 2 ms, but for a lost request that takes 8 ms and a lost answer that takes 6 ms. */
    private static Trace[] traces() {
        final Script client = Script.client();
        final Script server = Script.server();
        int at = 0;
        for (int i = 0; i < SET_UP + MESSAGES + 1; i++) {
            final int request = i == SET_UP + 3 ? 60 : 0;
            final int answer = i == SET_UP + 5 ? 40 : 0;
            client.sent(at, i);
            if (request > 0) {
                client.piece(at + request, Event.RESENT, i);
            }
            final int there = at + request + 10;
            server.piece(there, Event.RECEIVED, i).delivered(there, i).sent(there, i);
            if (answer > 0) {
                server.piece(there + answer, Event.RESENT, i);
            }
            final int back = there + answer + 10;
            client.piece(back, Event.RECEIVED, i).delivered(back, i);
            at = back + 1;
        }
        return new Trace[] {client.trace(), server.trace()};
    }

    @Test
    void shouldKnowWhichRequestsAndWhichAnswersWereHit() {
        final Trace[] traces = traces();
        final HitTraces.Known known = HitTraces.known(traces[0], traces[1], SET_UP, SET_UP, MESSAGES);

        assertThat(known.all()).isEqualTo(MESSAGES);
        assertThat(known.extra().count()).isEqualTo(2);
        assertThat(known.extra().percentileNs(1) / 1e6).isBetween(3.9, 4.1);
        assertThat(known.extra().maxNs() / 1e6).isBetween(5.9, 6.1);
    }

    @Test
    void shouldCountNothingOfOtherPhases() {
        final Trace[] traces = traces();

        assertThat(HitTraces.known(traces[0], traces[1], SET_UP, SET_UP, 3)
                        .extra()
                        .count())
                .isZero();
        assertThat(HitTraces.known(traces[0], traces[1], SET_UP + 4, SET_UP + 4, 100)
                        .all())
                .isEqualTo(MESSAGES + 1 - 4);
    }
}
