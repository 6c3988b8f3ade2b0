package routes.kafka;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import routes.settings.Settings;

/**
 * From where a group is to go on.
 *
 * @param text as it was given
 * @param time of the first record, if it is said by its time
 */
public record RewindPoint(String text, Optional<Instant> time) {
    private static final Pattern PLACE = Pattern.compile("([\\w.-]{1,249})/(\\d{1,9})/(\\d{1,18})");
    private static final Pattern OTHERS = Pattern.compile("earliest|latest|\\d{1,18}");
    private static final String FORM =
            "expected a time ago as in -1h, an instant as in 2026-11-20T10:00:00Z, an offset, one"
                    + " of a single partition as in rig.telemetry/0/1200, earliest or latest";

    /** @throws IllegalArgumentException with a sentence, if it is none */
    public static RewindPoint parse(String text, Clock clock) {
        if (OTHERS.matcher(text).matches() || PLACE.matcher(text).matches()) {
            return new RewindPoint(text, Optional.empty());
        }
        Instant time = time(text, clock.instant());
        if (time.isAfter(clock.instant())) {
            throw new IllegalArgumentException("'" + text + "' has not come yet; " + FORM);
        }
        return new RewindPoint(text, Optional.of(time));
    }

    private static Instant time(String text, Instant now) {
        try {
            return now.minus(Settings.parseDuration(text.replaceFirst("^-", "")));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException noDuration) {
            return instant(text);
        }
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no place in a topic; " + FORM, e);
        }
    }

    /**
     * Where it is in a partition.
     *
     * @param range what the partition has
     * @param since the offset of its first record that is not older than {@link #time}, if there is a time
     * @return empty if the partition is not meant
     * @throws IllegalArgumentException with a sentence, if the partition has no such offset
     */
    OptionalLong in(TopicPartition partition, OffsetRange range, long since) {
        if (time.isPresent()) {
            return OptionalLong.of(since);
        }
        Matcher place = PLACE.matcher(text);
        boolean one = place.matches();
        if (one
                && !(place.group(1).equals(partition.topic())
                        && Integer.parseInt(place.group(2)) == partition.partition())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                switch (text) {
                    case "earliest" -> range.begin();
                    case "latest" -> range.end();
                    default -> known(Long.parseLong(one ? place.group(3) : text), partition, range);
                });
    }

    private static long known(long offset, TopicPartition partition, OffsetRange range) {
        if (offset < range.begin() || offset > range.end()) {
            throw new IllegalArgumentException("offset " + offset + " is outside of partition " + partition.partition()
                    + " of " + partition.topic() + "; expected " + range.begin() + " to " + range.end()
                    + ", or for one partition alone a place as in " + partition.topic() + "/" + partition.partition()
                    + "/" + range.begin());
        }
        return offset;
    }
}
