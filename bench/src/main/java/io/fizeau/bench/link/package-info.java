/** The bad link of a run: which one a plan needs, the run's own network namespace, and what the link does for each fork. */
@NullMarked
package io.fizeau.bench.link;

import org.jspecify.annotations.NullMarked;
