package io.fizeau.core.layer;

import io.fizeau.core.settings.Driving;
import io.fizeau.core.transport.Connection;
import io.fizeau.core.transport.SendStatus;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The {@link Opening} of one connection, in time: says its words, and says them again where they may be lost. The connection's lock
 * is held while something is heard or said, because a watch may speak beside the delivering thread. It is not a monitor, in which a
 * virtual thread would hold up others while its send waits.
 */
final class Exchange {
    private static final long FIRST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(320);

    private final Opening opening;
    private final boolean isReliable;
    private final boolean isSentConcurrently;
    private final long timeoutNs;
    private final UnsafeBuffer words;
    private final ReentrantLock lock;
    private long deadlineNs; // begin, before anybody else sees it
    private long againNs; // under the lock, as the next two
    private long pauseNs = FIRST_PAUSE_NS;
    private boolean isTaken = true;

    Exchange(final Opening opening, final Wrapping wrapping, final ReentrantLock lock) {
        this.opening = opening;
        this.lock = lock;
        this.isReliable = wrapping.isReliable();
        this.isSentConcurrently = wrapping.isSentConcurrently();
        this.timeoutNs = wrapping.source().openingTimeoutNs();
        this.words = new UnsafeBuffer(new byte[wrapping.source().openingBytes()]);
    }

    void begin(final Connection below) {
        final long nowNs = System.nanoTime();
        deadlineNs = nowNs + timeoutNs;
        lock.lock();
        try {
            againNs = nowNs + pauseNs;
            sayNow(below);
        } finally {
            lock.unlock();
        }
    }

    Opening.Step hear(final DirectBuffer buffer, final int offset, final int length) {
        lock.lock();
        try {
            return opening.hear(buffer, offset, length);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says the words.
     *
     * @return false if a transport that loses nothing did not take them: then they are due.
     */
    boolean say(final Connection below) {
        lock.lock();
        try {
            return sayNow(below);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says the words unless they were taken already.
     *
     * @return false if they still are due.
     */
    boolean sayIfDue(final Connection below) {
        lock.lock();
        try {
            return isTaken || sayNow(below);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says the words again if it is time. Without a promise that nothing is lost; with it, only what was not taken. By a thread that
     * may send: the one that polls where the caller drives, any where the transport does and promises concurrent sends.
     */
    void remind(final Connection below, final long nowNs) {
        lock.lock();
        try {
            if (nowNs - againNs < 0 || (isReliable && isTaken) || !maySpeak(below)) {
                return;
            }
            pauseNs = Math.min(2 * pauseNs, LONGEST_PAUSE_NS);
            againNs = nowNs + pauseNs;
            sayNow(below);
        } finally {
            lock.unlock();
        }
    }

    boolean isLate(final long nowNs) {
        return nowNs - deadlineNs >= 0;
    }

    long timeoutMs() {
        return TimeUnit.NANOSECONDS.toMillis(timeoutNs);
    }

    /** Whether others than callbacks may send. */
    private boolean maySpeak(final Connection below) {
        return isSentConcurrently || below.driving() == Driving.CALLER;
    }

    private boolean sayNow(final Connection below) {
        final int length = opening.words(words);
        if (length == Opening.NOTHING) {
            return true;
        }
        final SendStatus status = below.send(words, 0, length);
        if (status == SendStatus.ACCEPTED) {
            below.flush();
        }
        isTaken = !isReliable || status != SendStatus.BACK_PRESSURED;
        return isTaken;
    }
}
