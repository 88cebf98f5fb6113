package io.fizeau.bench.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/** What JMH's generator wrote down of the benchmarks of a build. Stateless. */
public final class BenchmarkEntries {
    private static final String LIST = BenchmarkList.BENCHMARK_LIST.substring(1);

    private BenchmarkEntries() {}

    /**
     * Those on the class path.
     *
     * @return full name to entry, in the order of the list.
     */
    public static Map<String, BenchmarkListEntry> installed() {
        final Map<String, BenchmarkListEntry> entries = new LinkedHashMap<>();
        try {
            final List<URL> lists =
                    Collections.list(BenchmarkEntries.class.getClassLoader().getResources(LIST));
            for (final URL list : lists) {
                try (InputStream in = list.openStream()) {
                    add(entries, in);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    /**
     * Those of a jar.
     *
     * @param jar a file.
     * @return full name to entry; empty if the jar has no list.
     * @throws IOException if it is no jar, or its list is not of this JMH's form.
     */
    public static Map<String, BenchmarkListEntry> of(final Path jar) throws IOException {
        final Map<String, BenchmarkListEntry> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            final ZipEntry list = zip.getEntry(LIST);
            if (list != null) {
                try (InputStream in = zip.getInputStream(list)) {
                    add(entries, in);
                }
            }
        } catch (final IllegalStateException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("its " + LIST + " cannot be read: " + e.getMessage(), e);
        }
        return entries;
    }

    private static void add(final Map<String, BenchmarkListEntry> entries, final InputStream list) throws IOException {
        for (final BenchmarkListEntry entry : BenchmarkList.readBenchmarkList(list)) {
            entries.put(entry.getUsername(), entry);
        }
    }
}
