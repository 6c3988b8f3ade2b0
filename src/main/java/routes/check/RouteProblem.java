package routes.check;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Something that is wrong with a file of routes, or only unusual.
 *
 * @param file its path, as the user knows it
 * @param message what is wrong and what was expected
 * @param text the line at that place; empty where none is meant
 */
public record RouteProblem(Severity severity, String file, int line, int column, String message, String text) {
    /** Whether it keeps the routes from running. */
    public enum Severity {
        ERROR,
        WARNING
    }

    @JsonIgnore
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code file:line:column: message}, and the line with a mark below the column. */
    @Override
    public String toString() {
        String first =
                Problems.shown(file) + ":" + line + ":" + column + ": " + (isError() ? "" : "warning: ") + message;
        return text.isEmpty() ? first : first + "\n    " + text + "\n    " + " ".repeat(column - 1) + "^";
    }
}
