package io.fizeau.results.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables in the docs that a command printed. They stand between {@code <!-- fizeau: ARGUMENTS -->} and
 * {@code <!-- /fizeau -->}, and are replaced by what {@code ./fizeau ARGUMENTS} prints now. A command that fails leaves what is
 * there. One thread.
 */
final class DocTables {
    private static final Pattern BLOCK =
            Pattern.compile("(<!-- fizeau: (.+?) -->\n)(.*?)(<!-- /fizeau -->)", Pattern.DOTALL);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path home;
    private final CommandRunner runner;

    DocTables(final Path home, final CommandRunner runner) {
        this.home = home;
        this.runner = runner;
    }

    /** {@code README.md} and each page under {@code docs}. */
    static List<Path> pages(final Path home) throws IOException {
        final List<Path> pages = new ArrayList<>();
        if (Files.exists(home.resolve("README.md"))) {
            pages.add(home.resolve("README.md"));
        }
        if (Files.isDirectory(home.resolve("docs"))) {
            try (Stream<Path> inside = Files.list(home.resolve("docs"))) {
                inside.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    List<StepResult> refresh() throws IOException {
        final List<StepResult> results = new ArrayList<>();
        for (final Path page : pages(home)) {
            refresh(page, results);
        }
        return results;
    }

    private void refresh(final Path page, final List<StepResult> results) throws IOException {
        final String old = Files.readString(page);
        final Matcher block = BLOCK.matcher(old);
        final StringBuilder text = new StringBuilder();
        while (block.find()) {
            final String arguments = block.group(2).strip();
            final String name = home.relativize(page) + ": " + arguments;
            final List<String> command = new ArrayList<>();
            command.add(home.resolve("fizeau").toString());
            command.addAll(List.of(arguments.split(" +")));
            final CommandRunner.Ended ended = runner.run(command, ReferenceRuns.log(home, "table"), LIMIT, line -> {});
            final String printed = ended.output().strip();
            if (ended.status() == 0 && !printed.isEmpty()) {
                block.appendReplacement(
                        text,
                        Matcher.quoteReplacement(block.group(1) + "```text\n" + printed + "\n```\n" + block.group(4)));
                results.add(StepResult.done(name, "written"));
            } else {
                block.appendReplacement(text, Matcher.quoteReplacement(block.group()));
                results.add(StepResult.failed(name, ended.inWords() + "; the old table is kept"));
            }
        }
        block.appendTail(text);
        if (!text.toString().equals(old)) {
            Files.writeString(page, text);
        }
    }
}
