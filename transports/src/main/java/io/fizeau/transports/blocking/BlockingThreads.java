package io.fizeau.transports.blocking;

import io.fizeau.core.settings.CommonOptions;
import io.fizeau.core.settings.DrivingChoice;
import io.fizeau.core.settings.Idle;
import io.fizeau.core.settings.Settings;

/**
 * Whose threads drive a node of this family, and what they are.
 *
 * @param kind of the node's own.
 * @param choice whose threads drive, as asked for.
 * @param idle how one of the node's own waits while a handler answers RETRY.
 */
public record BlockingThreads(ThreadKind kind, DrivingChoice choice, Idle idle) {
    /**
     * Reads them.
     *
     * @param settings values for {@link ThreadKind#THREADS} and the common options.
     * @return what was chosen.
     */
    public static BlockingThreads of(final Settings settings) {
        return new BlockingThreads(
                settings.get(ThreadKind.THREADS),
                settings.get(CommonOptions.DRIVING),
                settings.get(CommonOptions.IDLE));
    }
}
