package io.fizeau.transports.shm;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** The native calls that sealed memory needs; see memfd_create(2) and fcntl(2). Loading the class fails where there are none. */
final class MemoryCalls {
    static {
        Native.register("c");
    }

    private MemoryCalls() {}

    @SuppressWarnings("checkstyle:MethodName") // the C library's
    static native int memfd_create(String name, int flags) throws LastErrorException;

    static native int fallocate(int descriptor, int mode, long offset, long length) throws LastErrorException;

    static native int fcntl(int descriptor, int command, int argument) throws LastErrorException;

    static native int open(String path, int flags) throws LastErrorException;

    static native int close(int descriptor);
}
