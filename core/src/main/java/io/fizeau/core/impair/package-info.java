/** A bad link as a pure function of a seed and a packet's index: its text form, and the machine that applies it to one direction. */
@NullMarked
package io.fizeau.core.impair;

import org.jspecify.annotations.NullMarked;
