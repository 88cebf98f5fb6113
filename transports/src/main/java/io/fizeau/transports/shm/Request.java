package io.fizeau.transports.shm;

import java.nio.file.Path;
import org.agrona.IoUtil;

/**
 * What a connecting end has asked a listener for, and what must be there until it has its answer. May be withdrawn by any thread.
 *
 * @param path the file in the listener's folder.
 * @param memory what it offers.
 */
record Request(Path path, SealedMemory memory) {
    /** Takes back what is not needed any more: the mappings are made, or never will be. Idempotent. */
    void withdraw() {
        IoUtil.deleteIfExists(path.toFile());
        memory.close();
    }
}
