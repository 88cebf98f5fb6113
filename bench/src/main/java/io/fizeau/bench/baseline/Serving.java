package io.fizeau.bench.baseline;

import io.fizeau.core.address.Address;
import java.io.IOException;

/** The far end of a loop. Made and closed by whoever starts it; in between the serving thread has it for itself. */
interface Serving extends AutoCloseable {
    /** Where the client connects to. */
    Address address();

    /** Serves one client until it has gone or the run is stopped. */
    void serve(ServingRun run) throws IOException;

    @Override
    void close();
}
