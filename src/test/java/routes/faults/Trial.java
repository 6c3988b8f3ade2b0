package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * One fault, from before it strikes to the verdict: that records were routed before it and after it, that none is lost
 * or out of order, that not too many are doubled; and the figures.
 */
final class Trial implements AutoCloseable {
    /** The most records of one batch: maxPollRecords. */
    static final int BATCH = 500;

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
        awaitWork();
        awaitCaughtUp();
        begun = Instant.now();
        awaitWork();
    }

    /** The fault has struck, and something can be routed again. */
    void struck(Instant from, Instant back) {
        outages.add(new Outage(from, Optional.of(back)));
    }

    /** A fault has struck under which routing goes on. */
    void disturbed(Instant at) {
        outages.add(new Outage(at, Optional.empty()));
    }

    /** Keeps something worth knowing with the figures. */
    void note(String what, Object value) {
        notes.put(what, value);
    }

    /** Waits until the rigs' messages of a while have been routed, from now on. */
    void awaitWork() {
        awaitWork(form.aWhile());
    }

    /** Waits until the rigs' messages of so long a time have been routed, from now on. */
    void awaitWork(Duration of) {
        evidence.awaitMore(Evidence.ACTIVITY, messages(of));
    }

    /** How many messages the rigs send in a time. */
    long messages(Duration of) {
        return form.rigs() * of.toMillis() / form.period().toMillis();
    }

    /** Waits until all groups have committed what the rigs have sent up to now. */
    void awaitCaughtUp() {
        evidence.awaitCaughtUp();
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
        Audit audit = new Audit(cluster, evidence, form, Optional.empty());
        Findings findings = audit.findings();
        Instant ended = Instant.now();
        long doubled =
                findings.doubledPerFault(outages.stream().map(Outage::from).toList());
        new Figures(
                        fault,
                        form,
                        outages.size(),
                        Duration.between(begun, ended),
                        findings,
                        recoveries(findings, ended),
                        doubled,
                        notes)
                .publish();

        assertThat(findings.problems()).isEmpty();
        audit.assertTheProgramFindsNothingWrong();
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

    private List<Duration> recoveries(Findings findings, Instant ended) {
        return IntStream.range(0, outages.size())
                .mapToObj(i -> outages.get(i).recovery(findings, next(i, ended)))
                .toList();
    }

    private Instant next(int outage, Instant ended) {
        return outage + 1 < outages.size() ? outages.get(outage + 1).from() : ended;
    }

    /** The rigs did work: all of them, before each fault and after it. */
    void assertWorkWasDone(Findings findings) {
        assertThat(findings.telemetry().byRig()).as("rigs").hasSize(form.rigs());
        Instant before = begun;
        for (Outage outage : outages) {
            assertThat(findings.routed(before, outage.from()))
                    .as("routed before %s", outage)
                    .isPositive();
            before = outage.end();
        }
        assertThat(findings.routed(before, Instant.now()))
                .as("routed after the last of %s", outages)
                .isGreaterThan(form.rigs());
    }

    @Override
    public void close() {
        evidence.close();
    }
}
