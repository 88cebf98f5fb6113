/** How latency is recorded, and merged without loss: histograms, and the separate episodes that stand behind a percentile. */
@NullMarked
package io.fizeau.core.latency;

import org.jspecify.annotations.NullMarked;
