package io.fizeau.core.host;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a new socket gets, and what it gets when it asks for more than the limit: the effective sizes, not the wished ones. */
final class EffectiveSocketBuffers {
    private static final int WISHED_BYTES = 16 << 20;

    private EffectiveSocketBuffers() {}

    static Map<String, String> read() {
        final Map<String, String> facts = new LinkedHashMap<>();
        add(facts, "tcp", SocketChannel::open);
        add(facts, "udp", DatagramChannel::open);
        return facts;
    }

    private static void add(final Map<String, String> facts, final String kind, final Opener opener) {
        String effective;
        String greatest;
        try (NetworkChannel channel = opener.open()) {
            effective = sizes(channel);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, WISHED_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, WISHED_BYTES);
            greatest = sizes(channel);
        } catch (final IOException | RuntimeException e) {
            effective = HostFiles.UNAVAILABLE + e;
            greatest = effective;
        }
        facts.put(kind + "SocketBuffers", effective);
        facts.put(kind + "SocketBuffersAsked" + (WISHED_BYTES >> 20) + "MiB", greatest);
    }

    private static String sizes(final NetworkChannel channel) throws IOException {
        return "receive " + channel.getOption(StandardSocketOptions.SO_RCVBUF) + " send "
                + channel.getOption(StandardSocketOptions.SO_SNDBUF) + " bytes";
    }

    /** Opens a socket that is not connected. */
    @FunctionalInterface
    private interface Opener {
        NetworkChannel open() throws IOException;
    }
}
