package io.fizeau.transports.shm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One thread's "I am inside" of a mapping, so that nobody unmaps it meanwhile: an access to what is unmapped ends the process. The
 * thread says so, and looks then whether the mapping is closed; who closes says that first, and looks then whether somebody is
 * inside. {@code UseStressTest} shows that the write on entering has to be a volatile one. It costs about 3 ns.
 */
final class Use {
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    /** The words around the one in use keep what other threads write out of its cache line, and out of the one fetched with it. */
    private static final int PADDED_WORDS = 32;

    private static final int WORD = PADDED_WORDS / 2;

    private final long[] words = new long[PADDED_WORDS];

    /** Enters; before it is looked whether the mapping is closed. */
    void enter() {
        WORDS.setVolatile(words, WORD, 1L);
    }

    /** Leaves. */
    void leave() {
        WORDS.setRelease(words, WORD, 0L);
    }

    /** Whether the thread is inside; for whoever has closed the mapping. */
    boolean isOn() {
        return (long) WORDS.getVolatile(words, WORD) != 0;
    }
}
