/** What can be read about the machine that a measurement ran on, as names and values. */
@NullMarked
package io.fizeau.core.host;

import org.jspecify.annotations.NullMarked;
