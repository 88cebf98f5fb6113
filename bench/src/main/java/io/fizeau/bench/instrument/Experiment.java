package io.fizeau.bench.instrument;

import java.time.Duration;
import java.util.List;

/** An experiment whose answer is known beforehand. Stateless. */
public interface Experiment {
    /**
     * What it is called on the command line.
     *
     * @return lower case, with dashes.
     */
    String name();

    /**
     * What is done.
     *
     * @return one phrase.
     */
    String description();

    /**
     * How long it takes.
     *
     * @return a guess.
     */
    Duration plannedTime();

    /**
     * Does it. Ends whatever it starts.
     *
     * @param laboratory where it is done.
     * @return at least one outcome.
     * @throws io.fizeau.core.error.TransportException if nothing can be measured; the message says why.
     */
    List<Outcome> run(Laboratory laboratory);
}
