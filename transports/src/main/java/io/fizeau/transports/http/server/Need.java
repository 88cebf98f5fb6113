package io.fizeau.transports.http.server;

/**
 * How much of a session's memory its turns need, and so when what a long body has made grow is to be given back: not at once, for often
 * the next one is as long. Belongs to whoever has the turn.
 */
final class Need {
    /** What a session may keep: the first size of what it sends from. */
    static final int LITTLE_BYTES = 4 << 10;

    /** After how many short turns in a row. */
    static final int SHORT_TURNS = 8;

    private boolean isGrown;
    private int shortTurns;

    /**
     * One more turn.
     *
     * @param bytes what it needed.
     * @return true if what has grown is to be given back.
     */
    boolean isOver(final int bytes) {
        if (bytes > LITTLE_BYTES) {
            isGrown = true;
            shortTurns = 0;
            return false;
        }
        if (isGrown) {
            shortTurns++;
        }
        if (shortTurns < SHORT_TURNS) {
            return false;
        }
        isGrown = false;
        shortTurns = 0;
        return true;
    }
}
