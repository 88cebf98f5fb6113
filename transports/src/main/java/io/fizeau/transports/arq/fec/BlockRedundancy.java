package io.fizeau.transports.arq.fec;

import io.fizeau.transports.arq.nak.Redundancy;
import org.agrona.DirectBuffer;

/** Both directions: the place of a piece in its block is in its flags. */
final class BlockRedundancy implements Redundancy {
    private final Repairable machine;
    private final BlockSender sender;
    private final BlockReceiver receiver;
    private final int payloadBytes;

    BlockRedundancy(
            final Repairable machine, final BlockSender sender, final BlockReceiver receiver, final int payloadBytes) {
        this.machine = machine;
        this.sender = sender;
        this.receiver = receiver;
        this.payloadBytes = payloadBytes;
    }

    @Override
    public int flags(final long number) {
        return sender.place(number);
    }

    @Override
    public void onSent(
            final long number, final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        sender.onSent(number, buffer, offset, length, nowNs);
    }

    @Override
    public boolean sendDue(final long nowNs) {
        return sender.sendDue();
    }

    @Override
    public boolean closeDue(final long nowNs) {
        return sender.closeDue(nowNs);
    }

    @Override
    public boolean isOpen() {
        return sender.isOpen();
    }

    @Override
    public long deadlineNs() {
        return sender.deadlineNs();
    }

    @Override
    public void onPiece(
            final long number,
            final int flags,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        receiver.onPiece(number, flags, buffer, offset, length, nowNs);
    }

    @Override
    public void onHeartbeat(final long end, final long nowNs) {
        machine.onPassed(end, nowNs);
    }

    @Override
    public boolean onDatagram(
            final byte type,
            final int flags,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long nowNs) {
        if (!FecWire.isWhole(type, flags, buffer, offset, length, payloadBytes)) {
            return false;
        }
        receiver.onRepair(flags, buffer, offset, length, nowNs);
        return true;
    }
}
