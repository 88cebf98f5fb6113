package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.instrument.traffic.LinkQuestions;
import io.fizeau.bench.probe.LinkJvm;
import io.fizeau.transports.link.LinkKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks a link something by a JVM of its own. Stateless. */
final class LinkAnswers {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private LinkAnswers() {}

    /**
     * Asks.
     *
     * @return name to number, in the order told.
     * @throws io.fizeau.core.error.TransportException with what the other JVM complains of.
     */
    static Map<String, Double> ask(final LinkKind kind, final String question) {
        final Map<String, Double> answers = new LinkedHashMap<>();
        for (final String line : LinkJvm.run(kind, LinkQuestions.class, question, LIMIT)) {
            final String[] words = line.split(" ", -1);
            if (words.length == 2 && words[1].matches("-?\\d+\\.\\d+")) {
                answers.put(words[0], Double.valueOf(words[1]));
            }
        }
        return answers;
    }
}
