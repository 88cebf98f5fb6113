package io.fizeau.bench.underlay;

/** What lies under a transport. */
public enum Underlay {
    /** The kernel's TCP. */
    TCP,
    /** Aeron's media driver. */
    AERON,
    /** Something that nobody here can ask. */
    OTHER;

    /** The value of {@code congestion} and {@code rtoMin} that pins nothing: as the host has it, and for what is not TCP. */
    public static final String HOST = "host";

    /**
     * What lies under a transport, by its name.
     *
     * @param transport the name, without options; those of the kernel's TCP start with {@code tcp}.
     * @return the kind.
     */
    public static Underlay of(final String transport) {
        if (transport.startsWith("tcp")) {
            return TCP;
        }
        return transport.startsWith("aeron") ? AERON : OTHER;
    }
}
