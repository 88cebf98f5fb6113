package io.fizeau.transports.link;

import io.fizeau.core.impair.Impairment;
import io.fizeau.core.transport.Availability;
import java.util.Optional;

/**
 * A way to impair packets. Found through {@link java.util.ServiceLoader}, see {@link Links}.
 *
 * @implSpec Immutable and thread-safe, with a public constructor without parameters that does nothing.
 */
public interface LinkKind {
    /**
     * How it is called on the command line.
     *
     * @return a word.
     */
    String name();

    /**
     * What it does in a few words, for a person who chooses.
     *
     * @return a phrase.
     */
    String description();

    /**
     * Whether it can be opened here, tried out rather than guessed: in a namespace made for the trial and gone afterwards. Takes up
     * to a few tenths of a second.
     *
     * @return that it can, or why not and what would help.
     */
    Availability availability();

    /**
     * Whether it can only be opened in a network namespace of the run's own, see
     * {@link io.fizeau.transports.link.namespace.Namespace}.
     *
     * @return false if it needs no privileges and changes nothing of the system's.
     */
    boolean needsNamespace();

    /**
     * Whether it can do an impairment for a transport.
     *
     * @param impairment what is wanted.
     * @param transport the spec of the transport that would send through it, such as {@code tcp-nio+crc32c}.
     * @return why it cannot, in one line; empty if it can.
     */
    Optional<String> refusal(Impairment impairment, String transport);

    /**
     * Whether a thread of the process that opened it carries each packet, so that there is a rate beyond which it cannot.
     *
     * @return false unless a kind says otherwise: then it is the kernel's own and as fast as the loopback.
     */
    default boolean isCarriedByProcess() {
        return false;
    }

    /**
     * Whether {@link Link#blackout} works.
     *
     * @return true unless a kind says otherwise.
     */
    default boolean canBlackOut() {
        return true;
    }

    /**
     * Opens it.
     *
     * @return the link, which the caller closes.
     * @throws io.fizeau.core.error.TransportException if it cannot be had here; nothing is left behind then.
     */
    Link open();
}
