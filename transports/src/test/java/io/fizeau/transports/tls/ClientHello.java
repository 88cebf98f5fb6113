package io.fizeau.transports.tls;

import io.fizeau.core.settings.Settings;
import io.fizeau.transports.tls.context.TlsContexts;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** The first bytes of an honest client, for one that then says nothing more. */
final class ClientHello {
    private ClientHello() {}

    static byte[] bytes(final Path keys) throws SSLException {
        final SSLEngine engine = TlsContexts.of(
                        Settings.of("hello", TlsContexts.options(), Map.of("keys", keys.toString())))
                .clientEngine();
        engine.beginHandshake();
        final ByteBuffer hello = ByteBuffer.allocate(32 << 10);
        engine.wrap(ByteBuffer.allocate(0), hello);
        final byte[] bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }
}
