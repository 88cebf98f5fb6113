package io.fizeau.transports.shm;

import java.io.IOException;

/** Reads the kernel's line about a process ({@code proc_pid_stat(5)}), whose second field may hold anything. Stateless. */
final class ProcessStat {
    private static final int FIELD_BEHIND_NAME = 3;
    private static final int FIELD_OF_START = 22;

    private ProcessStat() {}

    /**
     * Its state.
     *
     * @return a letter; Z and X are dead.
     */
    static char state(final byte[] line, final int length) throws IOException {
        return (char) line[behindName(line, length)];
    }

    /** When it started, in ticks since the boot. */
    static long startTicks(final byte[] line, final int length) throws IOException {
        int index = behindName(line, length);
        for (int field = FIELD_BEHIND_NAME; field < FIELD_OF_START; field++) {
            while (index < length && line[index] != ' ') {
                index++;
            }
            index++;
        }
        long ticks = 0;
        while (index < length && line[index] >= '0' && line[index] <= '9') {
            ticks = ticks * 10 + (line[index] - '0');
            index++;
        }
        return ticks;
    }

    private static int behindName(final byte[] line, final int length) throws IOException {
        int index = length - 1;
        while (index >= 0 && line[index] != ')') {
            index--;
        }
        if (index < 0 || index + 2 >= length) {
            throw new IOException("no line of proc_pid_stat(5)");
        }
        return index + 2;
    }
}
