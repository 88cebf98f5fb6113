package io.fizeau.transports.tls.context;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts who holds a key whose certificate is in the folder, as long as that certificate is valid. Not the name of the host: the
 * folder says who it is, and addresses change between links. The chain is the JDK's to judge; what it leaves out is that a
 * certificate which is trusted by itself may have expired. Thread-safe.
 */
final class FolderTrust extends X509ExtendedTrustManager {
    private final X509TrustManager chains;

    private FolderTrust(final X509TrustManager chains) {
        this.chains = chains;
    }

    static FolderTrust of(final KeyStore trusted) throws GeneralSecurityException {
        final TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        for (final TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager chains) {
                return new FolderTrust(chains);
            }
        }
        throw new GeneralSecurityException("this JDK has no judge of certificate chains");
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType) throws CertificateException {
        requireValid(chain);
        try {
            chains.checkClientTrusted(chain, authType);
        } catch (final CertificateException e) {
            throw foreign(chain[0], e);
        }
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType) throws CertificateException {
        requireValid(chain);
        try {
            chains.checkServerTrusted(chain, authType);
        } catch (final CertificateException e) {
            throw foreign(chain[0], e);
        }
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType, final Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType, final Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType, final SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType, final SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chains.getAcceptedIssuers();
    }

    private static void requireValid(final X509Certificate[] chain) throws CertificateException {
        for (final X509Certificate certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (final CertificateExpiredException e) {
                throw new CertificateException(
                        named(certificate) + " expired on "
                                + certificate
                                        .getNotAfter()
                                        .toInstant()
                                        .atOffset(ZoneOffset.UTC)
                                        .toLocalDate()
                                + ": make new keys at its end",
                        e);
            } catch (final CertificateNotYetValidException e) {
                throw new CertificateException(
                        named(certificate) + " is not valid before "
                                + certificate
                                        .getNotBefore()
                                        .toInstant()
                                        .atOffset(ZoneOffset.UTC)
                                        .toLocalDate()
                                + ": look at the clocks of both hosts",
                        e);
            }
        }
    }

    private static CertificateException foreign(final X509Certificate certificate, final CertificateException cause) {
        return new CertificateException(
                named(certificate)
                        + " is not one that this end trusts: give both ends the same folder of keys, or each the other's certificate in peers.pem",
                cause);
    }

    /** By its fingerprint: the names in it are whatever its maker wrote. */
    private static String named(final X509Certificate certificate) {
        try {
            final byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return "the peer's certificate " + HexFormat.of().formatHex(hash, 0, 8);
        } catch (final GeneralSecurityException e) {
            return "the peer's certificate (" + e.getMessage() + ')';
        }
    }
}
