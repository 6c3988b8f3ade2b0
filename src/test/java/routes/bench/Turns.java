package routes.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * As {@link Race}, where something else than records in the routes' output topics shows how far a contender is: lets
 * contenders do the same work in turns, each in a JVM of its own that lives through all rounds, and takes the rate from
 * outside, between the instants at which 10 % and 95 % of a round's work can be seen.
 */
final class Turns implements AutoCloseable {
    private static final double FROM = 0.10;
    private static final double TO = 0.95;
    private static final long SAMPLE_MILLIS = 20;
    /** Nothing more is seen for so long: all is done, which is checked. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final Duration STALLED = Duration.ofSeconds(60);

    private final String name;
    private final BenchBroker broker;
    private final Input input;
    private final Course course;
    private final Map<Race.Entrant, Lane> lanes = new LinkedHashMap<>();

    /** The work. */
    interface Course {
        /** @param folder the contender's own */
        void prepare(Race.Entrant entrant, Path folder) throws Exception;

        /** How much of it can be seen, in whatever unit. */
        long done(Path folder) throws Exception;

        /**
         * Once the contender has stopped.
         *
         * @return the whole, in the unit of {@link #done}
         * @throws BenchFailedException if anything is lost, doubled or changed
         */
        long check(Race.Entrant entrant, Path folder) throws Exception;

        /** Takes away what the contender has made. */
        void clear(Path folder) throws Exception;
    }

    private record Lane(ChildProcess child, Path folder) {}

    private record Sample(long nanos, long done, Duration cpu, Duration brokerCpu) {}

    Turns(String name, BenchBroker broker, Input input, Course course) {
        this.name = name;
        this.broker = broker;
        this.input = input;
        this.course = course;
    }

    void enter(Race.Entrant entrant, Path folder, List<String> jvm) throws Exception {
        Path own = folder.resolve(name + "-" + (lanes.size() + 1));
        List<String> args = new ArrayList<>(List.of(entrant.kind().name(), broker.bootstrapServers(), own.toString()));
        entrant.different().forEach((key, value) -> args.add(key + "=" + value));
        ChildProcess child = ChildProcess.start(entrant.label(), jvm, own, args);
        lanes.put(entrant, new Lane(child, own));
        child.awaitLine(Child.DONE::equals);
    }

    /** @return the figures of each, round by round, without those of the warm-ups */
    Map<String, List<Figures>> run(int warmUps, int rounds) throws Exception {
        Map<String, List<Figures>> figures = new LinkedHashMap<>();
        lanes.keySet().forEach(entrant -> figures.put(entrant.label(), new ArrayList<>()));
        List<Race.Entrant> order = new ArrayList<>(lanes.keySet());
        for (int round = 1 - warmUps; round <= rounds; round++) {
            for (Race.Entrant entrant : order) {
                Figures found = round(entrant);
                course.clear(lanes.get(entrant).folder());
                String which = round < 1 ? "warm-up" : "round " + round + " of " + rounds;
                System.err.printf(
                        Locale.ROOT, "%s, %s, %s: %,.0f messages/s%n", name, which, entrant.label(), found.perSecond());
                if (round > 0) {
                    figures.get(entrant.label()).add(found);
                }
            }
            Collections.rotate(order, -1);
        }
        return figures;
    }

    /** One round, what it made is left. */
    Figures round(Race.Entrant entrant) throws Exception {
        Lane lane = lanes.get(entrant);
        course.prepare(entrant, lane.folder());
        lane.child().ask("start");
        List<Sample> samples = watch(lane);
        lane.child().ask("stop");
        long whole = course.check(entrant, lane.folder());
        return figures(samples, whole);
    }

    Path folder(Race.Entrant entrant) {
        return lanes.get(entrant).folder();
    }

    private List<Sample> watch(Lane lane) throws Exception {
        List<Sample> samples = new ArrayList<>(List.of(sample(lane)));
        long progress = System.nanoTime();
        while (true) {
            Thread.sleep(SAMPLE_MILLIS);
            lane.child().checkAlive();
            Sample sample = sample(lane);
            if (sample.done() > samples.get(samples.size() - 1).done()) {
                progress = sample.nanos();
                samples.add(sample);
            }
            boolean begun = samples.size() > 1;
            if (sample.nanos() - progress > (begun ? QUIET : STALLED).toNanos()) {
                return samples;
            }
        }
    }

    private Sample sample(Lane lane) throws Exception {
        long asked = System.nanoTime();
        long done = course.done(lane.folder());
        long answered = System.nanoTime();
        return new Sample(
                (asked + answered) / 2,
                done,
                lane.child().cpu(),
                broker.process().cpu());
    }

    private Figures figures(List<Sample> samples, long whole) {
        Sample first = first(samples, (long) (FROM * whole));
        Sample last = first(samples, (long) (TO * whole));
        double seconds = (last.nanos() - first.nanos()) / 1e9;
        double messages = (double) (last.done() - first.done()) / whole * input.messages();
        double gigabytes = messages * input.bytes() / input.messages() / 1e9;
        return new Figures(
                messages / seconds,
                gigabytes * 1000 / seconds,
                seconds(first.cpu(), last.cpu()) / gigabytes,
                seconds(first.brokerCpu(), last.brokerCpu()) / gigabytes);
    }

    private Sample first(List<Sample> samples, long atLeast) {
        return samples.stream()
                .filter(sample -> sample.done() >= atLeast)
                .findFirst()
                .orElseThrow(
                        () -> new BenchFailedException(name + ": " + atLeast + " were never seen while it ran, only "
                                + samples.get(samples.size() - 1).done()));
    }

    private static double seconds(Duration from, Duration to) {
        return to.minus(from).toNanos() / 1e9;
    }

    @Override
    public void close() {
        lanes.values().forEach(lane -> lane.child().close());
    }
}
