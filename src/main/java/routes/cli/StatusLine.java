package routes.cli;

import java.time.Duration;
import java.util.Locale;
import routes.application.Snapshot;

/** What a running application does, in one line: rates between two snapshots, and where the later one stands. */
final class StatusLine {
    private static final double MEGABYTE = 1e6;

    private StatusLine() {}

    /** @param elapsed between the two; rates are 0 if none has */
    static String of(Snapshot before, Snapshot after, Duration elapsed) {
        double seconds = elapsed.toNanos() / 1e9;
        return "in " + flow(after.recordsIn() - before.recordsIn(), after.bytesIn() - before.bytesIn(), seconds)
                + " | out "
                + flow(after.recordsOut() - before.recordsOut(), after.bytesOut() - before.bytesOut(), seconds)
                + " | fleet lag " + duration(after.fleetLagSeconds())
                + format(" | consumer lag %,d | dead letters %,d", after.consumerLag(), after.deadLetters())
                + " | p99 " + duration(after.latencyP99Seconds());
    }

    private static String flow(long records, long bytes, double seconds) {
        double per = seconds > 0 ? 1 / seconds : 0;
        return format("%,.0f msg/s %.1f MB/s", records * per, bytes * per / MEGABYTE);
    }

    /** Milliseconds below a second, seconds above. */
    private static String duration(double seconds) {
        return seconds < 1 ? format("%.0f ms", seconds * 1_000) : format("%,.1f s", seconds);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
