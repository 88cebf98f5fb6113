package io.fizeau.core.host;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files and sockets a process may have open. Stateless. */
public final class OpenFiles {
    private static final Pattern ROW = Pattern.compile("(?m)^Max open files\\s+(\\S+)\\s+(\\S+)");

    /** Jars, libraries, pipes, the selector's own. */
    private static final int OTHER_FILES = 200;

    private OpenFiles() {}

    /**
     * The hard limit of this process and those it starts, to which HotSpot raises the soft one by itself.
     *
     * @return the limit; empty if there is none, or it is not known.
     */
    public static OptionalLong most() {
        return most(HostFiles.ofThisHost().text("/proc/self/limits"));
    }

    /**
     * Why a process cannot have so many connections.
     *
     * @param connections how many.
     * @param endsHere how many ends of each it has: 1, or 2 where client and server are one process.
     * @return one line that names the limit and what raises it; empty if it can, as far as is known before they are made.
     */
    public static Optional<String> hindrance(final long connections, final int endsHere) {
        return hindrance(connections, endsHere, most());
    }

    static Optional<String> hindrance(final long connections, final int endsHere, final OptionalLong most) {
        final long needed = endsHere * connections + OTHER_FILES;
        return most.isPresent() && needed > most.getAsLong()
                ? Optional.of(connections + " connections need " + needed
                        + " open files " + (endsHere > 1 ? "in a process that has both ends" : "at each end")
                        + ", and a process may have " + most.getAsLong()
                        + ": raise the hard limit (ulimit -Hn " + 2L * endsHere * connections + ")")
                : Optional.empty();
    }

    static OptionalLong most(final String limits) {
        final Matcher row = ROW.matcher(limits);
        return row.find() && row.group(2).matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(row.group(2)))
                : OptionalLong.empty();
    }
}
