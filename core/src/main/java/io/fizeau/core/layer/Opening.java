package io.fizeau.core.layer;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the two ends of a layer have to tell each other before a connection is open for its user, such as fresh random numbers for
 * a key. Each end has words to say, which are one message below; what it hears may change them. They are said again from time to
 * time where the transport below may lose them, so an end may hear the same more than once, also when it has opened.
 *
 * <p>Used by one thread at a time.
 */
public interface Opening {
    /** What {@link #words} returns when there is nothing to say. */
    int NOTHING = -1;

    /** What follows from something heard. */
    enum Step {
        /** The words have to be said, and more be heard. */
        SAY,
        /** The words have to be said, and then the connection is open. */
        SAY_AND_OPEN,
        /** The connection is open. */
        OPEN,
        /** Nothing: it was heard before. */
        IGNORE,
        /** As {@link Decoded#DROPPED}. */
        DROP,
        /** As {@link Decoded#REJECTED}. */
        REJECT
    }

    /**
     * What this end says now: the same until {@link #hear} says otherwise.
     *
     * @param target where it goes, from 0; {@link TransformSource#openingBytes()} long, over an array.
     * @return its length in bytes, or {@link #NOTHING}.
     */
    int words(MutableDirectBuffer target);

    /**
     * Hears what the peer said.
     *
     * @param buffer holds it; not to be written to, and valid during this call only. The peer may have sent anything.
     * @param offset where it starts.
     * @param length its length in bytes.
     * @return what follows.
     */
    Step hear(DirectBuffer buffer, int offset, int length);
}
