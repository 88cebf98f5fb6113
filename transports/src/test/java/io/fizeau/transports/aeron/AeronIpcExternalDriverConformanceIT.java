package io.fizeau.transports.aeron;

import io.fizeau.core.tck.TransportConformance;
import org.junit.jupiter.api.AfterAll;

final class AeronIpcExternalDriverConformanceIT extends TransportConformance {
    private final ExternalDriver driver = new ExternalDriver();

    @AfterAll
    void closeDriver() {
        driver.close();
    }

    @Override
    protected String spec() {
        return "aeron-ipc?connectTimeout=6s&dir=" + driver.directory();
    }
}
