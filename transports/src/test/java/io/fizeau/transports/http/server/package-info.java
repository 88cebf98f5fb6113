/** Tests of the listening end. */
@NullMarked
package io.fizeau.transports.http.server;

import org.jspecify.annotations.NullMarked;
