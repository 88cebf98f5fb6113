package io.fizeau.transports.aeron.node;

import io.fizeau.core.settings.Driving;
import io.fizeau.core.settings.Sends;
import io.fizeau.transports.aeron.driver.DriverConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a node is opened with.
 *
 * @param driver the embedded driver, and the sizes of every channel.
 * @param externalDirectory the directory of a running driver to use instead, or null.
 * @param driving whose threads drive the node.
 * @param sends whether messages may wait for others.
 * @param connectTimeoutNs how long a connection may take to open.
 */
public record NodeConfig(
        DriverConfig driver, @Nullable Path externalDirectory, Driving driving, Sends sends, long connectTimeoutNs) {
    /**
     * Whether the sending thread has to make the driver send: the caller drives the node, and the node the driver.
     *
     * @return true if sends are followed by a duty cycle of the driver.
     */
    public boolean pushesSends() {
        return driver.isInvoked() && externalDirectory == null && driving == Driving.CALLER;
    }
}
