package io.fizeau.core.noise;

import io.fizeau.core.host.HostFiles;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What this JVM had counted at one moment. Immutable.
 *
 * @param gcCount collections so far; negative if the collector does not count.
 * @param gcMs time in them, in milliseconds; negative if the collector does not count.
 * @param safepoint time at safepoints, in milliseconds.
 */
record JvmSnapshot(long gcCount, long gcMs, NoiseValue safepoint) {
    private static final String SAFEPOINT_TICKS = "sun.rt.safepointTime";
    private static final String TICKS_PER_SECOND = "sun.os.hrt.frequency";
    private static final double MS_PER_SECOND = 1_000;

    static JvmSnapshot read(final HostFiles files) {
        long count = 0;
        long ms = 0;
        final List<GarbageCollectorMXBean> beans = ManagementFactory.getGarbageCollectorMXBeans();
        for (final GarbageCollectorMXBean bean : beans) {
            count = count < 0 || bean.getCollectionCount() < 0 ? -1 : count + bean.getCollectionCount();
            ms = ms < 0 || bean.getCollectionTime() < 0 ? -1 : ms + bean.getCollectionTime();
        }
        return new JvmSnapshot(
                beans.isEmpty() ? -1 : count,
                beans.isEmpty() ? -1 : ms,
                safepoint(
                        PerformanceCounters.read(files, ProcessHandle.current().pid())));
    }

    Map<NoiseFigure, NoiseValue> since(final JvmSnapshot earlier) {
        final Map<NoiseFigure, NoiseValue> values = new EnumMap<>(NoiseFigure.class);
        values.put(NoiseFigure.GC_COUNT, difference(gcCount, earlier.gcCount));
        values.put(NoiseFigure.GC_TIME, difference(gcMs, earlier.gcMs));
        values.put(
                NoiseFigure.SAFEPOINT_TIME,
                safepoint.isKnown() && earlier.safepoint.isKnown()
                        ? NoiseValue.of(Math.max(0, safepoint.value() - earlier.safepoint.value()))
                        : safepoint);
        return values;
    }

    /** From the counters of a JVM; ticks become time by the clock they were taken from. */
    static NoiseValue safepoint(final Map<String, Long> counters) {
        final long ticksPerSecond = counters.getOrDefault(TICKS_PER_SECOND, 0L);
        final Long ticks = counters.get(SAFEPOINT_TICKS);
        return ticks == null || ticksPerSecond <= 0
                ? NoiseValue.unavailable("this JVM shows no counter " + SAFEPOINT_TICKS
                        + ": another JVM than HotSpot, or -XX:-UsePerfData, or -XX:+PerfDisableSharedMem")
                : NoiseValue.of(ticks * MS_PER_SECOND / ticksPerSecond);
    }

    private static NoiseValue difference(final long now, final long before) {
        return now < 0 || before < 0
                ? NoiseValue.unavailable("this JVM's collector does not count")
                : NoiseValue.of(now - before);
    }
}
