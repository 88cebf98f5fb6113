/** The loads that need many connections, or new ones all the time: setting up, echoing on thousands, one to many. */
@NullMarked
package io.fizeau.core.load.many;

import org.jspecify.annotations.NullMarked;
