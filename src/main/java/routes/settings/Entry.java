package routes.settings;

/**
 * What one layer says of one setting.
 *
 * @param text as written, references not yet resolved
 * @param source where it was written, as people read it: {@code --set}, {@code the environment}, a file
 */
record Entry(String text, String source) {
    /** The source of what nobody has set. */
    static final String BY_DEFAULT = "default";

    /** Whether it takes something straight from the environment. */
    boolean readsEnvironment() {
        return text.contains("{{env:");
    }
}
