package io.fizeau.transports.http;

/** Whose client connects. */
enum Client {
    /** The JDK's. */
    JDK,
    /** One of our own over the NIO loop, which does no more than it must: what it saves is what the other one costs. */
    PLAIN
}
