package io.fizeau.bench.jmh;

import io.fizeau.bench.server.Server;
import io.fizeau.core.host.HostFiles;
import io.fizeau.core.noise.NoiseMeter;
import io.fizeau.core.noise.NoiseReport;
import org.jspecify.annotations.Nullable;

/**
 * The one noise meter of a fork, which {@link NoiseProfiler} begins and ends around an iteration, and which a benchmark that knows
 * where its timing begins and ends tells so. Without the profiler there is no meter, and telling does nothing. Thread-safe.
 */
public final class NoiseWatch {
    private static final String NO_SERVER = HostFiles.UNAVAILABLE + "this benchmark has no server of ours";

    private static @Nullable NoiseMeter meter; // guarded by this class
    private static boolean isOn; // guarded by this class
    private static String server = NO_SERVER; // guarded by this class

    private NoiseWatch() {}

    /**
     * The last thing to be done before what is timed begins.
     *
     * @param peer the server of the benchmark, whose noise is noted as well.
     */
    public static void startTiming(final Server peer) {
        if (isOn()) {
            peer.beginNoise();
            startTiming();
        }
    }

    /**
     * The first thing to be done when what is timed has ended.
     *
     * @param peer the server.
     */
    public static void stopTiming(final Server peer) {
        if (isOn()) {
            stopTiming();
            leave(peer.endNoise());
        }
    }

    /** Called by a thread that is not pinned, because the first time the meter's thread starts where it runs. */
    static synchronized void begin() {
        if (meter == null) {
            meter = new NoiseMeter(HostFiles.ofThisHost());
        }
        server = NO_SERVER;
        meter.begin();
        isOn = true;
    }

    /** What happened since {@link #begin()}. */
    static synchronized Noise end() {
        isOn = false;
        if (meter == null) {
            throw new IllegalStateException("the noise of an iteration ended that never began");
        }
        return new Noise(meter.end(), server);
    }

    private static synchronized boolean isOn() {
        return isOn;
    }

    private static synchronized void startTiming() {
        if (meter != null) {
            meter.startTiming();
        }
    }

    private static synchronized void stopTiming() {
        if (meter != null) {
            meter.stopTiming();
        }
    }

    private static synchronized void leave(final String figures) {
        server = figures;
    }

    /**
     * What happened in an iteration.
     *
     * @param here in the fork and on its host.
     * @param server what {@link Server#endNoise()} gave.
     */
    record Noise(NoiseReport here, String server) {}
}
