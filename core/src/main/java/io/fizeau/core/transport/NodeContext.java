package io.fizeau.core.transport;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.ErrorHandler;

/**
 * What a node gets from whoever opens it.
 *
 * @param name a short name for threads and messages, such as {@code server}.
 * @param threads makes every thread the node runs, so that whoever opened it can name, count and pin them.
 * @param errors is told of every error on the node's own threads and of every exception thrown by a handler. Called by any of
 *     them.
 */
public record NodeContext(String name, ThreadFactory threads, ErrorHandler errors) {
    /**
     * A context whose threads are daemons named after it.
     *
     * @param name a short name for threads and messages.
     * @param errors is told of errors.
     * @return the context.
     */
    public static NodeContext named(final String name, final ErrorHandler errors) {
        final AtomicInteger count = new AtomicInteger();
        return new NodeContext(
                name,
                task -> {
                    final Thread thread = new Thread(task, "fizeau-" + name + '-' + count.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                },
                errors);
    }
}
