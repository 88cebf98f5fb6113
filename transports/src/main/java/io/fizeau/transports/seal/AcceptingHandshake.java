package io.fizeau.transports.seal;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The end that accepts: hears HELLO, says REPLY, hears FINISH and is open. A HELLO may be a recorded one; only who has the key can make
 * the FINISH, or a sealed message, that goes with this REPLY. So where anybody can put a HELLO on the way, the last two different ones
 * are answered and remembered until one of them is proved: a recorded one does not keep the peer out that came after it, or before.
 */
final class AcceptingHandshake extends Handshake {
    private @Nullable Candidate last; // once HELLO was heard; the one that is proved, once there is one
    private @Nullable Candidate other;
    private boolean isFinished;

    AcceptingHandshake(final NodeSecrets secrets, final Sealing sealing) {
        super(secrets, sealing);
    }

    @Override
    Step hear(final int kind, final byte[] heard) {
        if (kind == Wire.HELLO) {
            return hearHello(heard);
        }
        if (last == null || kind != Wire.FINISH || heard.length != FINISH_BYTES || (isFinished && !isUnreliable())) {
            return refuseUnexpected();
        }
        if (hasSigned(last, heard)) {
            prove(last);
        } else if (other != null && hasSigned(other, heard)) {
            prove(other);
        } else {
            return refuseForeign();
        }
        final boolean isRepeated = isFinished;
        isFinished = true;
        return isRepeated ? Step.IGNORE : Step.OPEN;
    }

    @Override
    Unsealer.@Nullable Outcome open(
            final long header,
            final DirectBuffer encoded,
            final int offset,
            final int length,
            final DirectBuffer message) {
        if (isAgreed() || last == null) {
            return super.open(header, encoded, offset, length, message);
        }
        for (final Candidate candidate : other == null ? new Candidate[] {last} : new Candidate[] {last, other}) {
            final Unsealer unsealer = candidate.unsealer(sealing());
            if (unsealer.open(header, encoded, offset, length, message) == Unsealer.Outcome.OPENED) {
                prove(candidate);
                return Unsealer.Outcome.OPENED;
            }
        }
        return Unsealer.Outcome.FORGED;
    }

    private Step hearHello(final byte[] hello) {
        if (isUnreliable() && isRemembered(hello)) {
            return isAgreed() ? Step.IGNORE : Step.SAY;
        }
        if (isAgreed() || (last != null && !isUnreliable())) {
            return refuseUnexpected();
        }
        if (!isTrueHello(hello)) {
            return refuseForeign();
        }
        if (!isSameSeal(hello)) {
            return refuse("the peer seals in another way: give both ends the same layers");
        }
        noteHello(hello);
        final byte[] reply = reply();
        final ConnectionSecrets derived = derive(reply);
        other = last;
        last = new Candidate(hello, signed(reply, derived.replyKey()), derived);
        say(last.reply());
        return Step.SAY;
    }

    /** Whether its REPLY is known, which then is what this end says. */
    private boolean isRemembered(final byte[] hello) {
        if (other != null && other.hasSaid(hello)) {
            final Candidate before = last;
            last = other;
            other = before;
        }
        if (last == null || !last.hasSaid(hello)) {
            return false;
        }
        say(last.reply());
        return true;
    }

    private static boolean hasSigned(final Candidate candidate, final byte[] finish) {
        return isSigned(finish, candidate.secrets().finishKey());
    }

    private void prove(final Candidate candidate) {
        if (isAgreed()) {
            return;
        }
        last = candidate;
        other = null;
        say(candidate.reply());
        agree(candidate.secrets().toConnecting(), candidate.unsealer(sealing()));
    }
}
