package io.fizeau.core.settings;

import java.util.List;

/** The options that every transport has. What they mean is fixed here, so that a spec string reads the same for all. */
public final class CommonOptions {
    /** Whose threads do the work. */
    public static final Option<DrivingChoice> DRIVING = Option.choice(
            "driving",
            DrivingChoice.class,
            DrivingChoice.AUTO,
            "whose threads do the work: the caller's, the transport's own, or auto (the caller's where offered)");

    /** Whether messages may be held back to travel together. */
    public static final Option<Sends> SENDS = Option.choice(
            "sends", Sends.class, Sends.EACH, "let each message leave at once, or gather them until a flush");

    /** How the transport's own threads wait. */
    public static final Option<Idle> IDLE = Option.choice(
            "idle", Idle.class, Idle.BACKOFF, "how the transport's own threads wait when there is nothing to do");

    private static final List<Option<?>> ALL = List.of(DRIVING, SENDS, IDLE);

    private CommonOptions() {}

    /**
     * All of them.
     *
     * @return an unmodifiable list, in the order in which they are shown.
     */
    public static List<Option<?>> all() {
        return ALL;
    }
}
