package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How the rigs make up for an outage. */
final class CatchUp {
    /** How many times faster than real time a rig may be. */
    private static final int FASTEST = 10;
    /** The broker may take messages together that were sent one after the other: the rate is taken over so many. */
    private static final int STRETCH = 20;

    private static final Duration UNEVEN = Duration.ofMillis(500);

    private final Telemetry telemetry;
    private final Duration period;
    private final Instant from;
    private final Instant back;

    /** @param back from when on the broker took records again */
    CatchUp(Telemetry telemetry, Duration period, Instant from, Instant back) {
        this.telemetry = telemetry;
        this.period = period;
        this.from = from;
        this.back = back;
    }

    /**
     * Every message of the outage says that it is late. Those of its first and last moments may have been offered in
     * time.
     *
     * @return how many there are
     */
    long assertLateIsMarked() {
        long first = from.plus(period.multipliedBy(2)).toEpochMilli();
        long last = back.minus(period.multipliedBy(2)).toEpochMilli();
        List<Source> ofTheOutage = telemetry.byRig().values().stream()
                .flatMap(List::stream)
                .filter(source -> source.time() > first && source.time() < last)
                .toList();
        int rigs = telemetry.byRig().size();
        assertThat(ofTheOutage)
                .as("messages of the outage")
                .hasSizeGreaterThanOrEqualTo((int) (rigs * (last - first) / period.toMillis() * 0.9))
                .allSatisfy(source -> assertThat(source.late()).as("%s", source).isTrue());
        return ofTheOutage.size();
    }

    /** After the outage, over any {@value #STRETCH} messages of a rig in a row. */
    void assertNotFasterThanTenTimes() {
        long least =
                period.multipliedBy(STRETCH).dividedBy(FASTEST).minus(UNEVEN).toMillis();
        telemetry.byRig().forEach((rig, sent) -> {
            List<Source> caughtUp = firsts(sent).stream()
                    .filter(source -> source.appended() >= back.toEpochMilli())
                    .toList();
            assertThat(caughtUp).as("messages of %s after the outage", rig).hasSizeGreaterThan(STRETCH);
            for (int i = STRETCH; i < caughtUp.size(); i++) {
                assertThat(caughtUp.get(i).appended()
                                - caughtUp.get(i - STRETCH).appended())
                        .as("milliseconds of %d messages up to %s", STRETCH, caughtUp.get(i))
                        .isGreaterThanOrEqualTo(least);
            }
        });
    }

    private static List<Source> firsts(List<Source> sent) {
        Set<Long> known = new HashSet<>();
        List<Source> firsts = new ArrayList<>(sent);
        firsts.removeIf(source -> !known.add(source.seq()));
        return firsts;
    }
}
