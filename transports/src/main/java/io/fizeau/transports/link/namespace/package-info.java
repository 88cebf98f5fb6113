/** Network namespaces that end with the process that made them. */
@NullMarked
package io.fizeau.transports.link.namespace;

import org.jspecify.annotations.NullMarked;
