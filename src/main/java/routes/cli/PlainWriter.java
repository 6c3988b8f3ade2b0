package routes.cli;

import java.io.PrintWriter;
import routes.kafka.FailureText;

/**
 * What commands print, whatever names, messages or files it is made of: a character that could do something to a terminal
 * is written as an escape.
 */
final class PlainWriter extends PrintWriter {
    private static final String KEPT = "\t" + System.lineSeparator();

    private final PrintWriter raw;

    PlainWriter(PrintWriter raw) {
        super(raw, true);
        this.raw = raw;
    }

    /** For who moves the cursor itself, and prints nothing but its own. */
    static PrintWriter raw(PrintWriter out) {
        return out instanceof PlainWriter plain ? plain.raw : out;
    }

    @Override
    public void write(String text, int from, int length) {
        String plain = FailureText.escaped(text.substring(from, from + length), KEPT);
        super.write(plain, 0, plain.length());
    }

    @Override
    public void write(char[] text, int from, int length) {
        write(new String(text, from, length), 0, length);
    }

    @Override
    public void write(int character) {
        write(Character.toString(character), 0, 1);
    }
}
