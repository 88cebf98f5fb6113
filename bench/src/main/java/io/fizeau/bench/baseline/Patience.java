package io.fizeau.bench.baseline;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.load.PeerWatch;
import java.util.concurrent.TimeUnit;

/** Spins, and ends a wait that leads nowhere. Used by one thread. */
final class Patience {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int SPINS_PER_LOOK = 1024;

    private final PeerWatch server;
    private int untilLook = SPINS_PER_LOOK;
    private long lastProgress = -1;
    private long progressedNs;

    Patience(final PeerWatch server) {
        this.server = server;
    }

    /**
     * To be called when there was nothing to do.
     *
     * @param progress any figure that changes as long as the loop gets on.
     */
    void idle(final long progress) {
        Thread.onSpinWait();
        if (--untilLook == 0) {
            look(progress);
        }
    }

    TransportException failure(final String what, final Throwable cause) {
        final String diagnosis = server.diagnosis();
        return new TransportException(
                TransportException.NextStep.FAIL_RUN, diagnosis.isEmpty() ? what : what + "; " + diagnosis, cause);
    }

    private void look(final long progress) {
        untilLook = SPINS_PER_LOOK;
        final long nowNs = System.nanoTime();
        if (progress != lastProgress) {
            lastProgress = progress;
            progressedNs = nowNs;
        } else if (nowNs - progressedNs > TIMEOUT_NS || !server.isAlive()) {
            final String diagnosis = server.diagnosis();
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN,
                    "nothing came for " + TimeUnit.NANOSECONDS.toMillis(nowNs - progressedNs) + " ms"
                            + (diagnosis.isEmpty() ? "" : "; " + diagnosis));
        }
    }
}
