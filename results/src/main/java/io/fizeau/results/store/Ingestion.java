package io.fizeau.results.store;

import io.fizeau.results.run.ResultsException;
import io.fizeau.results.run.Run;
import io.fizeau.results.run.RunReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads many runs one after the other, so that no more than one is in memory, and goes on past those that cannot be used. One thread; not
 * reusable.
 */
final class Ingestion {
    private final RunTarget target;
    private final Progress progress;
    private final Map<String, Path> taken = new HashMap<>();
    private final List<String> notices = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int read;
    private int unchanged;

    Ingestion(final RunTarget target, final Progress progress) {
        this.target = target;
        this.progress = progress;
    }

    /**
     * {@return what became of them}
     *
     * @param locations run folders and JMH JSON files.
     */
    ExportReport of(final List<Path> locations) {
        for (int i = 0; i < locations.size(); i++) {
            one(locations.get(i));
            progress.tell(i + 1, locations.size());
        }
        return new ExportReport(read, unchanged, 0, notices, problems);
    }

    private void one(final Path location) {
        try {
            final Path real = location.toRealPath();
            final String name = String.valueOf(real.getFileName());
            final Path before = taken.putIfAbsent(name, real);
            if (before != null) {
                if (before.equals(real)) {
                    notices.add(location + ": was named twice and is taken once");
                } else {
                    problems.add(location + ": left out, for another run of that name was taken, " + before);
                }
                return;
            }
            source(new RunTarget.Source(name, real, Fingerprint.stamp(real)));
        } catch (final ResultsException e) {
            (e.holdsNothing() ? notices : problems).add(String.valueOf(e.getMessage()));
        } catch (final IOException e) {
            problems.add(location + ": there is no such run folder or file");
        }
    }

    private void source(final RunTarget.Source source) {
        if (target.holds(source)) {
            unchanged++;
            return;
        }
        final Run run = RunReader.read(source.location());
        final String hash = Fingerprint.hash(source.location());
        final Optional<String> same = target.sameAs(source, hash);
        if (same.isPresent()) {
            notices.add(source.location() + ": left out, for it is the same run as " + same.get());
            return;
        }
        Stream.concat(run.problems().stream(), target.accept(source, hash, run).stream())
                .forEach(problem -> notices.add(source.name() + ": " + problem));
        read++;
    }
}
