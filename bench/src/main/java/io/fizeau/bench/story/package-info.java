/** What the traces of a connection's two ends tell of its messages: which were hit by a loss, how long each took, and why. */
@NullMarked
package io.fizeau.bench.story;

import org.jspecify.annotations.NullMarked;
