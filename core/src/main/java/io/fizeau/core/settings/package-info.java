/** Typed, validated options of transports and layers, and the few that all of them share. */
@NullMarked
package io.fizeau.core.settings;

import org.jspecify.annotations.NullMarked;
