package io.fizeau.core.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.fizeau.core.settings.Sends;
import io.fizeau.core.tck.rig.Census;
import io.fizeau.core.tck.rig.Client;
import io.fizeau.core.tck.rig.Command;
import io.fizeau.core.tck.rig.End;
import io.fizeau.core.tck.rig.LocalServer;
import io.fizeau.core.tck.rig.Server;
import io.fizeau.core.tck.rig.Wait;
import io.fizeau.core.tck.rig.Way;
import io.fizeau.core.transport.Guarantee;
import io.fizeau.core.transport.Guarantees;
import io.fizeau.core.transport.SendStatus;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a transport takes, and gives back. */
interface ResourcePromises extends Subject {
    /** How long what others do in the background may blur a count. */
    long GRACE_NS = TimeUnit.SECONDS.toNanos(5);

    /** How long an echo may take to become garbage-free; longer where tests are patient. */
    long WARM_UP_NS = TimeUnit.SECONDS.toNanos(5);

    /** What both ends together may allocate for an echo where a library below does. */
    int LIBRARY_GARBAGE_BYTES = 64 << 10;

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldLeaveNothingBehind(final Way way) {
        useAndClose(way); // what is loaded once and for all is loaded now
        final Census before = Census.take();
        final Set<Path> left = new TreeSet<>();
        final int cycles = 2;
        for (int i = 0; i < cycles; i++) {
            left.addAll(useAndClose(way).leftSince(before));
        }
        awaitNone("threads that live on after both nodes were closed", before::newThreads);
        awaitNone("files that exist after both nodes were closed", () -> existing(left));
        Wait.until(
                "descriptors to be closed with the nodes",
                GRACE_NS,
                () -> Census.take().descriptors() < before.descriptors() + cycles,
                () -> 0,
                () -> ": " + before.descriptors() + " before, " + Census.take().descriptors() + " after " + cycles
                        + " nodes at each end");
    }

    @ParameterizedTest(name = NAME)
    @MethodSource(PAIRS)
    default void shouldAllocateNextToNothingForAnEcho(final Way way) {
        final Guarantees promised = assume(way, Guarantee.RELIABLE, Guarantee.DUPLEX);
        final int allowed = promised.has(Guarantee.ALLOCATES) ? LIBRARY_GARBAGE_BYTES : maxGarbagePerMessageBytes();
        Assumptions.assumeTrue(
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean,
                "this JVM does not count allocation by thread");
        final LocalServer server =
                rig().serveHere(way.listening(), Sends.EACH, false, rig().freeAddress(way.listening()));
        final Client client = rig().client(way);
        final End end = client.connect(server.address());
        final IdleStrategy idle = Wait.newIdle();
        final int count = 1_000;
        double least = Double.MAX_VALUE;
        // Until compiled, calls box and copy what they need not: how many messages that takes depends on the machine's
        // speed.
        final long beganNs = System.nanoTime();
        final long warmUpNs = Math.max(WARM_UP_NS, rig().limitNs() * 3 / 2);
        while (least >= allowed && System.nanoTime() - beganNs < warmUpNs) {
            final long beforeBytes = allocatedBytes();
            echo(client, end, count, idle);
            least = Math.min(least, (allocatedBytes() - beforeBytes) / (double) count);
        }
        final double found = least;
        assertTrue(
                least < allowed,
                () -> "an echo allocates " + found + " bytes a message at both ends together, and " + allowed
                        + " are allowed");
    }

    private Census useAndClose(final Way way) {
        final Server server = rig().serveHere(way.listening(), Sends.EACH, false, rig().freeAddress(way.listening()));
        final Client client = rig().client(way);
        final End closed = client.connect(server.address());
        client.exchange(closed, 40);
        final End open = client.connect(server.address());
        client.exchange(open, 40);
        final Census during = Census.take();
        closed.connection().close();
        client.exchange(open, 40);
        client.close();
        server.close();
        assertEquals(List.of(), alive(rig().nodeThreads()), "threads of the node's context alive after close returned");
        return during;
    }

    private static List<String> alive(final List<Thread> threads) {
        return threads.stream().filter(Thread::isAlive).map(Thread::getName).toList();
    }

    private static Set<String> existing(final Set<Path> files) {
        final Set<String> existing = new TreeSet<>();
        files.stream().filter(Files::exists).forEach(file -> existing.add(file.toString()));
        return existing;
    }

    private static void awaitNone(final String what, final Supplier<Set<String>> found) {
        Wait.until("no " + what, GRACE_NS, () -> found.get().isEmpty(), () -> 0, () -> ": " + found.get());
    }

    private long allocatedBytes() {
        final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Stream<Thread> all = Stream.of(
                        Stream.of(Thread.currentThread()), rig().nodeThreads().stream(), rig().ownThreads().stream())
                .flatMap(threads -> threads);
        return all.filter(Thread::isAlive)
                .mapToLong(thread -> bean.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    // Sixty-four messages on the way, so that idling is not what is measured; nothing is allocated here.
    private void echo(final Client client, final End end, final int count, final IdleStrategy idle) {
        final long start = end.delivered();
        long seen = start;
        long seenNs = System.nanoTime();
        long sent = 0;
        while (end.delivered() - start < count) {
            int work = 0;
            if (sent < count && sent - (end.delivered() - start) < 64) {
                final SendStatus status = end.offer(64, Command.ECHO);
                assertTrue(status == SendStatus.ACCEPTED || status == SendStatus.BACK_PRESSURED, "send failed");
                work = status == SendStatus.ACCEPTED ? 1 : 0;
                sent += work;
            }
            if (work == 0) {
                work = client.poll(end);
            }
            if (end.delivered() != seen) {
                seen = end.delivered();
                seenNs = System.nanoTime();
            } else if (System.nanoTime() - seenNs > rig().limitNs()) {
                throw new AssertionError("waited in vain for " + count + " echoes; " + end);
            }
            idle.idle(work);
        }
    }
}
