package io.fizeau.transports.link.tun;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;

/**
 * The native calls that a TUN device needs. Pointers and sizes are passed as 64-bit numbers. Those without a throws clause are for
 * the hot path: they return -1 and leave the error to {@link Native#getLastError()}. Loading the class fails where there are none.
 */
final class TunCalls {
    static {
        Native.register("c");
    }

    private TunCalls() {}

    static native int open(String path, int flags) throws LastErrorException;

    static native int ioctl(int descriptor, NativeLong request, byte[] argument) throws LastErrorException;

    static native long read(int descriptor, long address, long length);

    static native long write(int descriptor, long address, long length);

    static native int ppoll(long descriptors, long count, long timeout, long mask);

    static native int close(int descriptor);

    static native int prctl(int option, long argument, long none2, long none3, long none4);
}
