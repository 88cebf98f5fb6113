package io.fizeau.core.load.many;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.latency.LatencyDistribution;
import io.fizeau.core.latency.LatencyRecorder;
import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Idle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;

/**
 * New connections all the time: each is made, carries one message to the server and its answer back, and is closed. Up to a given number
 * are being made at once. A connection counts once its answer is back, because an operating system tells a client that it is connected
 * before the server has heard of it.
 *
 * <p>Every byte of every answer is checked. Used by one thread, which is the thread that may poll the node.
 */
public final class ConnectionSetUps implements AutoCloseable {
    private static final int POLL_LIMIT = 64;
    private static final int IDLES_PER_LOOK = 1024;

    private final ClientEnd end;
    private final List<SetUpLane> lanes = new ArrayList<>();
    private final LatencyRecorder opened = LatencyRecorder.withEpisodes();
    private final LatencyRecorder answered = LatencyRecorder.withEpisodes();
    private final IdleStrategy idle;
    private long started;
    private long done;
    private long target;
    private int untilLook = IDLES_PER_LOOK;

    private ConnectionSetUps(final ClientEnd end, final int underWay) {
        this.end = end;
        // Where the transport's threads do the work they need the processor.
        this.idle = (end.isOwn() ? Idle.YIELD : end.settings().idle()).newStrategy();
        for (int i = 0; i < underWay; i++) {
            lanes.add(new SetUpLane(end));
        }
    }

    /**
     * A load over an open node.
     *
     * @param end where it starts from.
     * @param underWay how many connections are being made at once; 1 for one after the other.
     * @return the load; there is no connection yet.
     * @throws TransportException if the transport cannot be used so.
     */
    public static ConnectionSetUps over(final ClientEnd end, final int underWay) {
        // One under way is what a blocking connect and a blocking read do, on the thread that calls.
        if (underWay > 1 || end.isOwn()) {
            end.check();
        }
        return new ConnectionSetUps(end, underWay);
    }

    /**
     * Until so many more connections were made, used and closed since the last call.
     *
     * @param connections how many; what was made beyond the last call's number counts for this one.
     * @return how many there have been in all.
     * @throws TransportException if one cannot be made in time, or brings back something else than was sent.
     */
    public long advance(final int connections) {
        target += connections;
        while (done < target) {
            if (turn() == 0) {
                idle.idle();
                if (--untilLook <= 0) {
                    look();
                }
            }
        }
        return done;
    }

    /**
     * How long it took from the call of connect until the connection was open at this end.
     *
     * @return a copy; empties the recorder.
     */
    public LatencyDistribution takeOpened() {
        return opened.take();
    }

    /**
     * How long it took from the call of connect until the answer to the first message was back.
     *
     * @return a copy; empties the recorder.
     */
    public LatencyDistribution takeAnswered() {
        return answered.take();
    }

    /** Forgets what was recorded, and closes what is under way: an iteration begins with nothing. */
    public void reset() {
        lanes.forEach(SetUpLane::abandon);
        poll();
        target = done;
        opened.reset();
        answered.reset();
    }

    /** Closes what is under way; the node stays open. */
    @Override
    public void close() {
        lanes.forEach(SetUpLane::abandon);
    }

    private int turn() {
        int work = 0;
        for (int i = 0; i < lanes.size(); i++) {
            final SetUpLane lane = lanes.get(i);
            switch (lane.state()) {
                case IDLE -> {
                    lane.start(started++);
                    work++;
                }
                case UNDER_WAY -> {
                    if (end.driving() == Driving.CALLER) {
                        lane.sendAgain();
                    }
                }
                case ANSWERED -> {
                    lane.finish(opened, answered);
                    done++;
                    work++;
                }
                case FAILED ->
                    throw failure(lane.trouble() + LocalPorts.doubt(end.address(), lane.closeReason(), started));
            }
        }
        return work + poll();
    }

    private int poll() {
        if (end.isOwn()) {
            return 0;
        }
        final int work = end.node().poll(POLL_LIMIT);
        // The shortest way to an answer, and for some transports the only one.
        return work == 0 && lanes.size() == 1 && lanes.get(0).state() == SetUpLane.State.UNDER_WAY
                ? lanes.get(0).connection().poll(1)
                : work;
    }

    private void look() {
        untilLook = IDLES_PER_LOOK;
        if (!end.watch().isAlive()) {
            throw failure("the server is gone");
        }
        final long nowNs = System.nanoTime();
        for (final SetUpLane lane : lanes) {
            if (lane.state() == SetUpLane.State.UNDER_WAY
                    && lane.ageNs(nowNs) > end.settings().timeoutNs()) {
                throw failure("it was not answered within "
                        + TimeUnit.NANOSECONDS.toMillis(end.settings().timeoutNs()) + " ms");
            }
        }
    }

    private TransportException failure(final String what) {
        final String diagnosis = end.watch().diagnosis();
        return new TransportException(
                TransportException.NextStep.FAIL_RUN,
                "connection " + started + " to " + end.address().text() + ": " + what
                        + (diagnosis.isEmpty() ? "" : "; " + diagnosis));
    }
}
