package io.fizeau.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.fizeau.core.account.LedgerCounts;
import io.fizeau.core.account.PhaseReport;
import io.fizeau.core.error.TransportException;
import io.fizeau.core.message.ControlFrame;
import io.fizeau.core.schedule.Arrivals;
import io.fizeau.core.tck.faulty.Fault;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.ConnectionHandler;
import io.fizeau.core.transport.Delivery;
import io.fizeau.core.transport.SendStatus;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OpenLoopTest {
    private static final int MESSAGES = 2_000;
    /** Of messages that do not come: each phase with one waits for it. */
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(2);

    /** Where all come: reached only by a fault, however busy the machine is. */
    private static final long PATIENT_NS = TimeUnit.SECONDS.toNanos(30);

    @ParameterizedTest
    @CsvSource({"constant, 1, SENDER", "poisson, 3, SENDER", "burst:8, 1, RECEIVER", "constant, 4, RECEIVER"})
    void shouldAccountForEachMessageWhereNothingIsWrong(
            final String arrivals, final int connections, final OpenLoopSettings.Delivery delivery) {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                OpenLoop loop = rig.openLoop(settings(arrivals, connections, delivery))) {
            loop.verify(100);
            for (int phase = 0; phase < 3; phase++) {
                final PhaseReport report = run(loop);
                final LedgerCounts counts = report.counts();
                assertThat(counts.accepted()).isGreaterThanOrEqualTo(MESSAGES);
                assertThat(counts.onTime() + counts.late()).isEqualTo(counts.accepted());
                assertThat(counts.duplicated() + counts.reordered() + counts.corrupt() + counts.stale())
                        .isZero();
                assertThat(report.response().count()).isEqualTo(counts.due());
                assertThat(report.service().count()).isEqualTo(counts.accepted());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"SENDER", "RECEIVER"})
    void shouldKeepWhenEachAnswerCameAsFarAsThereIsRoom(final OpenLoopSettings.Delivery delivery) {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                OpenLoop loop = rig.openLoop(settings("constant", 1, delivery))) {
            final DeliveryTrace trace = new DeliveryTrace(MESSAGES / 2);
            loop.traceInto(trace);
            final long startNs = System.nanoTime();
            final LedgerCounts counts = run(loop).counts();
            final long[] times = trace.timesNs();
            assertThat(times).hasSize(MESSAGES / 2).isSorted();
            assertThat(times[0]).isGreaterThanOrEqualTo(startNs);
            assertThat(times[times.length - 1]).isLessThanOrEqualTo(System.nanoTime());
            assertThat(trace.beyond()).isEqualTo(counts.accepted() - trace.size());
            trace.clear();
            assertThat(trace.size()).isZero();
            assertThat(trace.beyond()).isZero();
        }
    }

    @Test
    void shouldAllocateNextToNothingOfItsOwnWhileMessagesAreUnderWay() {
        final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(bean.isThreadAllocatedMemoryEnabled(), "this JVM does not count allocation by thread");
        final long me = Thread.currentThread().getId();
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                OpenLoop loop = rig.openLoop(settings("constant", 1, OpenLoopSettings.Delivery.SENDER))) {
            loop.reserve(60); // of whatever falls due while a thread waits for a processor
            run(loop);
            // The least of some: on a busy machine, in code that is not compiled yet, 19 kB were seen in one.
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 20 && least >= 4L * MESSAGES; round++) {
                final long beforeBytes = bean.getThreadAllocatedBytes(me);
                loop.begin(Check.SEQUENCE);
                for (int i = 0; i < MESSAGES; i++) {
                    loop.sendNext();
                }
                loop.finish();
                least = Math.min(least, bean.getThreadAllocatedBytes(me) - beforeBytes);
                assertThat(loop.report().counts().accepted()).isGreaterThanOrEqualTo(MESSAGES);
            }
            assertThat(least).isLessThan(4L * MESSAGES);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, SENDER", "1, RECEIVER", "3, RECEIVER"})
    void shouldTellWhichShareOfThePollsFoundSomethingWhoeverPolls(
            final int connections, final OpenLoopSettings.Delivery delivery) {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                OpenLoop loop = rig.openLoop(settings("constant", connections, delivery))) {
            run(loop);
            assertThat(loop.usefulPollShare()).isGreaterThan(0).isLessThan(1);
        }
    }

    @Test
    void shouldTraceOneConnectionOnly() {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                OpenLoop loop = rig.openLoop(settings("constant", 2, OpenLoopSettings.Delivery.SENDER))) {
            assertThatThrownBy(() -> loop.traceInto(new DeliveryTrace(1)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("connections=2");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, SENDER", "2, 1, SENDER", "3, 3, SENDER", "4, 3, RECEIVER"})
    void shouldAccountForWhatATransportDoesWrongAtKnownRates(
            final long seed, final int connections, final OpenLoopSettings.Delivery delivery) {
        final Mischief mischief = new Mischief(seed);
        try (LoadRig rig = new LoadRig(Fault.NONE, mischief);
                OpenLoop loop = rig.openLoop(settings("constant", connections, delivery, DEADLINE_NS))) {
            long delayedBefore = 0;
            for (int phase = 1; phase <= 3; phase++) {
                final PhaseReport report = run(loop);
                final LedgerCounts counts = report.counts();
                final Fates fates = mischief.fates(phase);
                assertThat(counts.accepted()).as("seed %d", seed).isEqualTo(fates.seen);
                assertThat(counts.lost()).isEqualTo(fates.lost + fates.corrupted + fates.delayed);
                assertThat(counts.duplicated()).isEqualTo(fates.duplicated);
                assertThat(counts.reordered()).isEqualTo(fates.reordered);
                assertThat(counts.corrupt()).isEqualTo(fates.corrupted);
                assertThat(counts.stale()).isEqualTo(delayedBefore);
                assertThat(fates.lost * fates.duplicated * fates.reordered * fates.corrupted * fates.delayed)
                        .as("each happened")
                        .isPositive();
                // The missing ones are in the percentiles, as at least the deadline.
                assertThat(report.response().count()).isEqualTo(counts.due());
                assertThat(report.response().maxNs()).isGreaterThanOrEqualTo(DEADLINE_NS);
                delayedBefore = fates.delayed;
            }
        }
    }

    @Test
    void shouldFailAPassThatFindsAnotherByte() {
        try (LoadRig rig = LoadRig.withResponder(Fault.CORRUPT);
                OpenLoop loop =
                        rig.openLoop(settings("constant", 1, OpenLoopSettings.Delivery.SENDER, DEADLINE_NS / 4))) {
            assertThatThrownBy(() -> loop.verify(300))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("wrong messages");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, SENDER", "8, SENDER", "8, RECEIVER"})
    void shouldKeepAWindowUnderWay(final int window, final OpenLoopSettings.Delivery delivery) {
        final WholeWindows far = new WholeWindows(window);
        try (LoadRig rig = new LoadRig(Fault.NONE, far);
                OpenLoop loop = rig.openLoop(settings("constant", 1, delivery))) {
            loop.begin(Check.SEQUENCE);
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(loop.sendWithin(window)).isEqualTo(i);
            }
            final PhaseReport report = loop.end();
            assertThat(report.counts().onTime()).isEqualTo(MESSAGES);
            assertThat(far.most()).isEqualTo(window);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, SENDER", "3, SENDER", "1, RECEIVER"})
    void shouldEndAtOnceWhenTheServerCloses(final int connections, final OpenLoopSettings.Delivery delivery) {
        try (LoadRig rig = LoadRig.withResponder(Fault.NONE);
                OpenLoop loop = rig.openLoop(settings("constant", connections, delivery))) {
            run(loop);
            loop.begin(Check.SEQUENCE);
            for (int i = 0; i < MESSAGES; i++) {
                loop.sendNext();
            }
            rig.closeServer();
            assertThatThrownBy(() -> goOn(loop))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("connection is closed");
        }
    }

    /** The connection stays as it is: a process that was killed closes nothing in shared memory. */
    @ParameterizedTest
    @CsvSource({"SENDER", "RECEIVER"})
    void shouldEndBeforeAnyTimeOutWhenTheServerDiesSilently(final OpenLoopSettings.Delivery delivery) {
        final Dying far = new Dying();
        try (LoadRig rig = new LoadRig(Fault.NONE, far);
                OpenLoop loop = rig.openLoop(settings("constant", 1, delivery), far)) {
            run(loop);
            loop.begin(Check.SEQUENCE);
            for (int i = 0; i < MESSAGES; i++) {
                loop.sendNext();
            }
            far.die();
            assertThatThrownBy(() -> goOn(loop))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("the server is gone")
                    .hasMessageContaining("killed");
        }
    }

    @Test
    void shouldRefuseMoreReceivingThreadsThanThereIsRoomFor() {
        assertThatThrownBy(() -> settings("constant", 65, OpenLoopSettings.Delivery.RECEIVER))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("connections=65 must be from 1 to 64");
    }

    /** For as long as it gets on: a phase would go on for hours. */
    private static void goOn(final OpenLoop loop) {
        while (true) {
            loop.sendNext();
        }
    }

    private static PhaseReport run(final OpenLoop loop) {
        loop.begin(Check.SEQUENCE);
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(loop.sendNext()).isEqualTo(i);
        }
        return loop.end();
    }

    private static OpenLoopSettings settings(
            final String arrivals, final int connections, final OpenLoopSettings.Delivery delivery) {
        return settings(arrivals, connections, delivery, PATIENT_NS);
    }

    private static OpenLoopSettings settings(
            final String arrivals,
            final int connections,
            final OpenLoopSettings.Delivery delivery,
            final long deadlineNs) {
        return new OpenLoopSettings(Arrivals.parse(arrivals, 20_000, 1), deadlineNs, connections, delivery);
    }

    /** Answers only once a whole window is there: a loop that leaves less under way gets no answer, and one that leaves more is seen. */
    private static final class WholeWindows implements ConnectionHandler {
        private final Responder responder = new Responder(true);
        private final List<byte[]> held = new ArrayList<>();
        private final int window;
        private int most;

        WholeWindows(final int window) {
            this.window = window;
        }

        synchronized int most() {
            return most;
        }

        @Override
        public void onOpen(final Connection connection) {
            responder.onOpen(connection);
        }

        @Override
        public synchronized Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            if (ControlFrame.isControl(buffer, offset, length)) {
                return responder.onMessage(connection, buffer, offset, length);
            }
            final byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            held.add(message);
            most = Math.max(most, held.size());
            if (held.size() == window) {
                held.forEach(each -> connection.send(new UnsafeBuffer(each), 0, each.length));
                held.clear();
            }
            return Delivery.CONSUMED;
        }
    }

    /** A far end that does nothing any more from some moment on. */
    private static final class Dying implements ConnectionHandler, PeerWatch {
        private final Responder responder = new Responder(true);
        private volatile boolean isAlive = true;

        void die() {
            isAlive = false;
        }

        @Override
        public boolean isAlive() {
            return isAlive;
        }

        @Override
        public String diagnosis() {
            return isAlive ? "" : "killed";
        }

        @Override
        public void onOpen(final Connection connection) {
            responder.onOpen(connection);
        }

        @Override
        public Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            return isAlive ? responder.onMessage(connection, buffer, offset, length) : Delivery.CONSUMED;
        }
    }

    /** What became of the messages of one phase. */
    private static final class Fates {
        private long seen;
        private long lost;
        private long duplicated;
        private long reordered;
        private long corrupted;
        private long delayed;
    }

    /** Answers as the far end does, but for a seeded share of messages; and counts what it does to them. */
    private static final class Mischief implements ConnectionHandler {
        private final Responder responder = new Responder(true);
        private final List<Fates> phases = new ArrayList<>();
        private final List<Runnable> delayed = new ArrayList<>();
        private final Map<Connection, byte[]> held = new HashMap<>();
        private final SplittableRandom random;
        private Fates fates = new Fates();

        Mischief(final long seed) {
            this.random = new SplittableRandom(seed);
        }

        /** Of a phase that is over: what is still held waits for the next one. */
        synchronized Fates fates(final int phase) {
            held.forEach((connection, message) -> delay(connection, message));
            held.clear();
            return phases.get(phase - 1);
        }

        @Override
        public void onOpen(final Connection connection) {
            responder.onOpen(connection);
        }

        @Override
        public synchronized Delivery onMessage(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            if (ControlFrame.isControl(buffer, offset, length)) {
                return onControl(connection, buffer, offset, length);
            }
            fates.seen++;
            final byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            final int dice = random.nextInt(100);
            if (dice < 1) {
                fates.lost++;
            } else if (dice < 3) {
                fates.duplicated++;
                send(connection, message);
                send(connection, message);
            } else if (dice < 5 && !held.containsKey(connection)) {
                held.put(connection, message);
                return Delivery.CONSUMED;
            } else if (dice < 6) {
                fates.corrupted++;
                new UnsafeBuffer(message).putInt(24, length + 1); // its length field
                send(connection, message);
            } else if (dice < 7) {
                delay(connection, message);
            } else {
                send(connection, message);
                final byte[] earlier = held.remove(connection);
                if (earlier != null) {
                    // Only behind a message of its connection that was answered is it reordered.
                    fates.reordered++;
                    send(connection, earlier);
                }
            }
            return Delivery.CONSUMED;
        }

        private void delay(final Connection connection, final byte[] message) {
            fates.delayed++;
            delayed.add(() -> send(connection, message));
        }

        private Delivery onControl(
                final Connection connection, final DirectBuffer buffer, final int offset, final int length) {
            final boolean isBegin = ControlFrame.kind(buffer, offset) == ControlFrame.Kind.BEGIN;
            if (isBegin && ControlFrame.meantPhase(buffer, offset) > phases.size()) {
                fates = new Fates();
                phases.add(fates);
            }
            final Delivery delivery = responder.onMessage(connection, buffer, offset, length);
            if (isBegin) {
                delayed.forEach(Runnable::run);
                delayed.clear();
            }
            return delivery;
        }

        private static void send(final Connection connection, final byte[] message) {
            final UnsafeBuffer buffer = new UnsafeBuffer(message);
            while (connection.send(buffer, 0, message.length) == SendStatus.BACK_PRESSURED) {
                Thread.onSpinWait(); // the client reads it empty while this callback waits
            }
        }
    }
}
