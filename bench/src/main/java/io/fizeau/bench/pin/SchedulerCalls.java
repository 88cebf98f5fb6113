package io.fizeau.bench.pin;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;

/** The one native call that pinning needs, sched_setaffinity(2). Loading the class fails where there is no such call. */
final class SchedulerCalls {
    static {
        Native.register("c");
    }

    private SchedulerCalls() {}

    /** With thread 0, the calling one. */
    static native int sched_setaffinity(int thread, NativeLong maskBytes, long[] mask) throws LastErrorException;
}
