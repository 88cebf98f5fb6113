package io.fizeau.transports.link;

import io.fizeau.core.address.Address;
import io.fizeau.core.impair.Impairment;
import java.time.Duration;

/**
 * A link that is open: client and server of one run send through it, and it impairs what they send. Until the first
 * {@link #apply} it lets everything pass.
 *
 * <p>Thread-safe. Every method throws {@link io.fizeau.core.error.TransportException} with one clear line when the link cannot do
 * what is asked, or has broken.
 */
public interface Link extends AutoCloseable {
    /**
     * Begins a new schedule: packet 0 is the next one of each direction, and all counts begin at 0. What is still held for the
     * schedule before is dropped, so both ends should be quiet.
     *
     * @param impairment what is to happen from now on.
     * @throws io.fizeau.core.error.TransportException if this link cannot do it.
     */
    void apply(Impairment impairment);

    /**
     * Pins what TCP does over this link, for connections made from now on.
     *
     * @param route what to pin; {@link TcpRoute#SYSTEM} for what the system would do.
     * @throws io.fizeau.core.error.TransportException if the kernel does not have it, or does not say afterwards that it holds.
     */
    void tcp(TcpRoute route);

    /**
     * What happened since {@link #apply}.
     *
     * @return both directions' counts, and whether the link did what it was asked to.
     */
    LinkReport report();

    /**
     * Loses everything in both directions for a while, beside what is scheduled. Packets already on their way still arrive.
     * Returns when it has begun.
     *
     * @param duration how long, more than 0.
     * @return when it began and when it ends, by {@link System#nanoTime()}, which all processes of a Linux machine share.
     */
    Blackout blackout(Duration duration);

    /**
     * Where a server has to listen so that clients reach it through the link.
     *
     * @return the text form of an address with any free port, such as {@code 10.88.1.1:0}.
     */
    String serverBind();

    /**
     * How the client reaches, through the link, a server that listens already.
     *
     * @param listening where it listens; a host and port.
     * @return the address to connect to.
     */
    Address reach(Address listening);

    /** Takes everything down that the link has set up. Idempotent. */
    @Override
    void close();
}
