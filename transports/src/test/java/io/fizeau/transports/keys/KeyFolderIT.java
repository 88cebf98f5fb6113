package io.fizeau.transports.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fizeau.core.error.TransportException;
import io.fizeau.core.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class KeyFolderIT {
    @TempDir
    private Path temporary;

    @Test
    void shouldMakeFilesThatOnlyTheirOwnerCanRead() throws IOException {
        final Path folder = temporary.resolve("deep/keys");
        final KeyFolder keys = KeyMaker.make(folder, KeyRequest.forThisHost());
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(folder.getParent())).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .hasSize(5)
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
        assertThat(keys.preSharedKey()).hasSize(KeyFolder.PRE_SHARED_BYTES);
        assertThat(keys.keyManagers()).isNotEmpty();
    }

    @Test
    void shouldMakeDifferentSecretsEachTime() {
        final KeyFolder ours = KeyFolder.open(TestKeys.folder());
        final KeyFolder foreign = KeyFolder.open(TestKeys.foreign());
        assertThat(ours.preSharedKey()).isNotEqualTo(foreign.preSharedKey()).isEqualTo(ours.preSharedKey());
    }

    @Test
    void shouldNameTheHostsThatWereAskedForInTheCertificate() throws Exception {
        final Path folder = temporary.resolve("keys");
        KeyMaker.make(folder, new KeyRequest(List.of("bench2", "192.0.2.7", "2001:db8::7"), 0, 30));
        try (var in = Files.newInputStream(folder.resolve(KeyFolder.CERTIFICATE))) {
            final X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            assertThat(certificate.getSubjectAlternativeNames())
                    .extracting(name -> String.valueOf(name.get(1)))
                    .containsExactlyInAnyOrder(
                            "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "bench2", "192.0.2.7", "2001:db8:0:0:0:0:0:7");
        }
    }

    @Test
    void shouldLeaveWhatIsThereAsItIs() throws IOException {
        final Path folder = copyOf(TestKeys.folder());
        final byte[] before = Files.readAllBytes(folder.resolve(KeyFolder.PRE_SHARED));
        assertThatThrownBy(() -> KeyMaker.make(folder, KeyRequest.forThisHost()))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("is there already");
        assertThat(Files.readAllBytes(folder.resolve(KeyFolder.PRE_SHARED))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "-x", "x,dns:y", "", "x\ny", "$(id)"})
    void shouldRefuseWhatIsNoHost(final String host) {
        assertThatThrownBy(() -> new KeyRequest(List.of(host), 0, 30))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("neither a name nor an address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity.p12", "password", "pre-shared.key", "."})
    void shouldRefuseWhatOthersCanRead(final String name) throws IOException {
        final Path folder = copyOf(TestKeys.folder());
        final Path open = folder.resolve(name).normalize();
        for (final String permissions : List.of("rwx---r--", "rwxr-----", "rwx----w-", "rwx--x---")) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(permissions));
            assertThatThrownBy(() -> KeyFolder.open(folder))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining(open.toString())
                    .hasMessageContaining("chmod go= ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity.p12", "password", "pre-shared.key", "."})
    void shouldRefuseWhatBelongsToAnotherUser(final String name) throws IOException {
        final Path folder = copyOf(TestKeys.folder());
        final Path theirs = folder.resolve(name).normalize();
        try {
            Files.setAttribute(theirs, "unix:uid", 65534);
        } catch (final IOException | UnsupportedOperationException e) {
            assumeTrue(false, "only root can give a file away: " + e);
        }
        assertThatThrownBy(() -> KeyFolder.open(folder))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining(theirs + " is not used: it belongs to ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity.p12", "password", "pre-shared.key"})
    void shouldSayWhatIsMissing(final String name) throws IOException {
        final Path folder = copyOf(TestKeys.folder());
        Files.delete(folder.resolve(name));
        assertThatThrownBy(() -> KeyFolder.open(folder))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("fizeau keys --dir " + folder);
    }

    @Test
    void shouldSayInOneLineHowKeysAreMade() {
        final Settings settings = Settings.of(
                "x",
                List.of(KeyFolder.KEYS),
                Map.of("keys", temporary.resolve("none").toString()));
        assertThat(KeyFolder.availability(settings).reason())
                .contains("there are no keys in " + temporary.resolve("none"))
                .contains("fizeau keys")
                .doesNotContain("\n");
    }

    @Test
    void shouldNotGiveThePasswordAwayWhenFilesAreDamaged() throws IOException {
        final Path folder = copyOf(TestKeys.folder());
        final String password = Files.readString(folder.resolve(KeyFolder.PASSWORD));
        Files.write(folder.resolve(KeyFolder.IDENTITY), new byte[] {1, 2, 3});
        Files.write(folder.resolve(KeyFolder.PRE_SHARED), new byte[31]);
        final KeyFolder keys = KeyFolder.open(folder);
        assertThatThrownBy(keys::keyManagers)
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("identity.p12 cannot be used")
                .message()
                .doesNotContain(password);
        assertThatThrownBy(keys::preSharedKey).hasMessageContaining("31 bytes");
        assertThat(keys.toString()).doesNotContain(password);
    }

    @Test
    void shouldTrustThePeersNamedInItsFile() throws Exception {
        final Path folder = copyOf(TestKeys.folder());
        Files.copy(TestKeys.foreign().resolve(KeyFolder.CERTIFICATE), folder.resolve(KeyFolder.PEERS));
        assertThat(KeyFolder.open(folder).trusted().size()).isEqualTo(2);
        Files.writeString(folder.resolve(KeyFolder.PEERS), "no certificate");
        assertThatThrownBy(() -> KeyFolder.open(folder).trusted()).hasMessageContaining("peers.pem cannot be used");
    }

    private Path copyOf(final Path keys) throws IOException {
        final Path copy = Files.createTempDirectory(temporary, "copy");
        try (Stream<Path> files = Files.list(keys)) {
            for (final Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    private static String permissions(final Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
