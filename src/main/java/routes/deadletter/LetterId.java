package routes.deadletter;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which dead letter: its place in the dead-letter topic, written {@code PARTITION:OFFSET}. Ordered by that place. */
public record LetterId(int partition, long offset) implements Comparable<LetterId> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}):(\\d{1,18})");
    private static final Comparator<LetterId> PLACE =
            Comparator.comparingInt(LetterId::partition).thenComparingLong(LetterId::offset);

    /** @throws IllegalArgumentException with a sentence, if the text is none */
    public static LetterId parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no dead letter; expected PARTITION:OFFSET, as in 3:17");
        }
        return new LetterId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public int compareTo(LetterId other) {
        return PLACE.compare(this, other);
    }

    @Override
    public String toString() {
        return partition + ":" + offset;
    }
}
