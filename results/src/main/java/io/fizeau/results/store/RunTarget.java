package io.fizeau.results.store;

import io.fizeau.results.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where runs go that were read. */
interface RunTarget {
    /**
     * A run before it is read.
     *
     * @param name of its folder.
     * @param location where it is.
     * @param stamp of its files, as {@link Fingerprint#stamp} has it.
     */
    record Source(String name, Path location, String stamp) {}

    /** {@return whether the run is there already as it is now, so that it need not be read} */
    boolean holds(Source source);

    /**
     * {@return the name of another run, there before, that has the same content; empty if there is none}
     *
     * @param source of a run.
     * @param hash of its content.
     */
    Optional<String> sameAs(Source source, String hash);

    /**
     * Takes a run, in place of what was there under its name.
     *
     * @param source where it was read from.
     * @param hash of its content.
     * @param run what was read.
     * @return what could not be read of it, one line each.
     */
    List<String> accept(Source source, String hash, Run run);
}
