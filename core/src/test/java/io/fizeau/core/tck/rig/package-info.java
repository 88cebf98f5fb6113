/** What the conformance kit's tests are built of: ends that check what they are given, servers here and in another JVM. */
@NullMarked
package io.fizeau.core.tck.rig;

import org.jspecify.annotations.NullMarked;
