package io.fizeau.results.validity;

import io.fizeau.results.run.ForkResult;
import io.fizeau.results.run.Row;
import io.fizeau.results.run.Run;
import java.util.List;
import java.util.stream.Stream;

/** When a bad link did something else than it was asked to, a row that was measured over it is invalid. Stateless. */
final class LinkRules {
    private static final String LINK = "link";
    private static final String VERDICT = "link.verdict";
    private static final String FINE = "ok";
    private static final String NONE = "none";

    private LinkRules() {}

    /** {@return whether a fork sent through a link that impaired it on purpose} */
    static boolean isImpaired(final ForkResult fork) {
        return !fork.entry().notes().getOrDefault("impairment", NONE).equals(NONE);
    }

    /** {@return whether any fork of a row did} */
    static boolean isImpaired(final Row row) {
        return row.forks().stream().anyMatch(LinkRules::isImpaired);
    }

    /**
     * Packets that vanished and that nobody had scheduled, a delay that is off, a link that broke: each fork counts, because a run
     * is repeated more easily than such a number is explained. And an impairment that was asked for and not applied.
     */
    static Stream<Finding> verdict(final Run run, final Row row) {
        final List<ForkResult> linked = row.okForks().stream()
                .filter(fork -> fork.entry().notes().containsKey(LINK))
                .toList();
        final Stream<Finding> wrong = linked.stream()
                .map(fork -> fork.entry().notes().getOrDefault(VERDICT, "it left no verdict"))
                .filter(verdict -> !verdict.equals(FINE))
                .distinct()
                .map(verdict -> Finding.invalid("the link: " + verdict));
        final Stream<Finding> remarks = Stream.concat(
                remark(
                        linked,
                        "link.receiverOverruns",
                        "\\d*[1-9]\\d*",
                        "a receiver's socket buffer had no room for datagrams that the link delivered"),
                remark(linked, "link.realisedDelay", "not measured.*", "the link does not measure the delay it gave"));
        final String asked = row.key().params().getOrDefault("impair", NONE);
        final Stream<Finding> findings = Stream.concat(wrong, remarks);
        return linked.size() < row.okForks().size() && !asked.equals(NONE)
                ? Stream.concat(findings, Stream.of(Finding.invalid("measured without the impairment " + asked)))
                : findings;
    }

    private static Stream<Finding> remark(
            final List<ForkResult> linked, final String note, final String pattern, final String text) {
        final long count = linked.stream()
                .filter(fork -> fork.entry().notes().getOrDefault(note, "").matches(pattern))
                .count();
        return count == 0
                ? Stream.empty()
                : Stream.of(new Finding(false, text + " in " + count + " of " + ValidityRules.forks(linked.size())));
    }
}
