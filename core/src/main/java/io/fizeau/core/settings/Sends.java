package io.fizeau.core.settings;

/** Whether a transport may hold back a message to carry it together with later ones. */
public enum Sends {
    /** Each message leaves as soon as the transport can: what latency is measured with. */
    EACH,
    /**
     * A message may wait in the transport until its buffer is full or the sender calls {@code flush()}: what throughput is
     * measured with. A transport that cannot gather treats it as {@link #EACH}.
     */
    GATHERED
}
