package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fizeau.core.transport.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/writing-a-transport.md shows: its code is taken off the page, compiled, packed, judged by the kit, and measured. */
@Timeout(600)
class WritingATransportIT {
    private static final Path PAGE = Path.of("..", "docs", "writing-a-transport.md");
    private static final Pattern SOURCE =
            Pattern.compile("```java\n// (example/\\w+\\.java)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SERVICES = Pattern.compile("```services\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path home;

    private Path jar;

    @BeforeEach
    void packWhatThePageShows() throws IOException {
        String page = Files.readString(PAGE);
        Path classes = Files.createDirectories(home.resolve("classes"));
        compile(sources(page), classes);
        jar = pack(classes, services(page));
    }

    @Test
    void shouldPassTheConformanceKit() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(home, "check", "plain-udp", "--plugin", jar.toString())) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isZero();
            assertThat(fizeau.out()).contains("plain-udp");
        }
    }

    @Test
    void shouldBeMeasuredInEachSuite() throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(
                home,
                "run",
                "--plugin",
                jar.toString(),
                "--transports",
                "plain-udp",
                "--rounds",
                "1",
                "--label",
                "page",
                "--",
                "-wi",
                "1",
                "-w",
                "100ms",
                "-i",
                "1",
                "-r",
                "100ms")) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isZero();
        }
        JsonNode rows =
                new ObjectMapper().readTree(runFolder().resolve("jmh.json").toFile());
        assertThat(rows)
                .hasSize(3)
                .allSatisfy(
                        row -> assertThat(row.get("primaryMetric").get("score").asDouble())
                                .isPositive());
    }

    private Path runFolder() throws IOException {
        try (Stream<Path> runs = Files.list(home.resolve("results/runs"))) {
            return runs.findFirst().orElseThrow();
        }
    }

    private List<Path> sources(String page) throws IOException {
        List<Path> sources = new ArrayList<>();
        Matcher matcher = SOURCE.matcher(page);
        while (matcher.find()) {
            Path source = home.resolve("src").resolve(matcher.group(1));
            Files.createDirectories(source.getParent());
            sources.add(Files.writeString(source, matcher.group(2)));
        }
        assertThat(sources).hasSize(4);
        return sources;
    }

    private static String services(String page) {
        Matcher matcher = SERVICES.matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static void compile(List<Path> sources, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-Xlint:all,-path",
                "-Werror",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
        sources.forEach(source -> arguments.add(source.toString()));
        assertThat(compiler.run(null, null, null, arguments.toArray(new String[0])))
                .as("the page's code does not compile: see above")
                .isZero();
    }

    private Path pack(Path classes, String services) throws IOException {
        Path packed = home.resolve("plain-udp.jar");
        try (OutputStream file = Files.newOutputStream(packed);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                Files.copy(each, out);
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + Transport.class.getName()));
            out.write(services.getBytes(StandardCharsets.UTF_8));
        }
        return packed;
    }
}
