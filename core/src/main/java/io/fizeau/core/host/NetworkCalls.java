package io.fizeau.core.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The native calls that ask the kernel about network interfaces. Loading the class fails where there are none. */
final class NetworkCalls {
    static {
        Native.register("c");
    }

    private NetworkCalls() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int ioctl(int descriptor, NativeLong request, Pointer argument) throws LastErrorException;

    static native NativeLong send(int descriptor, byte[] bytes, NativeLong length, int flags) throws LastErrorException;

    static native NativeLong recv(int descriptor, byte[] bytes, NativeLong length, int flags) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;
}
