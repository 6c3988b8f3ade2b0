package routes.conventions;

/** A convention that a file does not keep, and how. */
public record Problem(String convention, String file, String text) {
    @Override
    public String toString() {
        return file + ": " + text + " [" + convention + "]";
    }
}
