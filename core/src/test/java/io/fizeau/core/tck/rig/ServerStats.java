package io.fizeau.core.tck.rig;

import io.fizeau.core.transport.CloseReason;
import java.util.ArrayList;
import java.util.List;

/**
 * What has happened at a {@link Server}.
 *
 * @param opened connections that opened.
 * @param messages messages consumed.
 * @param bytes their bytes.
 * @param retries how often RETRY was answered.
 * @param accepted what the listener says it accepted.
 * @param rejected what the listener says it rejected.
 * @param reasons of the connections that closed, in the order of opening.
 * @param faults broken promises, empty if none.
 */
public record ServerStats(
        long opened,
        long messages,
        long bytes,
        long retries,
        long accepted,
        long rejected,
        List<CloseReason> reasons,
        String faults) {
    /** Makes the list unmodifiable. */
    public ServerStats {
        reasons = List.copyOf(reasons);
    }

    String toLine() {
        final StringBuilder line = new StringBuilder();
        line.append(opened)
                .append(' ')
                .append(messages)
                .append(' ')
                .append(bytes)
                .append(' ')
                .append(retries);
        line.append(' ')
                .append(accepted)
                .append(' ')
                .append(rejected)
                .append(' ')
                .append(reasons.size());
        for (final CloseReason reason : reasons) {
            line.append(' ').append(reason);
        }
        return line.append(' ').append(faults.replace('\n', ' ')).toString();
    }

    static ServerStats ofLine(final String line) {
        final String[] words = line.split(" ", -1);
        final int count = Integer.parseInt(words[6]);
        final List<CloseReason> reasons = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reasons.add(CloseReason.valueOf(words[7 + i]));
        }
        final String faults = String.join(" ", List.of(words).subList(7 + count, words.length));
        return new ServerStats(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]),
                reasons,
                faults);
    }
}
