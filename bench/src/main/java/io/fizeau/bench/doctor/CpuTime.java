package io.fizeau.bench.doctor;

import java.util.Locale;

/**
 * The first line of /proc/stat, see proc(5).
 *
 * @param total ticks of all kinds; 0 if the file cannot be read.
 * @param steal ticks that the hypervisor gave to other guests.
 */
record CpuTime(long total, long steal) {
    private static final int STEAL = 8;
    /** user, nice, system, idle, iowait, irq, softirq, steal; guest time is part of user. */
    private static final int KINDS = 8;

    static CpuTime parse(final String stat) {
        final String[] fields =
                stat.lines().findFirst().orElse("").toLowerCase(Locale.ROOT).split("\\s+", -1);
        if (fields.length <= STEAL || !fields[0].equals("cpu")) {
            return new CpuTime(0, 0);
        }
        long total = 0;
        for (int i = 1; i <= KINDS; i++) {
            total += Long.parseLong(fields[i]);
        }
        return new CpuTime(total, Long.parseLong(fields[STEAL]));
    }

    double stealShareSince(final CpuTime before) {
        final long ticks = total - before.total;
        return ticks <= 0 ? Double.NaN : (double) (steal - before.steal) / ticks;
    }
}
