package routes.faults;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import routes.faults.StormDraw.Strike;

/** What came of each strike, and whatever was found wrong; of many threads. */
final class StormScore {
    private Instant begun = Instant.now();
    private final Map<StormFault, Integer> struck = new EnumMap<>(StormFault.class);
    private final Map<StormFault, Integer> bitten = new EnumMap<>(StormFault.class);
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final Path course;

    /** @param course the file that is told everything as it happens */
    StormScore(Path course) {
        this.course = course;
        try {
            Files.createDirectories(course.getParent());
            Files.deleteIfExists(course);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From here on times count. */
    synchronized void begin() {
        begun = Instant.now();
    }

    synchronized void struck(Strike strike) {
        struck.merge(strike.fault(), 1, Integer::sum);
        say("begins " + strike);
    }

    /** It was proved that the fault did what it is to do. */
    synchronized void bitten(Strike strike, String proof) {
        bitten.merge(strike.fault(), 1, Integer::sum);
        say("bites  " + strike + ": " + proof);
    }

    synchronized void missed(Strike strike, String why) {
        say("misses " + strike + ": " + why);
    }

    /** Something that may not be. */
    synchronized void wrong(String what) {
        wrong.add(what);
        say("WRONG  " + what);
    }

    synchronized void say(String what) {
        double seconds = Duration.between(begun, Instant.now()).toMillis() / 1e3;
        try {
            Files.writeString(course, String.format("%7.1f %s%n", seconds, what), CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void count(String what, int more) {
        counts.merge(what, more, Integer::sum);
    }

    synchronized Map<StormFault, Integer> struck() {
        return new EnumMap<>(struck);
    }

    synchronized Map<StormFault, Integer> bitten() {
        return new EnumMap<>(bitten);
    }

    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    synchronized int count(String what) {
        return counts.getOrDefault(what, 0);
    }

    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }
}
