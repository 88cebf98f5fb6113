package io.fizeau.transports.link.tun;

import io.fizeau.core.impair.Direction;
import io.fizeau.core.impair.ImpairedPath;
import io.fizeau.core.impair.PacketSink;
import io.fizeau.transports.link.relay.Paths;
import io.fizeau.transports.link.relay.RelayThread;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Reads packets from the device, passes them through the paths, and writes what is due. Used by the relay's thread. */
final class TunCarrier implements RelayThread.Carrier, PacketSink {
    private static final int PACKET_BYTES = 2048;
    /** Between two looks at what is due. */
    private static final int BATCH = 16;
    /** How long it spins after the last packet, and before the next is due: about what falling asleep and waking costs. */
    private static final long SPIN_NS = 20_000;
    /** How long a request of another thread may have to wait. */
    private static final long LONGEST_WAIT_NS = 5_000_000;

    private final TunDevice device;
    private final UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(PACKET_BYTES));
    private long readCount;
    private long foreignCount;
    private long refusedCount;
    private long lastWorkNs = System.nanoTime();

    TunCarrier(final TunDevice device) {
        this.device = device;
    }

    @Override
    public void onStart() {
        TunDevice.makeTimersExact();
    }

    @Override
    public int carry(final Paths paths) {
        int work = release(paths, System.nanoTime());
        for (int i = 0; i < BATCH; i++) {
            final int length = device.read(packet.addressOffset(), PACKET_BYTES);
            if (length == TunDevice.NOTHING) {
                break;
            }
            readCount++;
            work++;
            final @Nullable Direction direction = Reflection.direction(packet, length);
            if (direction == null) {
                foreignCount++;
                continue;
            }
            Reflection.reflect(packet);
            final ImpairedPath path = paths.path(direction);
            final long nowNs = System.nanoTime();
            path.offer(nowNs, packet, 0, length);
            if (path.nextReleaseNs() - nowNs <= 0) {
                path.poll(nowNs, this);
            }
        }
        return work;
    }

    @Override
    public boolean onPacket(final DirectBuffer buffer, final int offset, final int length) {
        if (!device.write(buffer.addressOffset() + offset, length)) {
            refusedCount++;
        }
        return true;
    }

    @Override
    public void idle(final int workCount, final Paths paths) {
        final long nowNs = System.nanoTime();
        if (workCount > 0) {
            lastWorkNs = nowNs;
            return;
        }
        final long dueNs = paths.nextReleaseNs(nowNs);
        final long untilDueNs = dueNs == Long.MAX_VALUE ? LONGEST_WAIT_NS : dueNs - nowNs;
        if (untilDueNs < SPIN_NS || nowNs - lastWorkNs < SPIN_NS) {
            Thread.onSpinWait();
        } else {
            device.await(Math.min(LONGEST_WAIT_NS, untilDueNs - SPIN_NS / 2));
        }
    }

    @Override
    public void onClose() {
        device.close();
    }

    /** Packets read so far, of whatever kind. */
    long readCount() {
        return readCount;
    }

    /** Those of them that are not between client and server. */
    long foreignCount() {
        return foreignCount;
    }

    /** Packets that the kernel did not take back. */
    long refusedCount() {
        return refusedCount;
    }

    private int release(final Paths paths, final long nowNs) {
        return paths.toServer().poll(nowNs, this) + paths.toClient().poll(nowNs, this);
    }
}
