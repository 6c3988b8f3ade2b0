package routes.cases;

/**
 * Something that came out of a case otherwise than it had to.
 *
 * @param file the file of cases
 * @param name the case
 * @param message what it is about, as in {@code record 1 of rig.flagged: /seq}
 */
public record CaseFailure(
        String file, int line, int column, String name, String route, String message, String expected, String found) {

    /** Three lines: {@code file:line:column: case, message}, expected, found. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": case '" + name + "' of route " + route + ": " + message
                + "\n    expected: " + expected + "\n    found:    " + found;
    }
}
