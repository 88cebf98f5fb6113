package io.fizeau.core.impair;

import io.fizeau.core.random.SplitMix64;

/** One way of a link. */
public enum Direction {
    /** From the client to the server; its words in the text form begin with {@code up.} */
    TO_SERVER("up."),
    /** From the server to the client; its words in the text form begin with {@code down.} */
    TO_CLIENT("down.");

    private static final long WAY_BACK = 0x6261636b77617264L;

    private final String prefix;

    Direction(final String prefix) {
        this.prefix = prefix;
    }

    /**
     * What stands before a word that holds for this way only.
     *
     * @return the prefix with its dot.
     */
    public String prefix() {
        return prefix;
    }

    /**
     * The seed of this way, so that the ways do not lose the same packets.
     *
     * @param seed the seed of the impairment.
     * @return for {@link #TO_SERVER} the same, for {@link #TO_CLIENT} one mixed from it.
     */
    public long seed(final long seed) {
        return this == TO_SERVER ? seed : SplitMix64.mix(seed ^ WAY_BACK);
    }
}
