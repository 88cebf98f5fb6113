package io.fizeau.core.tck.rig;

import io.fizeau.core.settings.Driving;
import java.util.Locale;

/**
 * One way of running a test: who drives each end, and where the listening one is.
 *
 * @param listening whose threads drive the listening end.
 * @param connecting whose threads drive the connecting end.
 * @param isOtherJvm whether the listening end is in another JVM.
 */
public record Way(Driving listening, Driving connecting, boolean isOtherJvm) {
    @Override
    public String toString() {
        return "listener=" + listening.name().toLowerCase(Locale.ROOT)
                + " connector=" + connecting.name().toLowerCase(Locale.ROOT)
                + (isOtherJvm ? " in two JVMs" : "");
    }
}
