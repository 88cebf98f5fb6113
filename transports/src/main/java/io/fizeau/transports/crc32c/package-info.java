/** The layer {@code crc32c}: a checksum at the end of each message. */
@NullMarked
package io.fizeau.transports.crc32c;

import org.jspecify.annotations.NullMarked;
