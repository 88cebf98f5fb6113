package io.fizeau.core.host;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files and sockets a process may have open. Stateless. */
public final class OpenFiles {
    private static final Pattern ROW = Pattern.compile("(?m)^Max open files\\s+(\\S+)\\s+(\\S+)");

    private OpenFiles() {}

    /**
     * The hard limit of this process and those it starts, to which HotSpot raises the soft one by itself.
     *
     * @return the limit; empty if there is none, or it is not known.
     */
    public static OptionalLong most() {
        return most(HostFiles.ofThisHost().text("/proc/self/limits"));
    }

    static OptionalLong most(final String limits) {
        final Matcher row = ROW.matcher(limits);
        return row.find() && row.group(2).matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(row.group(2)))
                : OptionalLong.empty();
    }
}
