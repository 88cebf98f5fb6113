package io.fizeau.results.choose;

/** How a row's network relates to the one that is asked for. */
enum LinkMatch {
    /** The same within the tolerance. */
    SAME,
    /** No better in anything and worse in something: who keeps a limit there keeps it over the better one. */
    WORSE,
    /** No worse in anything: who misses a limit there misses it over the worse one. */
    MILDER,
    /** Better in one thing and worse in another, or not known. */
    OTHER
}
