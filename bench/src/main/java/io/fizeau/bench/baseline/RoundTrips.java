package io.fizeau.bench.baseline;

/** The near end of a loop with one message in flight. A fork loads one implementation only, so a call costs nothing. */
public interface RoundTrips extends AutoCloseable {
    /**
     * Sends one message and waits for its answer.
     *
     * @return its sequence, so that a benchmark has something to consume.
     */
    long roundTrip();

    @Override
    void close();
}
