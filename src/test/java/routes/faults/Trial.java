package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * One fault, from before it strikes to the verdict: that records were routed before it and after it, that none is lost
 * or out of order, that not too many are doubled; and the figures.
 */
final class Trial implements AutoCloseable {
    /** The most records of one batch: maxPollRecords. */
    static final int BATCH = 500;
    /** The groups have caught up when they are not further behind than the rigs get in this time. */
    private static final Duration CLOSE_BEHIND = Duration.ofSeconds(2);

    private static final Duration A_WHILE = Duration.ofSeconds(1);

    private final String fault;
    private final FaultCluster cluster;
    private final Form form;
    private final Evidence evidence;
    private Instant begun = Instant.now();
    private final List<Outage> outages = new ArrayList<>();
    private final Map<String, Object> notes = new LinkedHashMap<>();

    /** @param fault the name under which its figures are kept */
    Trial(String fault, FaultCluster cluster, Form form) {
        this.fault = fault;
        this.cluster = cluster;
        this.form = form;
        this.evidence = new Evidence(cluster.bootstrap(), form.patience(), cluster::toString);
    }

    Evidence evidence() {
        return evidence;
    }

    /** Waits until all works, and for some work after that; from here on nothing may be doubled before a fault strikes. */
    void begin() {
        awaitWork(A_WHILE);
        awaitCaughtUp();
        begun = Instant.now();
        awaitWork(A_WHILE);
    }

    /** The fault has struck, and something can be routed again. */
    void struck(Instant from, Instant back) {
        outages.add(new Outage(from, back));
    }

    /** Keeps something worth knowing with the figures. */
    void note(String what, Object value) {
        notes.put(what, value);
    }

    /** Waits until the rigs' messages of so long a time have been routed, from now on. */
    void awaitWork(Duration of) {
        evidence.awaitMore(Evidence.ACTIVITY, messages(of));
    }

    /** How many messages the rigs send in a time. */
    long messages(Duration of) {
        return form.rigs() * of.toMillis() / form.period().toMillis();
    }

    /** Waits until all groups are close behind the rigs. */
    void awaitCaughtUp() {
        evidence.awaitCaughtUp(messages(CLOSE_BEHIND));
    }

    /** Looks at what {@code route-telemetry} has committed: nothing of a record nor of what stands behind it. */
    void assertNotCommitted(RecordMetadata record) {
        evidence.await("the broker says what is committed", () -> {
            Optional<Map<Integer, Long>> committed = evidence.committed(Evidence.GROUPS.get(0));
            committed.ifPresent(offsets -> assertThat(offsets.getOrDefault(record.partition(), 0L))
                    .as("committed of partition %d", record.partition())
                    .isLessThanOrEqualTo(record.offset()));
            return committed.isPresent();
        });
    }

    Instant begun() {
        return begun;
    }

    /**
     * The verdict, once all has caught up.
     *
     * @param consumers of one route, in all instances together
     */
    Findings conclude(int consumers) {
        awaitCaughtUp();
        Findings findings = Audit.of(cluster, evidence);
        List<Duration> recoveries =
                outages.stream().map(outage -> outage.recovery(findings)).toList();
        long doubled = mostDoubled(findings);
        new Figures(fault, form, outages.size(), sinceBegun(), findings, recoveries, doubled, notes).publish();

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.lost()).as("lost").isZero();
        assertThat(findings.reordered()).as("reordered").isZero();
        assertThat(findings.unverifiable()).as("unverifiable").isZero();
        assertThat(findings.doubled(begun, firstOutage()))
                .as("copies beyond the first, before any fault")
                .isZero();
        assertThat(doubled).as("copies beyond the first").isLessThanOrEqualTo((long) consumers * BATCH);
        return findings;
    }

    private Instant firstOutage() {
        return outages.isEmpty() ? Instant.now() : outages.get(0).from();
    }

    /** Each copy belongs to the fault that struck last. */
    private long mostDoubled(Findings findings) {
        long most = 0;
        for (int i = 0; i < outages.size(); i++) {
            Instant next = i + 1 < outages.size() ? outages.get(i + 1).from() : Instant.now();
            most = Math.max(most, findings.doubled(outages.get(i).from(), next));
        }
        return most;
    }

    /** The rigs did work: all of them, before each fault and after it. */
    void assertWorkWasDone(Findings findings) {
        assertThat(findings.telemetry().byRig()).as("rigs").hasSize(form.rigs());
        Instant before = begun;
        for (Outage outage : outages) {
            assertThat(findings.routed(before, outage.from()))
                    .as("routed before %s", outage)
                    .isPositive();
            before = outage.back();
        }
        assertThat(findings.routed(before, Instant.now()))
                .as("routed after the last of %s", outages)
                .isGreaterThan(form.rigs());
    }

    Duration sinceBegun() {
        return Duration.between(begun, Instant.now());
    }

    @Override
    public void close() {
        evidence.close();
    }
}
