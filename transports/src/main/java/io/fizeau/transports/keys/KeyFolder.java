package io.fizeau.transports.keys;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Option;
import io.fizeau.core.settings.Settings;
import io.fizeau.core.transport.Availability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A folder of keys as {@code fizeau keys} makes it. Whoever has the folder is one of us: both ends of a connection are given the
 * same one, or each has its own and finds the other's certificate in {@value #PEERS}.
 *
 * <p>The folder and the files in it must be closed to everybody but their owner, as ssh asks of its keys; else nothing is read. No
 * secret is in a message, in {@link #toString()} or in the name of anything.
 *
 * <p>Immutable and thread-safe. Every method that reads a file blocks for it; read once, when a node opens.
 */
public final class KeyFolder {
    /** Which folder. */
    public static final Option<String> KEYS = Option.text(
            "keys", "", "the folder of keys that 'fizeau keys' made, the same at both ends; ~/.fizeau/keys if not set");

    /** How long a pre-shared key is. */
    public static final int PRE_SHARED_BYTES = 32;

    static final String ALIAS = "fizeau";
    static final String STORE_TYPE = "PKCS12";
    static final String IDENTITY = "identity.p12";
    static final String PASSWORD = "password";
    static final String CERTIFICATE = "certificate.pem";
    static final String PEERS = "peers.pem";
    static final String PRE_SHARED = "pre-shared.key";

    private final Path path;

    private KeyFolder(final Path path) {
        this.path = path;
    }

    /**
     * Where the keys are that a spec string means. Reads nothing.
     *
     * @param settings values for {@link #KEYS}.
     * @return the folder given, or the user's own one.
     * @throws TransportException if none is given and the environment has no HOME.
     */
    public static Path place(final Settings settings) {
        final String given = settings.get(KEYS);
        return given.isEmpty() ? defaultPlace() : Path.of(given).toAbsolutePath();
    }

    /**
     * The user's own folder, which may not be there yet.
     *
     * @return {@code .fizeau/keys} below HOME.
     * @throws TransportException if the environment has no HOME.
     */
    public static Path defaultPlace() {
        final String home = System.getenv("HOME");
        if (home == null || home.isEmpty()) {
            throw TransportException.badRequest("HOME is not set, so there is no folder of keys: say keys=DIR");
        }
        return Path.of(home, ".fizeau", "keys").toAbsolutePath();
    }

    /**
     * Whether the folder that a spec string means can be used.
     *
     * @param settings values for {@link #KEYS}.
     * @return that it can, or why not and what to do.
     */
    public static Availability availability(final Settings settings) {
        try {
            open(place(settings));
            return Availability.yes();
        } catch (final TransportException e) {
            return Availability.no(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Looks whether everything is there and closed to others; reads no key yet.
     *
     * @param folder the folder.
     * @return the folder, to read from.
     * @throws TransportException if it, or a file in it, is missing or open to others; the message says what to do.
     */
    public static KeyFolder open(final Path folder) {
        if (!Files.isDirectory(folder)) {
            throw TransportException.badRequest("there are no keys in " + folder + ": make them by: " + making(folder));
        }
        OwnerOnly.require(folder);
        for (final String name : new String[] {IDENTITY, PASSWORD, PRE_SHARED}) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw TransportException.badRequest("the keys in " + folder + " are not complete, " + name
                        + " is missing: remove the folder and make it again by: " + making(folder));
            }
            OwnerOnly.require(folder.resolve(name));
        }
        final Path peers = folder.resolve(PEERS);
        if (Files.exists(peers, LinkOption.NOFOLLOW_LINKS)) {
            OwnerOnly.require(peers);
        }
        return new KeyFolder(folder);
    }

    /**
     * Where it is.
     *
     * @return the folder.
     */
    public Path path() {
        return path;
    }

    /**
     * The key that both ends of sealed messages share. Not used for messages itself: keys for them are derived from it.
     *
     * @return {@value #PRE_SHARED_BYTES} bytes, a copy, for the caller to overwrite when it is done.
     * @throws TransportException if the file cannot be read or has another length.
     */
    public byte[] preSharedKey() {
        final byte[] key = read(PRE_SHARED);
        if (key.length != PRE_SHARED_BYTES) {
            throw unusable(PRE_SHARED, "it has " + key.length + " bytes and must have " + PRE_SHARED_BYTES, null);
        }
        return key;
    }

    /**
     * What this end proves itself with in a TLS handshake.
     *
     * @return key managers for the one key of the folder.
     * @throws TransportException if the files cannot be read, or do not fit one another.
     */
    public KeyManager[] keyManagers() {
        final char[] password = password();
        try {
            final KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(identity(password), password);
            return factory.getKeyManagers();
        } catch (final GeneralSecurityException e) {
            throw unusable(IDENTITY, "its key cannot be taken out", e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /**
     * Whom this end trusts: the folder's own certificate, and those in {@value #PEERS} if there is one.
     *
     * @return a key store that holds certificates only.
     * @throws TransportException if the files cannot be read, or hold no certificates.
     */
    public KeyStore trusted() {
        final char[] password = password();
        try {
            final KeyStore trusted = KeyStore.getInstance(STORE_TYPE);
            trusted.load(null, null);
            final Certificate own = identity(password).getCertificate(ALIAS);
            if (own == null) {
                throw unusable(IDENTITY, "it holds no certificate named " + ALIAS, null);
            }
            trusted.setCertificateEntry("own", own);
            int count = 0;
            for (final Certificate peer : peers()) {
                trusted.setCertificateEntry("peer-" + count, peer);
                count++;
            }
            return trusted;
        } catch (final GeneralSecurityException | IOException e) {
            throw unusable(IDENTITY, "its certificate cannot be taken out", e);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Collection<? extends Certificate> peers() {
        if (!Files.exists(path.resolve(PEERS))) {
            return List.of();
        }
        OwnerOnly.require(path.resolve(PEERS));
        try (InputStream in = Files.newInputStream(path.resolve(PEERS))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (final GeneralSecurityException | IOException e) {
            throw unusable(PEERS, "it must hold certificates as text, as " + CERTIFICATE + " does", e);
        }
    }

    private KeyStore identity(final char[] password) {
        OwnerOnly.require(path.resolve(IDENTITY));
        try (InputStream in = Files.newInputStream(path.resolve(IDENTITY))) {
            final KeyStore identity = KeyStore.getInstance(STORE_TYPE);
            identity.load(in, password);
            return identity;
        } catch (final GeneralSecurityException | IOException e) {
            throw unusable(IDENTITY, "it is damaged, or " + PASSWORD + " is another's", e);
        }
    }

    private char[] password() {
        final byte[] bytes = read(PASSWORD);
        try {
            return new String(bytes, StandardCharsets.US_ASCII).strip().toCharArray();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private byte[] read(final String name) {
        final Path file = path.resolve(name);
        OwnerOnly.require(file);
        try {
            return Files.readAllBytes(file);
        } catch (final IOException e) {
            throw unusable(name, "it cannot be read", e);
        }
    }

    private TransportException unusable(final String name, final String why, final @Nullable Exception cause) {
        final String message = path.resolve(name) + " cannot be used: " + why
                + "; remove the folder and make it again by: " + making(path);
        return cause == null
                ? TransportException.badRequest(message)
                : new TransportException(TransportException.NextStep.STOP, message, cause);
    }

    private static String making(final Path folder) {
        final String home = System.getenv("HOME");
        final boolean isDefault = home != null && !home.isEmpty() && folder.equals(defaultPlace());
        return isDefault ? "fizeau keys" : "fizeau keys --dir " + folder;
    }

    @Override
    public String toString() {
        return "keys in " + path;
    }
}
