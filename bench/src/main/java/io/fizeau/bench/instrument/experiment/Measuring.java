package io.fizeau.bench.instrument.experiment;

import io.fizeau.bench.trial.TrialEnds;
import io.fizeau.bench.trial.TrialSettings;
import io.fizeau.core.settings.Sends;

/** What experiments share. Stateless. */
final class Measuring {
    /** The transport under most experiments: it crosses processes, and runs on any machine. */
    static final String TRANSPORT = "tcp-nio";

    private static final int MESSAGE_BYTES = 32;
    private static final String AUTO = "auto";

    private Measuring() {}

    /** Both ends of a trial, this JVM being the near one. */
    static TrialEnds ends(final String service) {
        return TrialEnds.open(
                new TrialSettings(TRANSPORT, Sends.EACH, MESSAGE_BYTES, TrialSettings.PROCESS, AUTO, AUTO, service));
    }
}
