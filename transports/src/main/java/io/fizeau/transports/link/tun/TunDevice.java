package io.fizeau.transports.link.tun;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import io.fizeau.core.error.TransportException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A TUN device: IP packets that the kernel routes to it are read here, and what is written comes in as if it had arrived. It goes when
 * it is closed, or the process ends. Used by one thread; reading, writing and waiting allocate nothing.
 */
final class TunDevice {
    /** What a read returns when no packet waits. */
    static final int NOTHING = 0;

    static final String PATH = "/dev/net/tun";

    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TUN = 0x0001;
    private static final short IFF_NO_PI = 0x1000;
    private static final int REQUEST_BYTES = 40;
    private static final int NAME_BYTES = 16;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final short POLLIN = 1;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final int descriptor;
    /** A pollfd at 0 and a timespec at 8; allocated directly, because the address is passed to the kernel. */
    private final UnsafeBuffer waiting = new UnsafeBuffer(ByteBuffer.allocateDirect(24));

    private boolean isClosed;

    private TunDevice(final int descriptor) {
        this.descriptor = descriptor;
        waiting.putInt(0, descriptor);
        waiting.putShort(4, POLLIN);
    }

    /**
     * Makes a device.
     *
     * @param name its name.
     * @return the device, not up yet.
     */
    static TunDevice open(final String name) {
        final int descriptor;
        try {
            descriptor = TunCalls.open(PATH, O_RDWR | O_NONBLOCK | O_CLOEXEC);
        } catch (final LastErrorException e) {
            throw failed(PATH + " cannot be opened (error " + e.getErrorCode() + ")", e);
        } catch (final LinkageError e) {
            throw failed("native calls do not work here: " + e.getMessage(), e);
        }
        try {
            final byte[] request = new byte[REQUEST_BYTES];
            final byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, request, 0, Math.min(bytes.length, NAME_BYTES - 1));
            ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).putShort(NAME_BYTES, (short) (IFF_TUN | IFF_NO_PI));
            TunCalls.ioctl(descriptor, new NativeLong(TUNSETIFF), request);
            assert Arrays.equals(bytes, Arrays.copyOf(request, bytes.length));
            return new TunDevice(descriptor);
        } catch (final LastErrorException e) {
            TunCalls.close(descriptor);
            throw failed("a TUN device " + name + " cannot be made (error " + e.getErrorCode() + ")", e);
        }
    }

    /** Lets waits of the calling thread end within a microsecond of their time rather than within 50. */
    static void makeTimersExact() {
        final int done = TunCalls.prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
        assert done == 0;
    }

    /** Reads a packet to an address outside the heap; its length, or {@link #NOTHING}. */
    int read(final long address, final int capacity) {
        final long count = TunCalls.read(descriptor, address, capacity);
        if (count < 0) {
            requireAgain("read");
            return NOTHING;
        }
        return (int) count;
    }

    /** Hands a packet to the kernel; false if it had no room for it. */
    boolean write(final long address, final int length) {
        return TunCalls.write(descriptor, address, length) == length;
    }

    /** Waits until a packet can be read or the time is over. */
    void await(final long timeoutNs) {
        waiting.putLong(8, timeoutNs / NS_PER_SECOND);
        waiting.putLong(16, timeoutNs % NS_PER_SECOND);
        waiting.putShort(6, (short) 0);
        if (TunCalls.ppoll(waiting.addressOffset(), 1, waiting.addressOffset() + 8, 0) < 0) {
            requireAgain("wait for");
        }
    }

    void close() {
        if (!isClosed) {
            isClosed = true;
            TunCalls.close(descriptor);
        }
    }

    private static void requireAgain(final String what) {
        final int error = Native.getLastError();
        if (error != EAGAIN && error != EINTR) {
            throw new TransportException(
                    TransportException.NextStep.FAIL_RUN, "cannot " + what + " the TUN device (error " + error + ")");
        }
    }

    private static TransportException failed(final String message, final Throwable cause) {
        return new TransportException(TransportException.NextStep.FAIL_RUN, message, cause);
    }
}
