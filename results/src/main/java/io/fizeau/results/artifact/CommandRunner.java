package io.fizeau.results.artifact;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Runs other programs: {@code ./fizeau} and {@code ./mvnw}, or in a test what stands for them. */
public interface CommandRunner {
    /**
     * Runs a program to its end, in the working tree.
     *
     * @param command the program and its arguments.
     * @param log where all that it prints goes; a file that is there already is replaced.
     * @param limit after which it is ended, with all that it started.
     * @param progress is told each line as it comes, from other threads.
     * @return how it ended.
     *
     * @throws IOException if it cannot be started, or the log cannot be written.
     */
    Ended run(List<String> command, Path log, Duration limit, Consumer<String> progress) throws IOException;

    /**
     * How a program ended.
     *
     * @param status its exit status, or {@link #OVERTIME}.
     * @param output what it printed on its standard output alone.
     */
    record Ended(int status, String output) {
        /** The status of a program that was ended because it took too long. */
        public static final int OVERTIME = -1;

        /** {@return how it ended, in words} */
        String inWords() {
            return status == OVERTIME ? "it did not end in time" : "it ended with status " + status;
        }
    }
}
