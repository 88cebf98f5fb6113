package io.fizeau.transports.keys;

import io.fizeau.core.error.TransportException;
import io.fizeau.transports.link.command.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a folder of keys: an EC key with a certificate that it signed itself, by the {@code keytool} beside the running Java, and
 * a random pre-shared key. The folder appears complete or not at all. Stateless.
 */
public final class KeyMaker {
    private static final int PASSWORD_BYTES = 24;
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private KeyMaker() {}

    /**
     * Makes it. Blocks for a second or so.
     *
     * @param folder where; must not be there yet. Folders above it are made, closed to others too.
     * @param request what keys.
     * @return the new folder.
     * @throws TransportException if something is there already, keytool is missing or fails, or the folder cannot be written.
     */
    public static KeyFolder make(final Path folder, final KeyRequest request) {
        final Path place = folder.toAbsolutePath().normalize();
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw TransportException.badRequest(
                    place
                            + " is there already and is left as it is: remove it first, if no other end uses its keys any more, or name another by --dir");
        }
        final Path above = place.getParent();
        if (above == null) {
            throw TransportException.badRequest(place + " cannot be a folder of keys: name another by --dir");
        }
        try {
            Files.createDirectories(above, OwnerOnly.folder());
            final Path unfinished = Files.createTempDirectory(above, ".keys-", OwnerOnly.folder());
            try {
                fill(unfinished, request);
                Files.move(unfinished, place);
            } finally {
                remove(unfinished);
            }
        } catch (final IOException | UnsupportedOperationException | GeneralSecurityException e) {
            throw new TransportException(
                    TransportException.NextStep.STOP, "cannot make keys in " + place + ": " + e.getMessage(), e);
        }
        return KeyFolder.open(place);
    }

    private static void fill(final Path folder, final KeyRequest request) throws IOException, GeneralSecurityException {
        final SecureRandom random = new SecureRandom();
        final byte[] secret = new byte[PASSWORD_BYTES];
        random.nextBytes(secret);
        final String password = Base64.getUrlEncoder().encodeToString(secret);
        final Path passwordFile = folder.resolve(KeyFolder.PASSWORD);
        OwnerOnly.write(passwordFile, password.getBytes(StandardCharsets.US_ASCII));
        final Path identity = folder.resolve(KeyFolder.IDENTITY);
        // The password by its file: the arguments of a process are everybody's to read.
        Command.must(List.of(
                keytool(),
                "-genkeypair",
                "-alias",
                KeyFolder.ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=fizeau",
                "-ext",
                request.subjectAlternativeNames(),
                "-startdate",
                (request.startsInDays() < 0 ? "" : "+") + request.startsInDays() + "d",
                "-validity",
                Integer.toString(request.validDays()),
                "-storetype",
                KeyFolder.STORE_TYPE,
                "-keystore",
                identity.toString(),
                "-storepass:file",
                passwordFile.toString()));
        OwnerOnly.close(identity);
        OwnerOnly.write(folder.resolve(KeyFolder.CERTIFICATE), certificateText(identity, password.toCharArray()));
        final byte[] shared = new byte[KeyFolder.PRE_SHARED_BYTES];
        random.nextBytes(shared);
        OwnerOnly.write(folder.resolve(KeyFolder.PRE_SHARED), shared);
        // Made in a working tree, they stay out of what is committed.
        OwnerOnly.write(folder.resolve(".gitignore"), "*\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] certificateText(final Path identity, final char[] password)
            throws IOException, GeneralSecurityException {
        final KeyStore store = KeyStore.getInstance(KeyFolder.STORE_TYPE);
        try (InputStream in = Files.newInputStream(identity)) {
            store.load(in, password);
        }
        final Certificate certificate = store.getCertificate(KeyFolder.ALIAS);
        final String text = "-----BEGIN CERTIFICATE-----\n" + PEM.encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Of the very Java that runs, so that what one wrote the other can read. */
    private static String keytool() {
        return ProcessHandle.current()
                .info()
                .command()
                .map(java -> Path.of(java).resolveSibling("keytool"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .orElse("keytool");
    }

    private static void remove(final Path unfinished) throws IOException {
        if (Files.exists(unfinished)) {
            try (Stream<Path> files = Files.list(unfinished)) {
                for (final Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(unfinished);
        }
    }
}
