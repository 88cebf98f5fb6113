package io.fizeau.core.tck.rig;

import java.util.List;

/** What the served end does with a message. */
public enum Command {
    /** Sends it back; answers RETRY while it cannot. */
    ECHO(0),
    /** Counts it. */
    SINK(1),
    /** Answers RETRY three times, then sends it back. */
    RETRY_THEN_ECHO(2),
    /** Closes the connection from inside the callback. */
    CLOSE(3),
    /** Throws from the callback. */
    THROW(4);

    private static final List<Command> ALL = List.of(values());

    private final int code;

    Command(final int code) {
        this.code = code;
    }

    /** What stands for it in a message's phase. */
    int code() {
        return code;
    }

    static Command of(final int code) {
        for (int i = 0; i < ALL.size(); i++) { // an iterator would be garbage on the steady path
            if (ALL.get(i).code == code) {
                return ALL.get(i);
            }
        }
        return ECHO;
    }
}
