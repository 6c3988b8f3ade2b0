package routes.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import routes.kafka.KafkaCluster;

/**
 * Checks on a live system that nothing is lost, reordered, misrouted or altered between the topics of the flow, and
 * counts what is doubled. It reads only, commits nothing, and may run beside the application or after it.
 *
 * <p><b>What is examined.</b> Every record of {@code rig.telemetry} from the start of the log, or from a time on, up to
 * what the group of each route has committed. Which topics it belongs on is worked out anew from its bytes; the copies
 * are found by their header {@code source} and compared with it, whole messages and dead letters byte by byte, slices
 * value by value (by fingerprints of 64 bits, see {@link Fingerprint}). The stage from the rigs looks at the numbers of
 * the messages themselves.
 *
 * <p><b>What cannot be known</b> is {@code unverifiable}: a copy that is missing but may have expired, or that stands
 * behind later ones where an earlier copy may have expired; a copy whose source expired while the audit ran, or that
 * comes again so much later that its bytes can no longer be compared; a record whose header names no source. On {@code
 * rig.flagged}, whose condition is the user's to choose, nobody but the user can say what is missing: {@code lost} stays
 * 0 there, and every message in the range that does not stand there is unverifiable.
 *
 * <p><b>Memory.</b> 2 bytes for each source record of the range, 400 for each of the last 100,000 (fewer in a small
 * heap), 400 for each one that lacks a copy, 5,000 for each rig, and up to 256 kB, or one batch if that is larger, for each partition
 * of the outputs. Of a day at 200 messages a second that is 35 MB + 40 MB + 30 MB. A range, number of rigs or of missing
 * copies for which the heap is too small ends the audit with a sentence.
 *
 * <p>The archive, where there is one, is a stage for each topic that it holds: see {@link ArchiveAudit}.
 */
public final class Audit {
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

    private final Map<String, Object> client;
    private final AuditFlow flow;
    private final Optional<AuditedArchive> archive;
    private final Limits limits;

    /**
     * @param client settings of a Kafka client, with at least {@code bootstrap.servers}
     * @param archive empty if it is not to be looked at
     */
    public Audit(Map<String, Object> client, AuditFlow flow, Optional<AuditedArchive> archive) {
        this.client = Map.copyOf(client);
        this.flow = flow;
        this.archive = archive;
        this.limits = Limits.of(Runtime.getRuntime().maxMemory());
    }

    /**
     * @param since only what was appended to the source from then on; null for all there is
     * @param progress told every few seconds how far it has come, in a sentence
     * @throws routes.settings.ConfigurationException if the cluster cannot be reached or lacks a topic
     * @throws AuditException if the audit cannot be finished, with what to do about it
     */
    public AuditReport run(Instant since, Consumer<String> progress) {
        try (KafkaCluster cluster = new KafkaCluster(client)) {
            return run(cluster, since, progress);
        }
    }

    private AuditReport run(KafkaCluster cluster, Instant since, Consumer<String> progress) {
        RangeFinder.Ranges found = new RangeFinder(cluster, flow.outputs()).find(since);
        AuditRange range = found.range();
        if (range.records() > limits.range()) {
            throw new AuditException(String.format(
                    Locale.ROOT,
                    "the range has %,d records, which is more than the %,d that fit into memory;"
                            + " look at a shorter time with --since, or give more memory with java -Xmx",
                    range.records(),
                    limits.range()));
        }
        List<StageCount> counts = new ArrayList<>();
        flow.outputs().forEach(output -> counts.add(new StageCount(AuditFlow.SOURCE, output.topic())));
        Sources sources = new Sources(flow, range, found.progress(), limits);
        Matching matching = new Matching(flow.outputs(), counts, found.logs(), limits);
        try (AuditReader reader =
                new AuditReader(cluster, range, found.logs(), sources, new Copies(flow, range, counts), matching)) {
            reader.read(reporting(range, progress));
        }
        matching.finish();
        List<String> problems = problems(range, found.progress());
        List<StageCount> expired = found.progress().stream()
                .map(RouteProgress::lost)
                .filter(Objects::nonNull)
                .toList();
        if (archive.isPresent()) {
            ArchiveAudit archived = new ArchiveAudit(cluster, archive.get(), limits);
            archived.run(since, seldom(progress));
            counts.addAll(archived.stages());
            problems.addAll(archived.problems());
        }
        List<StageCount> all = new ArrayList<>(List.of(sources.finish()));
        all.addAll(expired);
        all.addAll(counts);
        all.stream().flatMap(count -> count.unverified().stream()).forEach(problems::add);
        return report(cluster, since, all, found.progress(), problems);
    }

    private static BiConsumer<Long, Long> reporting(AuditRange range, Consumer<String> progress) {
        Consumer<Supplier<String>> seldom = seldom(progress);
        return (records, copies) -> seldom.accept(() -> String.format(
                Locale.ROOT,
                "%,d of %,d records of %s and %,d copies",
                records,
                range.records(),
                AuditFlow.SOURCE,
                copies));
    }

    /** Of what it is given it asks for one every few seconds. */
    private static Consumer<Supplier<String>> seldom(Consumer<String> progress) {
        long[] last = {System.nanoTime()};
        return sentence -> {
            if (System.nanoTime() - last[0] > BETWEEN_REPORTS.toNanos()) {
                last[0] = System.nanoTime();
                progress.accept(sentence.get());
            }
        };
    }

    private static AuditReport report(
            KafkaCluster cluster,
            Instant since,
            List<StageCount> all,
            List<RouteProgress> progress,
            List<String> problems) {
        return new AuditReport(
                cluster.bootstrapServers(),
                since == null ? null : since.toString(),
                all.stream().map(StageCount::stage).toList(),
                all.stream().flatMap(count -> count.findings().stream()).toList(),
                progress.stream().flatMap(route -> route.behind().stream()).toList(),
                problems);
    }

    /** A check that examined nothing says nothing. */
    private static List<String> problems(AuditRange range, List<RouteProgress> progress) {
        List<String> problems = new ArrayList<>();
        if (range.records() == 0) {
            problems.add(AuditFlow.SOURCE + " has no records in the range: nothing was examined");
            return problems;
        }
        progress.forEach(route -> problems.addAll(route.problems()));
        return problems;
    }

    /**
     * How much the audit keeps in memory, whatever the range.
     *
     * @param window source records that are kept with all they have, for copies still to come
     * @param missing further ones that are kept because a copy has not been found
     * @param range source records of which only is kept where they belong
     * @param rigs rigs whose order is followed
     */
    record Limits(int window, int missing, long range, int rigs) {
        private static final int RECORD_BYTES = 400;
        /** What one has sent and where, and the contents of its last messages. */
        private static final int RIG_BYTES = 5_000;

        private static final int RANGE_BYTES = 2;
        private static final int MOST_USEFUL = 100_000;
        /** What is being read takes this much by itself. */
        private static final long LEAST_HEAP = 96L << 20;

        /**
         * A tenth of the heap for the window (at most 40 MB), a fifth for what is missing, a fifth for the range and a
         * tenth for the rigs; the rest is for what is being read.
         *
         * @throws AuditException if the heap is too small for any audit
         */
        static Limits of(long heapBytes) {
            if (heapBytes < LEAST_HEAP) {
                throw new AuditException("an audit needs 128 MB of memory, found " + (heapBytes >> 20)
                        + "; give it more with java -Xmx128m");
            }
            return new Limits(
                    (int) Math.min(MOST_USEFUL, heapBytes / 10 / RECORD_BYTES),
                    (int) Math.min(Integer.MAX_VALUE, heapBytes / 5 / RECORD_BYTES),
                    heapBytes / 5 / RANGE_BYTES,
                    (int) Math.min(Integer.MAX_VALUE, heapBytes / 10 / RIG_BYTES));
        }
    }
}
