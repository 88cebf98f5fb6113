package io.fizeau.transports.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class HkdfTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void shouldGiveWhatTheStandardGivesInItsFirstCase() {
        final byte[] keyMaterial = HEX.parseHex("0b".repeat(22));

        final byte[] key = Hkdf.extract(HEX.parseHex("000102030405060708090a0b0c"), keyMaterial);
        assertThat(HEX.formatHex(key)).isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");

        final byte[] expanded = Hkdf.expand(key, HEX.parseHex("f0f1f2f3f4f5f6f7f8f9"), Hkdf.BYTES);
        assertThat(HEX.formatHex(expanded))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    }

    @Test
    void shouldGiveEachPurposeAndContextAKeyOfItsOwn() {
        final byte[] key = new byte[32];
        final byte[] none = new byte[0];

        assertThat(Hkdf.expand(key, "a", none, 32))
                .isNotEqualTo(Hkdf.expand(key, "b", none, 32))
                .isNotEqualTo(Hkdf.expand(key, "a", new byte[1], 32));
    }
}
