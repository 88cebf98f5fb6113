/** Finds transports and layers on the class path and turns a spec string into one that can be opened. */
@NullMarked
package io.fizeau.core.registry;

import org.jspecify.annotations.NullMarked;
