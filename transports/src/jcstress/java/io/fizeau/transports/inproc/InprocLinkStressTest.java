package io.fizeau.transports.inproc;

import io.fizeau.core.address.Channel;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One end sends and goes, the other looks whether it has gone and then reads. Results: gone, messages found. */
@JCStressTest
@Outcome(
        id = {"0, 0", "0, 1", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "not gone yet, or gone and its message found")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "gone, and its last message lost")
@State
public class InprocLinkStressTest {
    private static final Channel ADDRESS = new Channel("inproc:stress", 0);

    private final InprocLink link = new InprocLink(ADDRESS, 64);

    /** The connecting end. */
    @Actor
    public void sendAndGo() {
        link.outbound(false).write(1, new UnsafeBuffer(new byte[8]), 0, 8);
        link.leave(false);
    }

    /** The listening end. */
    @Actor
    public void lookAndRead(final II_Result result) {
        result.r1 = link.isPeerGone(true) ? 1 : 0;
        result.r2 = link.inbound(true).read((type, buffer, offset, length) -> {});
    }
}
