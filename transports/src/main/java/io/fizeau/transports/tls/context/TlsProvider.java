package io.fizeau.transports.tls.context;

/** Whose TLS it is. */
public enum TlsProvider {
    /** The one of the running JDK. */
    JDK,
    /** Conscrypt, which is BoringSSL in native code; its jar has to be on the class path. */
    CONSCRYPT
}
