package io.fizeau.bench.settings;

/**
 * Who runs this, as far as a file may give it away. Immutable.
 *
 * @param name the user's name, or empty.
 * @param home the user's home directory, or empty.
 */
public record UserIdentity(String name, String home) {
    /**
     * From the properties of this JVM.
     *
     * @return the record.
     */
    public static UserIdentity read() {
        return new UserIdentity(System.getProperty("user.name", ""), System.getProperty("user.home", ""));
    }
}
