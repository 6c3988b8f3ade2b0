package routes.check;

/** Something in Simple that routes may not use, or that is wrong. */
public final class SimpleSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String part;
    private final int inside;

    /**
     * @param part of the text, at which it is wrong
     * @param inside how many characters into that part
     * @param message what was found and what was expected
     */
    SimpleSyntaxException(String part, int inside, String message) {
        super(message);
        this.part = part;
        this.inside = inside;
    }

    /** Where that is in a file, as near as can be. */
    Position in(RouteFile file, YamlNode text) {
        Position begin = part.isEmpty() ? text.value() : file.find(text, part);
        return begin.equals(text.value()) ? begin : new Position(begin.line(), begin.column() + inside);
    }
}
