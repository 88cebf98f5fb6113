package io.fizeau.transports.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fizeau.core.layer.Decoded;
import io.fizeau.core.layer.Opening.Step;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange that opens a connection, with somebody on the way. */
final class HandshakeTest {
    private static final byte[] TEXT = "hello".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseAPeerWithAnotherKey(final boolean isReliable) {
        final Sealing sealing = sealing(Suite.AES_GCM, isReliable);
        final SealedPair pair = new SealedPair(sealing, sealing, 2);

        assertThat(pair.hear(pair.accepting(), pair.words(pair.connecting()))).isEqualTo(refused(isReliable));
        assertThat(SealedPair.complaint(pair.accepting())).contains("give both ends the same folder of keys");
        assertThat(pair.words(pair.accepting())).isEmpty();
    }

    @Test
    void shouldRefuseAPeerThatSealsInAnotherWay() {
        final SealedPair pair = new SealedPair(sealing(Suite.AES_GCM, true), sealing(Suite.CHACHA20, true), 1);

        assertThat(pair.hear(pair.accepting(), pair.words(pair.connecting()))).isEqualTo(Step.REJECT);
        assertThat(SealedPair.complaint(pair.accepting()))
                .isEqualTo("the peer seals in another way: give both ends the same layers");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseAnyAlteredByteOfTheExchange(final boolean isReliable) {
        for (int place = 0; place < 3; place++) {
            final int length = new int[] {Handshake.HELLO_BYTES, Handshake.REPLY_BYTES, Handshake.FINISH_BYTES}[place];
            for (int i = 0; i < length; i++) {
                if (i == Wire.HEADER_BYTES - 1) {
                    continue; // says what it is: then it is something else, and comes to the wrong place
                }
                final SealedPair pair = new SealedPair(Suite.AES_GCM, SealLimits.DEFAULT, isReliable);
                final Seal[] hearers = {pair.accepting(), pair.connecting(), pair.accepting()};
                final Seal[] speakers = {pair.connecting(), pair.accepting(), pair.connecting()};
                for (int before = 0; before < place; before++) {
                    pair.hear(hearers[before], pair.words(speakers[before]));
                }
                final byte[] altered = pair.words(speakers[place]);
                altered[i] ^= 1;
                assertThat(pair.hear(hearers[place], altered))
                        .as("message %d, byte %d", place, i)
                        .isEqualTo(refused(isReliable));
            }
        }
    }

    @Test
    void shouldNotOpenForARecordedExchange() {
        final SealedPair recorded = new SealedPair(Suite.AES_GCM, SealLimits.DEFAULT, true);
        final byte[] hello = recorded.words(recorded.connecting());
        recorded.hear(recorded.accepting(), hello);
        recorded.hear(recorded.connecting(), recorded.words(recorded.accepting()));
        final byte[] finish = recorded.words(recorded.connecting());
        final byte[] sealed = recorded.seal(recorded.connecting(), TEXT);
        final SealedPair pair = new SealedPair(Suite.AES_GCM, SealLimits.DEFAULT, true);

        assertThat(pair.hear(pair.accepting(), hello)).isEqualTo(Step.SAY); // nobody can tell yet
        assertThat(pair.hear(pair.accepting(), finish)).isEqualTo(Step.REJECT);
        assertThat(pair.decode(pair.accepting(), sealed)).isEqualTo(Decoded.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseItsOwnWordsWhenTheyAreSentBack(final boolean isReliable) {
        final SealedPair pair = new SealedPair(Suite.AES_GCM, SealLimits.DEFAULT, isReliable);

        assertThat(pair.hear(pair.connecting(), pair.words(pair.connecting()))).isEqualTo(refused(isReliable));
    }

    @Test
    void shouldSayTheSameAgainWhereItMayBeLostAndAgreeInTheEnd() {
        final SealedPair pair = new SealedPair(Suite.CHACHA20, SealLimits.DEFAULT, false);
        final byte[] hello = pair.words(pair.connecting());
        assertThat(pair.hear(pair.accepting(), hello)).isEqualTo(Step.SAY);
        final byte[] reply = pair.words(pair.accepting());
        assertThat(pair.hear(pair.accepting(), hello)).isEqualTo(Step.SAY);
        assertThat(pair.words(pair.accepting())).isEqualTo(reply);
        assertThat(pair.hear(pair.connecting(), reply)).isEqualTo(Step.SAY_AND_OPEN);
        assertThat(pair.hear(pair.connecting(), reply)).isEqualTo(Step.SAY); // FINISH was lost
        final byte[] finish = pair.words(pair.connecting());
        assertThat(pair.hear(pair.accepting(), finish)).isEqualTo(Step.OPEN);
        assertThat(pair.hear(pair.accepting(), finish)).isEqualTo(Step.IGNORE);
        assertThat(pair.hear(pair.accepting(), hello)).isEqualTo(Step.IGNORE);

        assertThat(pair.decode(pair.accepting(), pair.seal(pair.connecting(), TEXT)))
                .isEqualTo(Decoded.MESSAGE);
        assertThat(pair.decode(pair.connecting(), pair.seal(pair.accepting(), TEXT)))
                .isEqualTo(Decoded.MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldOpenForThePeerWhereARecordedHelloCameBeforeOrAfterHis(final boolean isBefore) {
        final SealedPair pair = pairWithARecordedHello(isBefore);
        final byte[] finish = pair.words(pair.connecting());

        assertThat(pair.hear(pair.accepting(), finish)).isEqualTo(Step.OPEN);
        assertThat(pair.hear(pair.accepting(), finish)).isEqualTo(Step.IGNORE);
        assertThat(pair.decode(pair.accepting(), pair.seal(pair.connecting(), TEXT)))
                .isEqualTo(Decoded.MESSAGE);
        assertThat(pair.decode(pair.connecting(), pair.seal(pair.accepting(), TEXT)))
                .isEqualTo(Decoded.MESSAGE);
        final SealedPair another = new SealedPair(Suite.CHACHA20, SealLimits.DEFAULT, false);
        assertThat(pair.hear(pair.accepting(), another.words(another.connecting())))
                .isEqualTo(Step.DROP);
        assertThat(pair.decode(pair.accepting(), pair.seal(pair.connecting(), TEXT)))
                .isEqualTo(Decoded.MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldTakeASealedMessageForTheFinishAlsoBesideARecordedHello(final boolean isBefore) {
        final SealedPair pair = pairWithARecordedHello(isBefore);
        final byte[] sealed = pair.seal(pair.connecting(), TEXT);
        final byte[] forged = sealed.clone();
        forged[forged.length / 2] ^= 1;

        assertThat(pair.decode(pair.accepting(), forged)).isEqualTo(Decoded.DROPPED);
        assertThat(pair.decode(pair.accepting(), sealed)).isEqualTo(Decoded.MESSAGE);
        assertThat(pair.decode(pair.accepting(), sealed)).isEqualTo(Decoded.DROPPED);
        assertThat(pair.decode(pair.connecting(), pair.seal(pair.accepting(), TEXT)))
                .isEqualTo(Decoded.MESSAGE);
    }

    /** An end that accepts, has heard a recorded HELLO and the peer's, and each of them again; and a peer that has heard its REPLY. */
    private static SealedPair pairWithARecordedHello(final boolean isBefore) {
        final SealedPair earlier = new SealedPair(Suite.CHACHA20, SealLimits.DEFAULT, false);
        final SealedPair pair = new SealedPair(Suite.CHACHA20, SealLimits.DEFAULT, false);
        final byte[] recorded = earlier.words(earlier.connecting());
        final byte[] hello = pair.words(pair.connecting());
        if (isBefore) {
            assertThat(pair.hear(pair.accepting(), recorded)).isEqualTo(Step.SAY);
            assertThat(pair.hear(pair.connecting(), pair.words(pair.accepting())))
                    .isEqualTo(Step.DROP);
        }
        assertThat(pair.hear(pair.accepting(), hello)).isEqualTo(Step.SAY);
        final byte[] reply = pair.words(pair.accepting());
        assertThat(pair.hear(pair.accepting(), recorded)).isEqualTo(Step.SAY);
        assertThat(pair.words(pair.accepting())).isNotEqualTo(reply);
        assertThat(pair.hear(pair.accepting(), hello)).isEqualTo(Step.SAY);
        assertThat(pair.words(pair.accepting())).isEqualTo(reply);
        assertThat(pair.hear(pair.connecting(), reply)).isEqualTo(Step.SAY_AND_OPEN);
        assertThat(pair.hear(pair.accepting(), recorded)).isEqualTo(Step.SAY);
        return pair;
    }

    @Test
    void shouldTakeASealedMessageForTheFinishThatWasLost() {
        final SealedPair pair = new SealedPair(Suite.CHACHA20, SealLimits.DEFAULT, false);
        pair.hear(pair.accepting(), pair.words(pair.connecting()));
        pair.hear(pair.connecting(), pair.words(pair.accepting()));

        assertThat(pair.decode(pair.accepting(), pair.seal(pair.connecting(), TEXT)))
                .isEqualTo(Decoded.MESSAGE);
        assertThat(pair.hear(pair.accepting(), pair.words(pair.connecting()))).isEqualTo(Step.OPEN);
    }

    private static Step refused(final boolean isReliable) {
        return isReliable ? Step.REJECT : Step.DROP;
    }

    private static Sealing sealing(final Suite suite, final boolean isReliable) {
        return new Sealing(suite, SealLimits.DEFAULT, isReliable, isReliable);
    }
}
