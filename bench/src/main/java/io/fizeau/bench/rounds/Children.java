package io.fizeau.bench.rounds;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The processes this one started, and those that they started: JMH's forks and the servers of these, other builds. Stateless. */
public final class Children {
    private static final Duration GRACE = Duration.ofSeconds(2);

    private Children() {}

    /** Ends all of them: first politely, so that they free ports and shared memory, then by force. Waits until they are gone. */
    static void end() {
        // The list is taken first: a grandchild whose parent has ended is no descendant any more.
        end(ProcessHandle.current().descendants().toList());
    }

    /**
     * Ends one of them and those that it started, in the same way. Waits until they are gone, for a few seconds at most.
     *
     * @param process the process; it may have ended.
     */
    public static void end(final Process process) {
        end(Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList());
    }

    private static void end(final List<ProcessHandle> all) {
        all.forEach(ProcessHandle::destroy);
        if (!awaitEnd(all)) {
            all.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(all);
        }
    }

    private static boolean awaitEnd(final List<ProcessHandle> processes) {
        final CompletableFuture<?>[] exits =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (final TimeoutException | ExecutionException e) {
            return false;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
