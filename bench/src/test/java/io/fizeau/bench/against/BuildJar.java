package io.fizeau.bench.against;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs what looks like another build of the benchmarks. */
final class BuildJar {
    private static final String LIST = "META-INF/BenchmarkList";

    private final Map<String, String> entries = new LinkedHashMap<>();

    BuildJar() throws IOException {
        entries.put(LIST, list());
        for (String profiler : new String[] {"LatencyProfiler", "NoiseProfiler", "ServerProfiler"}) {
            entries.put("io/fizeau/bench/jmh/" + profiler + ".class", "");
        }
        entries.put("io/fizeau/bench/runfolder/build.properties", "version=0.0.9\njmh=1.37\n");
    }

    /** Changes the list of benchmarks. */
    BuildJar replace(String old, String by) {
        String list = entries.get(LIST);
        if (!list.contains(old)) {
            throw new IllegalArgumentException("the list has no " + old);
        }
        entries.put(LIST, list.replace(old, by));
        return this;
    }

    BuildJar with(String entry, String content) {
        entries.put(entry, content);
        return this;
    }

    BuildJar without(String entry) {
        entries.remove(entry);
        return this;
    }

    Path write(Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    /** Of this build and of these tests, as the generator wrote it. */
    private static String list() throws IOException {
        StringBuilder all = new StringBuilder();
        for (URL list : Collections.list(BuildJar.class.getClassLoader().getResources(LIST))) {
            try (InputStream in = list.openStream()) {
                all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }
}
