package io.fizeau.core.noise;

import io.fizeau.core.host.HostFiles;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what disturbed this process and this host between two edges. All reading is done at the edges; in between there is only
 * the thread of the {@link HiccupMeter}. What the platform does not tell is unavailable, with the reason; nothing here throws.
 *
 * <p>Hiccups are of the time from {@link #startTiming()} to {@link #stopTiming()}, which allocate nothing and so can stand
 * close to what is timed; of the whole time between the edges if these are not called. Thread-safe.
 */
public final class NoiseMeter implements AutoCloseable {
    private final HostFiles files;
    private final HiccupMeter hiccups = new HiccupMeter();
    private @Nullable KernelSnapshot kernel;
    private @Nullable JvmSnapshot jvm;
    private @Nullable Map<NoiseFigure, NoiseValue> timed;
    private long beginNs;

    /**
     * Starts the meter's thread, which runs where the calling one may: that should not be pinned.
     *
     * @param files the host's.
     */
    public NoiseMeter(final HostFiles files) {
        this.files = files;
        hiccups.start();
    }

    /** The first edge. Takes some milliseconds. */
    public synchronized void begin() {
        kernel = KernelSnapshot.read(files);
        jvm = JvmSnapshot.read(files);
        timed = null;
        hiccups.reset();
        beginNs = System.nanoTime();
    }

    /** What is timed begins: hiccups count from here. */
    public synchronized void startTiming() {
        hiccups.reset();
    }

    /** What is timed has ended: hiccups no longer count. */
    public synchronized void stopTiming() {
        timed = hiccups.take(System.nanoTime());
    }

    /**
     * The second edge. Takes some milliseconds.
     *
     * @return what happened since {@link #begin()}.
     */
    public synchronized NoiseReport end() {
        final long endNs = System.nanoTime();
        final Map<NoiseFigure, NoiseValue> values = new EnumMap<>(NoiseFigure.class);
        values.putAll(timed == null ? hiccups.take(endNs) : timed);
        if (kernel != null) {
            values.putAll(KernelSnapshot.read(files).since(kernel));
        }
        if (jvm != null) {
            values.putAll(JvmSnapshot.read(files).since(jvm));
        }
        return new NoiseReport(endNs - beginNs, values);
    }

    /** Ends the meter's thread. Idempotent. */
    @Override
    public void close() {
        hiccups.close();
    }
}
