package io.fizeau.results.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page, driven by the DevTools protocol over a WebSocket. Every call ends within a time; closing ends the
 * process and what it started, and nothing else.
 */
final class Chromium implements AutoCloseable {
    private static final long MOST_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<JsonNode> events = new ConcurrentLinkedQueue<>();
    private String session = "";
    private int lastId;

    private Chromium(final Process process, final String url) throws Exception {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(url), new Messages())
                .get(MOST_SECONDS, TimeUnit.SECONDS);
    }

    /** The program on the path, empty if there is none. */
    static Optional<Path> program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .flatMap(folder -> List.of("chromium", "chromium-browser", "google-chrome").stream()
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one with a profile of its own and an empty page. */
    static Chromium start(final Path program, final Path profile) throws Exception {
        final ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        // What it leaves behind when it is killed lies where the test cleans up.
        builder.environment().put("TMPDIR", Files.createDirectories(profile).toString());
        final Process process = builder.start();
        try {
            final String url =
                    CompletableFuture.supplyAsync(() -> debuggerUrl(process)).get(MOST_SECONDS, TimeUnit.SECONDS);
            final Chromium chromium = new Chromium(process, url);
            final String target = chromium.call("Target.createTarget", Map.of("url", "about:blank"))
                    .path("targetId")
                    .asText();
            chromium.session = chromium.call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                    .path("sessionId")
                    .asText();
            for (final String domain : List.of("Page", "Runtime", "Log", "Network")) {
                chromium.call(domain + ".enable", Map.of());
            }
            return chromium;
        } catch (final Exception e) {
            end(process);
            throw e;
        }
    }

    private static String debuggerUrl(final Process process) {
        final BufferedReader lines = process.errorReader();
        final String sign = "DevTools listening on ";
        final String url = lines.lines()
                .filter(line -> line.startsWith(sign))
                .map(line -> line.substring(sign.length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("chromium ended without a debugger"));
        // What it says from now on is read, so that it never waits for a reader.
        final Thread drain = new Thread(() -> lines.lines().forEach(line -> {}), "chromium-stderr");
        drain.setDaemon(true);
        drain.start();
        return url;
    }

    /** Calls a method and waits for its result. */
    JsonNode call(final String method, final Map<String, Object> params) throws Exception {
        final int id = ++lastId;
        final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        final ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(params));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        socket.sendText(message.toString(), true).get(MOST_SECONDS, TimeUnit.SECONDS);
        final JsonNode answered = answer.get(MOST_SECONDS, TimeUnit.SECONDS);
        if (answered.has("error")) {
            throw new IllegalStateException(method + ": " + answered.get("error"));
        }
        return answered.path("result");
    }

    /** Opens a file and waits until it is there. */
    void open(final Path file) throws Exception {
        call("Page.navigate", Map.of("url", file.toUri().toString()));
        await("document.readyState === 'complete' && !!window.fizeau");
    }

    /** The value of an expression in the page. */
    JsonNode eval(final String script) throws Exception {
        final JsonNode result =
                call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(script + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Waits until an expression is true; fails after a while. */
    void await(final String script) throws Exception {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!eval("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(!!(" + script + ")), 20)))")
                .asBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("never true: " + script);
            }
        }
    }

    /** Everything that the page told of itself since it was there: requests, logs, exceptions. */
    List<JsonNode> events(final String method) {
        return events.stream()
                .filter(event -> event.path("method").asText().equals(method))
                .toList();
    }

    @Override
    public void close() {
        socket.abort();
        end(process);
    }

    /** Waits until all of them are gone, so that nothing writes into the profile any more. */
    private static void end(final Process process) {
        final List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(
                each -> each.onExit().orTimeout(MOST_SECONDS, TimeUnit.SECONDS).join());
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(final WebSocket from, final CharSequence data, final boolean last) {
            parts.append(data);
            if (last) {
                try {
                    final JsonNode message = JSON.readTree(parts.toString());
                    final CompletableFuture<JsonNode> call =
                            calls.remove(message.path("id").asInt(-1));
                    if (call == null) {
                        events.add(message);
                    } else {
                        call.complete(message);
                    }
                } catch (final IOException e) {
                    calls.values().forEach(call -> call.completeExceptionally(e));
                }
                parts.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
