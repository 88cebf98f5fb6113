package io.fizeau.results.choose;

import java.util.List;
import java.util.Optional;

/**
 * What the evidence decides about one transport.
 *
 * @param verdict of it.
 * @param evidence the row that decided, or came nearest to; empty if there is none.
 * @param why it fails or cannot be told; empty where it meets.
 * @param notes what stood in for what was asked.
 * @param isOpen nothing that was measured bears on it; something that was measured elsewhere may stand in.
 */
record Ruling(ChoiceVerdict verdict, Optional<Evidence> evidence, String why, List<String> notes, boolean isOpen) {
    Ruling {
        notes = List.copyOf(notes);
    }

    static Ruling by(final Evidence evidence, final String note) {
        return new Ruling(
                evidence.verdict(),
                Optional.of(evidence),
                evidence.why(),
                note.isEmpty() ? List.of() : List.of(note),
                false);
    }

    static Ruling unclear(final Evidence evidence, final String why) {
        return new Ruling(ChoiceVerdict.CANNOT_TELL, Optional.of(evidence), why, List.of(), false);
    }

    static Ruling open(final String why) {
        return new Ruling(ChoiceVerdict.CANNOT_TELL, Optional.empty(), why, List.of(), true);
    }

    static Ruling open(final Evidence evidence) {
        return new Ruling(ChoiceVerdict.CANNOT_TELL, Optional.of(evidence), evidence.why(), List.of(), true);
    }

    boolean meets() {
        return verdict == ChoiceVerdict.MEETS;
    }

    boolean fails() {
        return verdict == ChoiceVerdict.FAILS;
    }
}
