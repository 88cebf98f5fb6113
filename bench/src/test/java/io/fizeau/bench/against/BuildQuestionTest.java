package io.fizeau.bench.against;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds that start a process which holds their standard output. */
@Timeout(90)
class BuildQuestionTest {
    private static final long HELD_S = 100;

    @TempDir
    Path directory;

    private final List<String> tests = new ArrayList<>();

    @Test
    void shouldEndABuildThatTakesTooLongAndWhatItStarted() throws IOException {
        Map<String, Object> answer = ask("child.waitFor()", 10);

        assertThat(tests).containsExactly("\u00e9t\u00e9");
        ProcessHandle.of(((Number) answer.get("child")).longValue())
                .ifPresent(child -> await().atMost(Duration.ofSeconds(20)).until(() -> !child.isAlive()));
    }

    @Test
    void shouldNotWaitForWhatABuildLeavesRunning() throws IOException {
        Map<String, Object> answer = ask("System.exit(0)", HELD_S);

        assertThat(tests).containsExactly("\u00e9t\u00e9");
        ProcessHandle.of(((Number) answer.get("child")).longValue()).ifPresent(ProcessHandle::destroyForcibly);
    }

    private Map<String, Object> ask(String then, long timeoutS) throws IOException {
        Path source = Files.createDirectories(directory.resolve("io/fizeau/bench/kit"))
                .resolve("BuildStatement.java");
        Files.writeString(source, """
                package io.fizeau.bench.kit;
                public class BuildStatement {
                    public static void main(String[] question) throws Exception {
                        Process child = new ProcessBuilder("sleep", "%d").inheritIO().start();
                        System.out.write("fizeau-test \\u00e9t\\u00e9\\n".getBytes("UTF-8"));
                        System.out.println("fizeau-answer {\\"child\\":" + child.pid() + "}");
                        System.out.flush();
                        %s;
                    }
                }
                """.formatted(HELD_S, then));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        return new BuildQuestion("other.jar", directory.toString()).ask(timeoutS, tests::add, List.of("kit", "x"));
    }
}
