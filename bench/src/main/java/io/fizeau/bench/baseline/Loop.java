package io.fizeau.bench.baseline;

import io.fizeau.core.error.TransportException;
import java.util.Arrays;
import java.util.Locale;

/** Over what a hand-written loop runs: each is named after the transport that it is the baseline of. */
public enum Loop {
    /** {@code java.net.Socket} streams, blocking at both ends. Round trips only. */
    TCP_BLOCKING,
    /** {@code SocketChannel}, both ends spinning on a read that does not block. */
    TCP_NIO,
    /** Aeron over UDP, an INVOKER driver in each process: one thread sends, polls and invokes. */
    AERON_UDP,
    /** Aeron in shared memory, a SHARED driver in the server's process; both ends spin. */
    AERON_IPC,
    /** Two rings in this JVM, with the server on a thread of it: the floor under all others. Round trips only. */
    INPROC;

    /**
     * As the user writes it.
     *
     * @return the name of the transport.
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads what the user wrote.
     *
     * @param text a label.
     * @return the loop.
     * @throws TransportException if there is none of that name; the message lists them.
     */
    public static Loop parse(final String text) {
        for (final Loop loop : values()) {
            if (loop.label().equals(text)) {
                return loop;
            }
        }
        throw TransportException.badRequest("loop=" + text + " is not known: the known ones are "
                + String.join(", ", Arrays.stream(values()).map(Loop::label).toList()));
    }

    boolean isAeron() {
        return this == AERON_UDP || this == AERON_IPC;
    }
}
