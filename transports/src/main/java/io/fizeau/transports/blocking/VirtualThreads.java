package io.fizeau.transports.blocking;

import io.fizeau.core.transport.Availability;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads, from code that is compiled for a release without them: the one method that is needed is looked up once, by its
 * name.
 */
final class VirtualThreads {
    /** From here on they are no preview any more, which would have the method throw. */
    private static final int FIRST_RELEASE = 21;

    private static final @Nullable MethodHandle START = find();

    private VirtualThreads() {}

    static Availability availability() {
        return START != null
                ? Availability.yes()
                : Availability.no("virtual threads need JDK " + FIRST_RELEASE + " or later, and this is "
                        + Runtime.version().feature() + ": run it on a later one, or with threads=platform");
    }

    static Thread start(final Runnable work) {
        if (START == null) {
            throw new IllegalStateException(availability().reason());
        }
        try {
            return (Thread) START.invokeExact(work);
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException("a virtual thread cannot be started", e);
        }
    }

    private static @Nullable MethodHandle find() {
        if (Runtime.version().feature() < FIRST_RELEASE) {
            return null;
        }
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
