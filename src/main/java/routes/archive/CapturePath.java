package routes.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file as Event Hubs Capture gives it: {@code
 * {namespace}/{topic}/{partition}/{yyyy}/{MM}/{dd}/{HH}/{mm}/{ss}.avro}, in UTC.
 *
 * @param second the second of the first record, since 1970
 */
public record CapturePath(String namespace, String topic, int partition, long second) {
    private static final Pattern FORM = Pattern.compile(
            "(?<namespace>[^/]+)/(?<topic>[^/]+)/(?<partition>\\d{1,9})/(?<y>-?\\d{4,9})/(?<M>\\d\\d)/(?<d>\\d\\d)"
                    + "/(?<h>\\d\\d)/(?<m>\\d\\d)/(?<s>\\d\\d)\\.avro");

    static CapturePath of(String namespace, String topic, int partition, long timeMillis) {
        return new CapturePath(namespace, topic, partition, Math.floorDiv(timeMillis, 1000));
    }

    /** @return empty if the path is not of this form */
    public static Optional<CapturePath> parse(String path) {
        Matcher parts = FORM.matcher(path);
        try {
            return parts.matches() ? Optional.of(parsed(parts)) : Optional.empty();
        } catch (DateTimeException beyondAllCalendars) {
            return Optional.empty();
        }
    }

    private static CapturePath parsed(Matcher parts) {
        // Added up rather than checked: a name that no calendar has is somebody else's file, not a failure.
        long second = OffsetDateTime.of(number(parts, "y"), 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                .plusMonths(number(parts, "M") - 1L)
                .plusDays(number(parts, "d") - 1L)
                .plusHours(number(parts, "h"))
                .plusMinutes(number(parts, "m"))
                .plusSeconds(number(parts, "s"))
                .toEpochSecond();
        return new CapturePath(parts.group("namespace"), parts.group("topic"), number(parts, "partition"), second);
    }

    private static int number(Matcher parts, String name) {
        return Integer.parseInt(parts.group(name));
    }

    /** The next free name is looked for a second later. */
    CapturePath later(int seconds) {
        return new CapturePath(namespace, topic, partition, second + seconds);
    }

    /** The folder of all files of a partition. */
    public static String folder(String namespace, String topic, int partition) {
        return namespace + "/" + topic + "/" + partition + "/";
    }

    @Override
    public String toString() {
        OffsetDateTime at = Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC);
        return folder(namespace, topic, partition)
                + "%04d/%02d/%02d/%02d/%02d/%02d.avro"
                        .formatted(
                                at.getYear(),
                                at.getMonthValue(),
                                at.getDayOfMonth(),
                                at.getHour(),
                                at.getMinute(),
                                at.getSecond());
    }
}
