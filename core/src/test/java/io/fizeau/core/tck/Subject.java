package io.fizeau.core.tck;

import io.fizeau.core.tck.rig.Rig;
import io.fizeau.core.tck.rig.Way;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What the tests of one subject need from the class that runs them. */
interface Subject {
    /** Every way of driving both ends, in one JVM; and each driving at each end once with the listener in another JVM. */
    String EVERYWHERE = "everywhere";

    /** Each driving at each end at least once, in one JVM; and once with the listener in another JVM. */
    String PAIRS_EVERYWHERE = "pairsEverywhere";

    /** Every way of driving both ends, in one JVM. */
    String WAYS = "ways";

    /** Each driving at each end at least once, in one JVM. */
    String PAIRS = "pairs";

    /** Each driving of the connecting end. */
    String CONNECTING = "connecting";

    /** Each driving of the listening end. */
    String LISTENING = "listening";

    /**
     * Sending for so long will do, with fewer messages: where each waits for two threads in turn, a busy machine needs milliseconds for
     * it.
     */
    long PLENTY_NS = TimeUnit.SECONDS.toNanos(20);

    /** How a test is listed. */
    String NAME = "{0}";

    /** Each driving at each end at least once, in one JVM. */
    Stream<Way> pairs();

    /** What the running test opens and closes. */
    Rig rig();

    /** How many connections one node must carry at once. */
    int connectionCount();

    /** How much may be accepted at the most while the peer does not read. */
    long maxHeldBytes();

    /** How much may be allocated for each message of an echo. */
    int maxGarbagePerMessageBytes();

    /** Skips the test if something is not promised. */
    default Guarantees assume(final Way way, final Guarantee... needed) {
        final Guarantees promised = rig().guarantees(way.connecting());
        for (final Guarantee guarantee : needed) {
            Assumptions.assumeTrue(promised.has(guarantee), "does not promise " + guarantee.label());
        }
        return promised;
    }
}
