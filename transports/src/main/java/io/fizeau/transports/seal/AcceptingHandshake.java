package io.fizeau.transports.seal;

import org.jspecify.annotations.Nullable;

/**
 * The end that accepts: hears HELLO, says REPLY, hears FINISH and is open. A HELLO may be a recorded one; only who has the key can make
 * the FINISH, or a sealed message, that goes with this REPLY.
 */
final class AcceptingHandshake extends Handshake {
    private @Nullable ConnectionSecrets agreed; // once HELLO was heard
    private boolean isFinished;

    AcceptingHandshake(final NodeSecrets secrets, final Sealing sealing) {
        super(secrets, sealing);
    }

    @Override
    Step hear(final int kind, final byte[] heard) {
        final ConnectionSecrets secrets = agreed;
        if (secrets == null) {
            return kind == Wire.HELLO ? hearHello(heard) : refuseUnexpected();
        }
        if (kind == Wire.HELLO && isUnreliable() && isSameHello(heard)) {
            return isFinished ? Step.IGNORE : Step.SAY;
        }
        if (kind != Wire.FINISH || heard.length != FINISH_BYTES || (isFinished && !isUnreliable())) {
            return refuseUnexpected();
        }
        if (!isSigned(heard, secrets.finishKey())) {
            return refuseForeign();
        }
        final boolean isRepeated = isFinished;
        isFinished = true;
        return isRepeated ? Step.IGNORE : Step.OPEN;
    }

    private Step hearHello(final byte[] hello) {
        if (!isTrueHello(hello)) {
            return refuseForeign();
        }
        if (!isSameSeal(hello)) {
            return refuse("the peer seals in another way: give both ends the same layers");
        }
        noteHello(hello);
        final byte[] reply = reply();
        final ConnectionSecrets derived = derive(reply);
        agreed = derived;
        agree(derived.toConnecting(), derived.toAccepting());
        say(signed(reply, derived.replyKey()));
        return Step.SAY;
    }
}
