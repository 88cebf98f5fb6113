package io.fizeau.core.load;

/** How closely both ends look at each message of a phase. */
public enum Check {
    /** Length, run, phase and sequence: cheap enough for timed phases. */
    SEQUENCE,
    /** Every byte, by its checksum and its content: for untimed passes. */
    CONTENT
}
