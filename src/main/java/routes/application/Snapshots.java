package routes.application;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import routes.flow.RunningFlow;
import routes.kafka.KafkaClients;

/** Reads a {@link Snapshot} off the meters. */
final class Snapshots {
    private Snapshots() {}

    /** @param entries the topics that the flows' sources fill */
    static Snapshot of(MeterRegistry meters, Set<String> entries, List<RunningFlow> flows, KafkaClients clients) {
        Map<String, Snapshot.TopicTotals> topics = topics(meters);
        Snapshot.TopicTotals in = entries.stream()
                .map(topic -> topics.getOrDefault(topic, Snapshot.TopicTotals.NONE))
                .reduce(Snapshot.TopicTotals.NONE, Snapshot.TopicTotals::and);
        long records = topics.values().stream()
                .mapToLong(Snapshot.TopicTotals::records)
                .sum();
        long bytes =
                topics.values().stream().mapToLong(Snapshot.TopicTotals::bytes).sum();
        return new Snapshot(
                in.records(),
                in.bytes(),
                records - in.records(),
                bytes - in.bytes(),
                flows.stream().mapToDouble(RunningFlow::lagSeconds).max().orElse(0),
                clients.consumerLag(),
                (long) meters.find("rig.dead.letters").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum(),
                latency(meters),
                topics);
    }

    private static Map<String, Snapshot.TopicTotals> topics(MeterRegistry meters) {
        Map<String, Snapshot.TopicTotals> topics = new TreeMap<>();
        for (String outcome : new String[] {"sent", "dead-letter"}) {
            for (Counter records :
                    meters.find("rig.records").tag("outcome", outcome).counters()) {
                Counter bytes =
                        meters.get("rig.bytes").tags(records.getId().getTags()).counter();
                topics.merge(
                        records.getId().getTag("topic"),
                        new Snapshot.TopicTotals((long) records.count(), (long) bytes.count()),
                        Snapshot.TopicTotals::and);
            }
        }
        return topics;
    }

    private static double latency(MeterRegistry meters) {
        return meters.find("rig.latency").timers().stream()
                .mapToDouble(Snapshots::p99)
                .max()
                .orElse(0);
    }

    private static double p99(Timer timer) {
        return Arrays.stream(timer.takeSnapshot().percentileValues())
                .filter(at -> at.percentile() == 0.99)
                .mapToDouble((ValueAtPercentile at) -> at.value(TimeUnit.SECONDS))
                .findFirst()
                .orElse(0);
    }
}
