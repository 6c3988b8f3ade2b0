package routes.settings;

/**
 * One setting as the built-in {@code application.properties} declares it.
 *
 * @param key as in {@code rigs.count}
 * @param byDefault the value when nobody sets it, as text
 * @param description one line
 * @param kind what it may be; null for a setting of Camel, which checks it itself
 */
record Setting(String key, String byDefault, String description, Kind kind) {
    /** Whether it is one of ours, declared with what it may be. */
    boolean isOurs() {
        return kind != null;
    }

    boolean isSecret() {
        return kind != null && kind.isSecret();
    }
}
