package io.fizeau.transports.tls.context;

import java.security.cert.CertificateException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was wrong with a peer's TLS, in one line that says what to do. Stateless. */
public final class TlsErrors {
    private static final int DEEPEST_CAUSE = 8;
    private static final int LONGEST = 300;

    private TlsErrors() {}

    /**
     * What was wrong.
     *
     * @param thrown what the TLS implementation threw.
     * @return one line, at most {@value #LONGEST} characters.
     */
    public static String reason(final Throwable thrown) {
        @Nullable Throwable cause = thrown;
        for (int i = 0; cause != null && i < DEEPEST_CAUSE; i++, cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return line(String.valueOf(cause.getMessage()));
            }
        }
        final String said = line(String.valueOf(thrown.getMessage()));
        final String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("plaintext connection")
                || lower.contains("unsupported or unrecognized ssl message")
                || lower.contains("wrong_version_number")
                || lower.contains("parse tls packet")
                || lower.contains("http_request")) {
            return "it does not speak TLS (" + said + "): start both ends with the same transport";
        }
        if (lower.contains("protocol_version")
                || lower.contains("unsupported_protocol")
                || lower.contains("supported_versions")
                || lower.contains("protocol version")) {
            return "it does not speak TLS 1.3 (" + said + ")";
        }
        if (lower.contains("empty client certificate chain") || lower.contains("peer_did_not_return_a_certificate")) {
            return "it showed no certificate (" + said + "): start it with clientAuth=true";
        }
        if (lower.contains("certificate_required")) {
            return "it asks for a certificate (" + said + "): start this end with clientAuth=true";
        }
        if (lower.contains("certificate_unknown")
                || lower.contains("bad_certificate")
                || lower.contains("certificate_expired")
                || lower.contains("unknown_ca")) {
            return "it does not trust this end's certificate (" + said + ")";
        }
        return "its TLS is wrong (" + said + ")";
    }

    private static String line(final String text) {
        final String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
