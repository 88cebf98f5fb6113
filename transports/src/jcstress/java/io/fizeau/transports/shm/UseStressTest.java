package io.fizeau.transports.shm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * One thread enters and looks whether it is closed; the other closes and looks whether somebody is inside. Results: found open, found
 * nobody inside.
 */
@JCStressTest
@Outcome(
        id = {"0, 0", "0, 1", "1, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "closed before it was entered, or found in use")
@Outcome(id = "1, 1", expect = Expect.FORBIDDEN, desc = "unmapped while a thread uses it")
@State
public class UseStressTest {
    private final Use use = new Use();

    private volatile boolean isClosed; // by the closing thread

    /** Who sends or delivers. */
    @Actor
    public void enter(final II_Result result) {
        use.enter();
        result.r1 = isClosed ? 0 : 1;
    }

    /** Who closes. */
    @Actor
    public void close(final II_Result result) {
        isClosed = true;
        result.r2 = use.isOn() ? 0 : 1;
    }
}
