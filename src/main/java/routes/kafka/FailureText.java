package routes.kafka;

import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be said of an exception that a record caused, in a log or in a letter's headers: never the record's content.
 *
 * <p>The messages of this program, of Kafka, of files and of connections are said whole, as they carry none. One of another
 * library may quote what it was given; it is said up to its first quotation mark, bracket or colon, or the word
 * {@code value}. Control characters are written as escapes, and more than {@value #LONGEST} characters are cut.
 */
public final class FailureText {
    private static final int LONGEST = 500;
    private static final String CUT = "…";
    private static final Pattern QUOTES = Pattern.compile("[\"'`‘“«<({\\[:]|\\bvalue\\b");

    private FailureText() {}

    /** Why it failed, in one line: its message, or class and message of the innermost cause, where it began. */
    public static String reason(Throwable failure) {
        Throwable innermost = innermost(failure);
        return innermost == failure && failure.getMessage() != null ? safe(failure) : said(innermost);
    }

    /** The class and the message of the innermost cause, in one line. */
    static String line(Throwable failure) {
        return said(innermost(failure));
    }

    private static Throwable innermost(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return chain.get(chain.size() - 1);
    }

    /** The stack traces of it and its causes, of at most so many bytes in UTF-8. */
    public static String trace(Throwable failure, int mostBytes) {
        StringBuilder text = new StringBuilder();
        for (Throwable each : chain(failure)) {
            text.append(text.isEmpty() ? "" : "Caused by: ").append(said(each)).append('\n');
            for (StackTraceElement frame : each.getStackTrace()) {
                text.append("\tat ").append(frame).append('\n');
            }
            if (text.length() > mostBytes) {
                break;
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return bytes.length <= mostBytes
                ? text.toString()
                : new String(bytes, 0, end(bytes, mostBytes), StandardCharsets.UTF_8);
    }

    /** Not within a character. */
    private static int end(byte[] utf8, int most) {
        int end = most;
        while (end > 0 && (utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable each = failure; each != null && seen.add(each); each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    private static String said(Throwable failure) {
        String name = failure.getClass().getName();
        return failure.getMessage() == null ? name : name + ": " + safe(failure);
    }

    private static String safe(Throwable failure) {
        String message = failure.getMessage();
        Matcher quote = QUOTES.matcher(message);
        String own = isContentFree(failure) || !quote.find() ? message : message.substring(0, quote.start()) + CUT;
        return escaped(own.length() > LONGEST ? own.substring(0, LONGEST) + CUT : own, "");
    }

    private static boolean isContentFree(Throwable failure) {
        String name = failure.getClass().getName();
        return name.startsWith("routes.")
                || name.startsWith("org.apache.kafka.")
                || failure instanceof FileSystemException
                || failure instanceof SocketException;
    }

    /**
     * A text with escapes in the place of characters that could do something to a terminal.
     *
     * @param kept characters that stay all the same, as line breaks
     */
    public static String escaped(String text, String kept) {
        IntPredicate stays = c -> isShown(c) || kept.indexOf(c) >= 0;
        if (text.codePoints().allMatch(stays)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (stays.test(c)) {
                escaped.appendCodePoint(c);
            } else {
                // In JSON, too, that is how the character is written.
                Character.toString(c).chars().forEach(unit -> escaped.append(String.format("\\u%04x", unit)));
            }
        });
        return escaped.toString();
    }

    /** Not what moves a cursor, turns the direction of what follows, or shows as nothing. */
    public static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
