/** Aeron's media driver inside this process: its directory, its configuration, its life and its errors. */
@NullMarked
package io.fizeau.transports.aeron.driver;

import org.jspecify.annotations.NullMarked;
