package io.fizeau.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.address.Address;
import io.fizeau.core.address.HostPort;
import io.fizeau.core.message.BenchmarkFrame;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.CloseReason;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionState;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One message to all at the server, while receivers come and go. */
class ResponderFanOutTest {
    private static final int RUN = 3;
    private static final int PHASE = 1;
    private static final int MESSAGE_BYTES = 64;

    private final Responder responder = new Responder(true);
    private final List<Receiver> receivers = new ArrayList<>();

    @Test
    void shouldSkipNobodyWhenOneLeavesWhileAnotherIsWaitedFor() {
        join(4);
        receivers.get(1).refusals = 1;

        assertThat(publish()).isEqualTo(Delivery.RETRY);
        leave(receivers.get(0));
        assertThat(publish()).isEqualTo(Delivery.CONSUMED);

        assertThat(receivers).extracting(receiver -> receiver.copies).containsExactly(1, 1, 1, 1);
    }

    @Test
    void shouldSendToThoseWhoStayWhenOthersLeaveInBetween() {
        join(4);
        receivers.get(1).whenSentTo = () -> {
            leave(receivers.get(3));
            leave(receivers.get(0));
        };

        assertThat(publish()).isEqualTo(Delivery.CONSUMED);
        assertThat(publish()).isEqualTo(Delivery.CONSUMED);

        assertThat(receivers).extracting(receiver -> receiver.copies).containsExactly(1, 2, 2, 0);
    }

    @Test
    void shouldSendTheNextMessageToWhoCameMeanwhile() {
        join(2);
        receivers.get(1).refusals = 1;

        assertThat(publish()).isEqualTo(Delivery.RETRY);
        join(1);
        assertThat(publish()).isEqualTo(Delivery.CONSUMED);
        assertThat(receivers).extracting(receiver -> receiver.copies).containsExactly(1, 1, 0);

        assertThat(publish()).isEqualTo(Delivery.CONSUMED);
        assertThat(receivers).extracting(receiver -> receiver.copies).containsExactly(2, 2, 1);
    }

    private void join(int count) {
        for (int i = 0; i < count; i++) {
            Receiver receiver = new Receiver();
            receivers.add(receiver);
            responder.onOpen(receiver);
            UnsafeBuffer begin = new UnsafeBuffer(new byte[ControlFrame.BYTES]);
            ControlFrame.writeBegin(
                    begin, 0, RUN, PHASE, Responder.roleBits(Role.FAN_OUT, Check.SEQUENCE), MESSAGE_BYTES, 0);
            responder.onMessage(receiver, begin, 0, ControlFrame.BYTES);
            receiver.copies = 0;
        }
    }

    private void leave(Receiver receiver) {
        receiver.isOpen = false;
        responder.onClosed(receiver, CloseReason.PEER_CLOSED);
    }

    /** The second one sends, so that the first may leave. */
    private Delivery publish() {
        UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
        BenchmarkFrame.writeHeader(message, 0, RUN, PHASE, 0, 0, MESSAGE_BYTES);
        return responder.onMessage(receivers.get(1), message, 0, MESSAGE_BYTES);
    }

    private static final class Receiver implements Connection {
        private boolean isOpen = true;
        private int refusals;
        private int copies;
        private Runnable whenSentTo = () -> {};
        private @Nullable Object attachment;

        @Override
        public SendStatus send(DirectBuffer buffer, int offset, int length) {
            if (!isOpen) {
                return SendStatus.CLOSED;
            }
            if (refusals-- > 0) {
                return SendStatus.BACK_PRESSURED;
            }
            copies++;
            Runnable task = whenSentTo;
            whenSentTo = () -> {};
            task.run();
            return SendStatus.ACCEPTED;
        }

        @Override
        public SendStatus flush() {
            return SendStatus.ACCEPTED;
        }

        @Override
        public int poll(int limit) {
            return 0;
        }

        @Override
        public ConnectionState state() {
            return isOpen ? ConnectionState.OPEN : ConnectionState.CLOSED;
        }

        @Override
        public @Nullable CloseReason closeReason() {
            return isOpen ? null : CloseReason.PEER_CLOSED;
        }

        @Override
        public Driving driving() {
            return Driving.CALLER;
        }

        @Override
        public int maxMessageBytes() {
            return MESSAGE_BYTES;
        }

        @Override
        public Address remoteAddress() {
            return HostPort.loopback();
        }

        @Override
        public void attach(@Nullable Object user) {
            attachment = user;
        }

        @Override
        public @Nullable Object attachment() {
            return attachment;
        }

        @Override
        public void close() {
            isOpen = false;
        }
    }
}
