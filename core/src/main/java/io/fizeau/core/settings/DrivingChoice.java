package io.fizeau.core.settings;

/** What a user asks for in the option {@code driving}. */
public enum DrivingChoice {
    /** {@link Driving#CALLER} at each end that offers it, else {@link Driving#OWN}. */
    AUTO,
    /** {@link Driving#CALLER}, or an error at an end that does not offer it. */
    CALLER,
    /** {@link Driving#OWN}, or an error at an end that does not offer it. */
    OWN
}
