package io.fizeau.bench.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.transports.datagram.session.DatagramTrace.Event;
import io.fizeau.transports.datagram.trace.TraceHeader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryTest {
    /** One way takes 1 ms. Message 1 is lost, 2 to 4 show it, and it is sent again after 2.5 ms. */
    private static Script sender() {
        final Script sender = Script.client();
        for (int i = 0; i < 6; i++) {
            sender.sent(i, i);
        }
        sender.piece(20, Event.ACKNOWLEDGED, 0, 0);
        for (int i = 2; i < 5; i++) {
            sender.piece(20 + i, Event.ACKNOWLEDGED, i, i);
        }
        sender.piece(26, Event.LOST, 1, 1).piece(26, Event.RESENT, 6, 1).piece(46, Event.ACKNOWLEDGED, 6, 1);
        return sender.sent(100, 7);
    }

    private static Script receiver() {
        final Script receiver = Script.server();
        receiver.piece(10, Event.RECEIVED, 0, 0).delivered(10, 0);
        for (int i = 2; i < 6; i++) {
            receiver.piece(10 + i, Event.RECEIVED, i, i);
        }
        receiver.piece(36, Event.RECEIVED, 6, 1);
        for (int i = 1; i < 6; i++) {
            receiver.delivered(36, i);
        }
        return receiver.piece(110, Event.RECEIVED, 7, 7);
    }

    private static TracedWay way() {
        return TracedWay.of(sender().trace(), Optional.of(receiver().trace()));
    }

    private static List<String> texts(final Story story) {
        return story.steps().stream().map(Step::text).toList();
    }

    @Test
    void shouldTellOfALossWhoShowedItAndWhenItWasSentAgain() {
        final TracedWay way = way();
        final Story story = Story.of(way, way.messages().get(1));

        assertThat(texts(story))
                .containsExactly(
                        "accepted, to leave in one datagram",
                        "sent datagram 1, 100 bytes, which was dropped on the way",
                        "took datagram 1 for lost",
                        "sent datagram 1 again",
                        "received datagram 1",
                        "delivered",
                        "learned that datagram 1 has come");
        assertThat(story.steps()).map(Step::ns).startsWith(0L, 0L, 2_500_000L).isSorted();
        assertThat(story.ending())
                .isEqualTo(
                        "took 3.5 ms: one datagram was lost, 3 later ones showed it, it was sent again after 2.5 ms.");
    }

    @Test
    void shouldTellOfAMessageThatOnlyWaitedBehindALostOne() {
        final TracedWay way = way();
        final TracedWay.Message message = way.messages().get(3);

        assertThat(way.isHit(message)).isFalse();
        assertThat(Story.of(way, message).ending())
                .isEqualTo(
                        "took 3.3 ms: nothing of it was lost or sent again; once there it waited 2.3 ms for what came"
                                + " before it.");
    }

    @Test
    void shouldListTheSlowestAndCountWhatWasDropped() {
        final TracedWay way = way();

        assertThat(way.slowest(2)).map(TracedWay.Message::index).containsExactly(1L, 2L);
        assertThat(way.messages().stream().filter(way::isHit))
                .map(TracedWay.Message::index)
                .containsExactly(1L);
        assertThat(way.droppedDatagrams()).isEqualTo(1);
    }

    @Test
    void shouldNotSubtractTimesOfTwoClocks() {
        final Script far = new Script(TraceHeader.Role.SERVER, "another boot");
        far.piece(5, Event.RECEIVED, 6, 1).delivered(8, 1);
        final TracedWay way = TracedWay.of(sender().trace(), Optional.of(far.trace()));
        final Story story = Story.of(way, way.messages().get(1));

        assertThat(way.tookNs(way.messages().get(1))).isEmpty();
        assertThat(story.ending()).contains("have not the same clock");
        assertThat(story.steps().get(story.steps().size() - 2).ns())
                .as("counted from the receiver's own first step")
                .isZero();
        assertThat(new TracedConnection("000", Optional.of(sender().trace()), Optional.of(far.trace())).remarks())
                .anyMatch(remark -> remark.contains("not comparable"));
    }

    @Test
    void shouldTellOfRequestsAndOfWhatRedundancyRestored() {
        final Script client =
                Script.client().sent(0, 0).sent(1, 1).sent(2, 2).sent(3, 3).sent(200, 4);
        client.piece(60, Event.RESENT, 2);
        final Script server = Script.server()
                .piece(10, Event.RECEIVED, 0)
                .delivered(10, 0)
                .piece(13, Event.RESTORED, 1)
                .delivered(13, 1)
                .piece(13, Event.RECEIVED, 3)
                .length(50, Event.REQUESTED, 2, 1)
                .piece(70, Event.RECEIVED, 2)
                .delivered(70, 2)
                .delivered(70, 3)
                .piece(210, Event.RECEIVED, 4);
        final TracedWay way = TracedWay.of(client.trace(), Optional.of(server.trace()));

        assertThat(Story.of(way, way.messages().get(1)).ending())
                .isEqualTo("took 1.2 ms: one datagram was lost, redundancy restored it.");
        assertThat(Story.of(way, way.messages().get(2)).ending())
                .isEqualTo(
                        "took 6.8 ms: one datagram was lost, the receiver asked for it, it was sent again after 5.8 ms.");
        assertThat(texts(Story.of(way, way.messages().get(2)))).contains("asked for datagram 1");
        assertThat(way.messages().stream().filter(way::isHit))
                .map(TracedWay.Message::index)
                .containsExactly(1L, 2L);
    }

    @Test
    void shouldTellASpuriousRepetitionFromOneThatWasNeeded() {
        final Script client = Script.client().sent(0, 0).sent(1, 1).sent(200, 2);
        client.length(15, Event.TIMEOUT, 1, 1).piece(15, Event.LOST, 1).piece(15, Event.RESENT, 1);
        final Script server = Script.server()
                .piece(10, Event.RECEIVED, 0)
                .delivered(10, 0)
                .piece(19, Event.RECEIVED, 1)
                .delivered(19, 1)
                .piece(25, Event.DUPLICATE, 1)
                .piece(210, Event.RECEIVED, 2);
        final TracedWay way = TracedWay.of(client.trace(), Optional.of(server.trace()));
        final Story story = Story.of(way, way.messages().get(1));

        assertThat(way.droppedDatagrams()).isZero();
        assertThat(story.ending())
                .isEqualTo(
                        "took 1.8 ms: nothing of it was lost, but a time-out passed before the sender learned that it"
                                + " had come, and it was sent again for nothing, after 1.4 ms.");
        assertThat(texts(story)).contains("received datagram 1 once more");
    }

    @Test
    void shouldNotGuessWhichUnnumberedDatagramCame() {
        final Script client = Script.client().sent(0, 0).sent(10, 1);
        final Script server = Script.server();
        server.length(20, Event.RECEIVED, -1_001, 100).delivered(20, 0);
        final TracedWay way = TracedWay.of(client.trace(), Optional.of(server.trace()));

        assertThat(way.tookNs(way.messages().get(0))).isEmpty();
        assertThat(way.droppedDatagrams()).isZero();
        assertThat(new TracedConnection("", Optional.of(client.trace()), Optional.of(server.trace())).remarks())
                .anyMatch(remark -> remark.contains("carry no numbers"));
    }

    @Test
    void shouldNameEachDatagramOfALongMessage() {
        final Script client = Script.client().accepted(0, 0, 0, 2);
        client.piece(0, Event.SENT, 0, 0).piece(1, Event.SENT, 1, 1).piece(2, Event.SENT, 2, 2);
        final TracedWay way = TracedWay.of(client.trace(), Optional.empty());
        final Story story = Story.of(way, way.messages().get(0));

        assertThat(texts(story))
                .containsExactly(
                        "accepted, to leave in 3 datagrams",
                        "sent datagram 1, 100 bytes",
                        "sent datagram 2, 100 bytes",
                        "sent datagram 3, 100 bytes");
        assertThat(story.ending()).contains("the other end has left no trace");
    }
}
