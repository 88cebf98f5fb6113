package io.fizeau.core.noise;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * A thread that asks to sleep for ten milliseconds, again and again, and notes how much too late it wakes: whatever holds it up, a
 * pause of the JVM, another process, a hypervisor, may hold up a measuring thread too. It sleeps between, so that it costs some
 * microseconds of a processor each time, and allocates nothing. Thread-safe.
 *
 * @implNote The idea is Gil Tene's jHiccup.
 */
final class HiccupMeter implements AutoCloseable {
    /** Often enough to meet each stall of 10 ms. Waking each millisecond beside a spinning thread, it was in the p99 of a closed loop itself. */
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long COUNTED_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LOWEST_NS = 1_000;
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 2;
    private static final double P99 = 99;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(LOWEST_NS, HIGHEST_NS, DIGITS);
    private final Thread thread = new Thread(this::sleepAndNote, "fizeau-hiccup-meter");
    private Histogram interval = recorder.getIntervalHistogram();
    /** When the thread woke last: written by it. */
    private volatile long lastWakeNs = System.nanoTime();

    private volatile boolean isOn;

    /** Starts the thread. It runs where the calling thread may run, which should therefore not be pinned. */
    void start() {
        isOn = true;
        lastWakeNs = System.nanoTime();
        thread.setDaemon(true);
        thread.start();
    }

    /** Forgets what was noted so far. */
    synchronized void reset() {
        recorder.reset();
    }

    /**
     * What was noted since the last call or reset. A sleep that should be over by now and is not counts as well: a meter that
     * never gets to run must not report silence.
     */
    synchronized Map<NoiseFigure, NoiseValue> take(final long nowNs) {
        interval = recorder.getIntervalHistogram(interval);
        final long pendingNs = isOn ? Math.max(0, nowNs - lastWakeNs - PERIOD_NS) : 0;
        if (pendingNs > Math.max(COUNTED_NS, interval.getMaxValue())) {
            interval.recordValue(Math.min(pendingNs, HIGHEST_NS));
        }
        final Map<NoiseFigure, NoiseValue> values = new EnumMap<>(NoiseFigure.class);
        if (interval.getTotalCount() == 0) {
            final NoiseValue none = NoiseValue.unavailable("the time was too short for a single sleep of 10 ms");
            values.put(NoiseFigure.HICCUP_MAX, none);
            values.put(NoiseFigure.HICCUP_P99, none);
            values.put(NoiseFigure.HICCUP_COUNT, none);
            return values;
        }
        values.put(NoiseFigure.HICCUP_MAX, ms(interval.getMaxValue()));
        values.put(NoiseFigure.HICCUP_P99, ms(interval.getValueAtPercentile(P99)));
        values.put(NoiseFigure.HICCUP_COUNT, NoiseValue.of((double)
                interval.getCountBetweenValues(COUNTED_NS, HIGHEST_NS)));
        return values;
    }

    /** Notes one sleep; called by one thread. */
    void onWake(final long startNs, final long nowNs) {
        recorder.recordValue(Math.min(HIGHEST_NS, Math.max(0, nowNs - startNs - PERIOD_NS)));
        lastWakeNs = nowNs;
    }

    @Override
    public void close() {
        isOn = false;
        LockSupport.unpark(thread);
    }

    private void sleepAndNote() {
        long startNs = System.nanoTime();
        while (isOn) {
            LockSupport.parkNanos(PERIOD_NS);
            final long nowNs = System.nanoTime();
            onWake(startNs, nowNs);
            startNs = nowNs;
        }
    }

    private static NoiseValue ms(final long ns) {
        return NoiseValue.of(ns / 1e6);
    }
}
