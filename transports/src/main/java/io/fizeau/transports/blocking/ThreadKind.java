package io.fizeau.transports.blocking;

import io.fizeau.core.settings.Option;
import io.fizeau.core.transport.Availability;
import io.fizeau.core.transport.NodeContext;
import java.util.concurrent.atomic.AtomicLong;

/** What kind of threads a node runs, one for each connection that it drives itself. */
public enum ThreadKind {
    /** The system's, made by the node's context. */
    PLATFORM {
        @Override
        public Availability availability() {
            return Availability.yes();
        }

        @Override
        Thread start(final Runnable work, final NodeContext context) {
            final Thread thread = context.threads().newThread(work);
            thread.start();
            return thread;
        }
    },

    /**
     * The JVM's own, many on a few of the system's. The context has no part in making them: it cannot count or pin them, only the
     * whole process can be pinned.
     */
    VIRTUAL {
        @Override
        public Availability availability() {
            return VirtualThreads.availability();
        }

        @Override
        Thread start(final Runnable work, final NodeContext context) {
            final String name = "fizeau-" + context.name() + "-virtual-" + COUNT.getAndIncrement();
            return VirtualThreads.start(() -> {
                Thread.currentThread().setName(name);
                work.run();
            });
        }
    };

    /** The option of the transports that let one choose. */
    public static final Option<ThreadKind> THREADS = Option.choice(
            "threads",
            ThreadKind.class,
            PLATFORM,
            "what the transport's own threads are: the system's, or virtual ones where the JDK has them (21 or later)");

    private static final AtomicLong COUNT = new AtomicLong();

    /**
     * Whether this JVM has them.
     *
     * @return that it has, or why not and what would change it.
     */
    public abstract Availability availability();

    /**
     * Starts a thread.
     *
     * @param work what it does.
     * @param context of the node whose thread it is.
     * @return the thread, running.
     * @throws OutOfMemoryError if the system has no more.
     */
    abstract Thread start(Runnable work, NodeContext context);
}
