package routes.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What an audit found.
 *
 * @param routedAt when the broker took each record of the topics by activity, ascending, milliseconds since 1970 UTC
 */
record Findings(List<Stage> stages, Telemetry telemetry, long[] routedAt) {
    List<String> problems() {
        return stages.stream().flatMap(stage -> stage.problems().stream()).toList();
    }

    long lost() {
        return stages.stream().mapToLong(Stage::lost).sum();
    }

    long reordered() {
        return stages.stream().mapToLong(Stage::reordered).sum();
    }

    long unverifiable() {
        return stages.stream().mapToLong(Stage::unverifiable).sum();
    }

    /** Records that had to be routed, to any topic. */
    long routed() {
        return stages.stream().skip(1).mapToLong(Stage::records).sum();
    }

    /** The most copies beyond the first that one routed stage has from one instant to another. */
    long doubled(Instant from, Instant to) {
        return stages.stream()
                .skip(1)
                .mapToLong(stage -> stage.repeats().stream()
                        .filter(repeat -> from.toEpochMilli() <= repeat.at() && repeat.at() < to.toEpochMilli())
                        .count())
                .max()
                .orElse(0);
    }

    /**
     * The most copies beyond the first that one fault is to blame for in one routed stage.
     *
     * @param faults when each began, ascending
     */
    long doubledPerFault(List<Instant> faults) {
        return stages.stream()
                .skip(1)
                .flatMap(stage -> stage.repeats().stream()
                        .collect(Collectors.groupingBy(repeat -> repeat.blame(faults), Collectors.counting()))
                        .entrySet()
                        .stream())
                .filter(blamed -> blamed.getKey() >= 0)
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    /** The first record routed at or after an instant. */
    OptionalLong firstRouted(Instant from) {
        return LongStream.of(routedAt).filter(at -> at >= from.toEpochMilli()).findFirst();
    }

    /** How many records were routed from one instant to another. */
    long routed(Instant from, Instant to) {
        return LongStream.of(routedAt)
                .filter(at -> from.toEpochMilli() <= at && at < to.toEpochMilli())
                .count();
    }

    /** The longest time without a routed record between two instants. */
    Duration silence(Instant from, Instant to) {
        long last = from.toEpochMilli();
        long longest = 0;
        for (long at : routedAt) {
            if (at >= from.toEpochMilli() && at < to.toEpochMilli()) {
                longest = Math.max(longest, at - last);
                last = at;
            }
        }
        return Duration.ofMillis(Math.max(longest, to.toEpochMilli() - last));
    }
}
