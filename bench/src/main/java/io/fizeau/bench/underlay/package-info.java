/** What lies under a transport, as far as a plan or a measurement has to know. */
@NullMarked
package io.fizeau.bench.underlay;

import org.jspecify.annotations.NullMarked;
