package io.fizeau.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys are made, used, and given away by nothing that is printed or kept. */
@Timeout(120)
class KeysCommandIT {
    @TempDir
    Path home;

    @Test
    void shouldMakeKeysForTheOwnerAloneAndKeepThemSecretInARun() throws Exception {
        Path keys = home.resolve("mine/keys");
        String made = fizeau(0, "keys", "--dir", keys.toString(), "--host", "bench2,192.0.2.7");
        assertThat(made).contains("Made keys in " + keys, "'tls-nio?keys=" + keys + "'");
        try (Stream<Path> files = Files.walk(keys)) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .endsWith("------"));
        }

        String spec = "tls-nio?keys=" + keys + "+aes-gcm?keys=" + keys;
        String run = fizeau(
                0,
                "run",
                "--transports",
                spec,
                "--suites",
                "roundtrip",
                "--sizes",
                "64",
                "--rounds",
                "1",
                "--skip-kit",
                "--",
                "-w",
                "20ms",
                "-r",
                "20ms",
                // Forks that live for less than a second start faster so.
                "-jvmArgsAppend",
                "-XX:TieredStopAtLevel=1");
        List<String> secrets = secretsOf(keys);
        assertThat(made + run).doesNotContain(secrets);
        try (Stream<Path> files = Files.walk(home.resolve("results"))) {
            // A byte is a character here, so that the key itself is found as well as any text of it.
            assertThat(files.filter(Files::isRegularFile))
                    .hasSizeGreaterThanOrEqualTo(5)
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(secrets));
        }
    }

    @Test
    void shouldLeaveKeysThatAreThereAsTheyAreAndSayWhatIsWrongInOneLine() throws Exception {
        Path keys = Files.createDirectory(home.resolve("there"));
        assertThat(fizeau(2, "keys", "--dir", keys.toString()).lines())
                .singleElement()
                .asString()
                .contains("is there already");
        assertThat(fizeau(2, "keys", "--dir", home.resolve("new").toString(), "--host", "a b")
                        .lines())
                .singleElement()
                .asString()
                .contains("neither a name nor an address");
        assertThat(fizeau(2, "keys", "--dir", home.resolve("new").toString(), "--days", "0")
                        .lines())
                .singleElement()
                .asString()
                .contains("days=0");
        assertThat(home.resolve("new")).doesNotExist();
    }

    private String fizeau(int status, String... arguments) throws IOException, InterruptedException {
        try (FizeauProcess fizeau = FizeauProcess.start(home, arguments)) {
            assertThat(fizeau.exitStatus()).as(fizeau.out() + fizeau.err()).isEqualTo(status);
            return fizeau.out() + fizeau.err();
        }
    }

    private static List<String> secretsOf(Path keys) throws IOException {
        byte[] shared = Files.readAllBytes(keys.resolve("pre-shared.key"));
        return List.of(
                Files.readString(keys.resolve("password")),
                new String(shared, StandardCharsets.ISO_8859_1),
                HexFormat.of().formatHex(shared),
                Base64.getEncoder().withoutPadding().encodeToString(shared));
    }
}
