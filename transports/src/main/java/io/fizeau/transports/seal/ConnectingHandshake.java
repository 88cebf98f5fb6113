package io.fizeau.transports.seal;

import org.jspecify.annotations.Nullable;

/** The end that connects: says HELLO, hears REPLY, says FINISH and is open. */
final class ConnectingHandshake extends Handshake {
    private @Nullable ConnectionSecrets agreed; // once REPLY was heard

    ConnectingHandshake(final NodeSecrets secrets, final Sealing sealing) {
        super(secrets, sealing);
        final byte[] hello = hello();
        noteHello(hello);
        say(hello);
    }

    @Override
    Step hear(final int kind, final byte[] heard) {
        if (kind != Wire.REPLY || heard.length != REPLY_BYTES) {
            return refuseUnexpected();
        }
        final ConnectionSecrets before = agreed;
        if (before != null) { // FINISH was lost, or somebody has recorded REPLY
            return isSigned(heard, before.replyKey()) && isUnreliable() ? Step.SAY : refuseUnexpected();
        }
        final ConnectionSecrets derived = derive(heard);
        if (!isSigned(heard, derived.replyKey())) {
            return refuseForeign();
        }
        agreed = derived;
        agree(derived.toAccepting(), new Unsealer(sealing(), derived.toConnecting()));
        say(signed(finish(), derived.finishKey()));
        return Step.SAY_AND_OPEN;
    }
}
