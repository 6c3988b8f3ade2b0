package routes.rig;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a text file, UTF-8. Of a line that is longer than a message can be only its beginning is held. */
final class RecordingLines implements Closeable {
    /** The largest message has 900,000 bytes. */
    static final int LONGEST = 1_000_000;

    private final BufferedReader in;
    private int number;
    private boolean tooLong;
    private boolean afterReturn;

    RecordingLines(Path file) throws IOException {
        // Not Files.newBufferedReader: a unit in another encoding is no reason to refuse the log.
        this.in = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    }

    /** The next line without its end; null if there is none. */
    String next() throws IOException {
        StringBuilder text = new StringBuilder();
        tooLong = false;
        int next = in.read();
        if (afterReturn && next == '\n') {
            next = in.read();
        }
        number++;
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n' && next != '\r'; next = in.read()) {
            if (text.length() < LONGEST) {
                text.append((char) next);
            } else {
                tooLong = true;
            }
        }
        afterReturn = next == '\r';
        boolean marked = number == 1 && text.length() > 0 && text.charAt(0) == '\uFEFF';
        return marked ? text.substring(1) : text.toString();
    }

    /** Where the last line stands in the file, from 1. */
    int number() {
        return number;
    }

    /** Whether the last line goes on behind what was returned. */
    boolean isTooLong() {
        return tooLong;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
