package io.fizeau.results.choose;

/** What can be said of a transport and a user's needs. */
public enum ChoiceVerdict {
    /** It was measured under these conditions, or worse ones, and kept to every limit in every fork. */
    MEETS,
    /** Nothing that was measured decides it. */
    CANNOT_TELL,
    /** It does not promise what is needed, or missed a limit in every fork. */
    FAILS;

    /** {@return as a person reads it} */
    String text() {
        return name().replace('_', ' ');
    }
}
