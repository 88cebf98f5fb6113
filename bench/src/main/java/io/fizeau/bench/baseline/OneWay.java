package io.fizeau.bench.baseline;

/** The near end of a one-way stream. A fork loads one implementation only, so a call costs nothing. */
public interface OneWay extends AutoCloseable {
    /**
     * Goes on until the far end has acknowledged so many messages more than after the last call.
     *
     * @param messages how many.
     * @return how many are acknowledged since the start.
     */
    long advance(long messages);

    /** Waits until all that was sent is acknowledged; the next {@link #advance} starts from there. */
    void drain();

    @Override
    void close();
}
