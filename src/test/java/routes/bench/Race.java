package routes.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets contenders do the same work in turns and measures each.
 *
 * <p><b>What is measured.</b> From outside and alike for all: the number of records in the output topics, asked of the
 * broker every 20 ms. A round's rate lies between the first instant at which at least 10 % of its records stand there
 * and the first at which at least 95 % do: records that came between the two instants by the time between them. So
 * neither joining the group nor waiting for a last, partly filled batch counts for or against anybody; a record counts
 * once the broker has it. CPU is what the contender's process, and the broker's, spent between the same two instants.
 *
 * <p><b>Turns.</b> Every contender has a JVM of its own with the same options, which lives through all rounds and is idle
 * while others run: so the first, uncounted rounds compile the code, and nobody shares a heap or a compiler's profile. A
 * contender makes its clients anew in each round. The order rotates from round to round.
 *
 * <p><b>What is believed.</b> After each round: the group has committed all of the input, and the output topics hold
 * exactly the copies expected of each input record, compared by topic, key, value and headers, in order per rig and topic.
 * Otherwise the run ends with an exception.
 */
final class Race implements AutoCloseable {
    private static final double FROM = 0.10;
    private static final double TO = 0.95;
    private static final long SAMPLE_MILLIS = 20;
    private static final Duration STALLED = Duration.ofSeconds(60);

    private final String name;
    private final BenchBroker broker;
    private final Input input;
    private final Expected expected;
    private final List<TopicPartition> outputs;
    private final Map<Entrant, ChildProcess> children = new LinkedHashMap<>();

    /**
     * @param label how the results name it
     * @param messages how many it is given in a round, at most as many as the input has
     * @param different settings of the application that are not as shipped
     */
    record Entrant(String label, Kind kind, int messages, Map<String, String> different) {}

    private record Sample(long nanos, long done, Duration cpu, Duration brokerCpu) {}

    Race(String name, BenchBroker broker, Input input, Expected expected, Collection<String> topics) throws Exception {
        this.name = name;
        this.broker = broker;
        this.input = input;
        this.expected = expected;
        this.outputs = broker.partitions(topics);
    }

    void enter(Entrant entrant, Path folder, List<String> jvm) throws Exception {
        Path own = folder.resolve(name + "-" + (children.size() + 1));
        List<String> args = new ArrayList<>(List.of(entrant.kind().name(), broker.bootstrapServers(), own.toString()));
        entrant.different().forEach((key, value) -> args.add(key + "=" + value));
        ChildProcess child = ChildProcess.start(entrant.label(), jvm, own, args);
        children.put(entrant, child);
        child.awaitLine(Child.DONE::equals);
    }

    /** @return the figures of each, round by round, without those of the warm-ups */
    Map<String, List<Figures>> run(int warmUps, int rounds) throws Exception {
        Map<String, List<Figures>> figures = new LinkedHashMap<>();
        children.keySet().forEach(entrant -> figures.put(entrant.label(), new ArrayList<>()));
        List<Entrant> order = new ArrayList<>(children.keySet());
        for (int round = 1 - warmUps; round <= rounds; round++) {
            for (Entrant entrant : order) {
                Figures found = round(entrant);
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

    private Figures round(Entrant entrant) throws Exception {
        Map<TopicPartition, Long> from = input.last(entrant.messages());
        Map<TopicPartition, Long> before = broker.endOffsets(outputs);
        broker.position(entrant.kind().group(), from);
        ChildProcess child = children.get(entrant);
        child.ask("start");
        Figures figures = measure(child, from, before);
        child.ask("stop");
        check(entrant, from, before);
        broker.clear(broker.endOffsets(outputs));
        return figures;
    }

    private Figures measure(ChildProcess child, Map<TopicPartition, Long> from, Map<TopicPartition, Long> before)
            throws Exception {
        long copies = from.entrySet().stream()
                .mapToLong(begin -> expected.copiesFrom(begin.getKey().partition(), begin.getValue()))
                .sum();
        long messages = input.ends().entrySet().stream()
                .mapToLong(end -> end.getValue() - from.get(end.getKey()))
                .sum();
        Sample first = sampleAt((long) (FROM * copies), child, before);
        Sample last = sampleAt((long) (TO * copies), child, before);
        sampleAt(copies, child, before);
        double seconds = (last.nanos() - first.nanos()) / 1e9;
        double read = (double) (last.done() - first.done()) / copies * messages;
        double gigabytes = read * input.bytes() / input.messages() / 1e9;
        return new Figures(
                read / seconds,
                gigabytes * 1000 / seconds,
                seconds(first.cpu(), last.cpu()) / gigabytes,
                seconds(first.brokerCpu(), last.brokerCpu()) / gigabytes);
    }

    private static double seconds(Duration from, Duration to) {
        return to.minus(from).toNanos() / 1e9;
    }

    /** The first sample with at least so many copies. */
    private Sample sampleAt(long copies, ChildProcess child, Map<TopicPartition, Long> before) throws Exception {
        long seen = -1;
        long progress = System.nanoTime();
        while (true) {
            Sample sample = sample(child, before);
            if (sample.done() >= copies) {
                return sample;
            }
            child.checkAlive();
            if (sample.done() > seen) {
                seen = sample.done();
                progress = sample.nanos();
            } else if (sample.nanos() - progress > STALLED.toNanos()) {
                throw new BenchFailedException("only " + seen + " of " + copies + " records came, no more for "
                        + STALLED + "; what its threads do stands in " + child.threads());
            }
            Thread.sleep(SAMPLE_MILLIS);
        }
    }

    private Sample sample(ChildProcess child, Map<TopicPartition, Long> before) throws Exception {
        long asked = System.nanoTime();
        long done = broker.endOffsets(outputs).entrySet().stream()
                .mapToLong(end -> end.getValue() - before.get(end.getKey()))
                .sum();
        long answered = System.nanoTime();
        return new Sample(
                (asked + answered) / 2, done, child.cpu(), broker.process().cpu());
    }

    private void check(Entrant entrant, Map<TopicPartition, Long> from, Map<TopicPartition, Long> before)
            throws Exception {
        Map<TopicPartition, Long> committed = broker.committed(entrant.kind().group());
        if (!committed.equals(input.ends())) {
            throw new BenchFailedException(
                    entrant.label() + " has committed " + committed + ", expected " + input.ends());
        }
        long[] begins = new long[from.size()];
        from.forEach((partition, offset) -> begins[partition.partition()] = offset);
        Expected.Check check = expected.new Check(begins);
        Map<String, Long> perTopic = new TreeMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>(broker.endOffsets(outputs));
        broker.read(before, ends, copy -> {
            check.add(copy);
            perTopic.merge(copy.topic(), 1L, Long::sum);
        });
        check.complete();
    }

    @Override
    public void close() {
        for (ChildProcess child : children.values()) {
            child.close();
        }
    }
}
