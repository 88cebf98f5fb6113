package io.fizeau.transports.tls.context;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.transport.Availability;
import java.security.Provider;
import org.conscrypt.Conscrypt;

/** The only class that names Conscrypt's: whoever does not ask for it never needs its jar. Stateless. */
final class ConscryptProvider {
    private static final String WHAT_TO_DO =
            "put org.conscrypt:conscrypt-openjdk-uber on the class path, or leave provider=conscrypt away";

    private ConscryptProvider() {}

    static Availability availability() {
        try {
            Conscrypt.checkAvailability();
            return Availability.yes();
        } catch (final NoClassDefFoundError e) {
            return Availability.no("Conscrypt is not here: " + WHAT_TO_DO);
        } catch (final LinkageError e) {
            return Availability.no("Conscrypt has no native code for this system (" + e.getMessage()
                    + "): leave provider=conscrypt away");
        }
    }

    /** Made anew, and known to nobody but the contexts made with it. */
    static Provider make() {
        final Availability availability = availability();
        if (!availability.isAvailable()) {
            throw TransportException.badRequest(availability.reason());
        }
        return Conscrypt.newProvider();
    }
}
