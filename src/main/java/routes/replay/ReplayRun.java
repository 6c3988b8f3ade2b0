package routes.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import routes.kafka.KafkaCluster;
import routes.kafka.Pace;
import routes.kafka.Rate;
import routes.kafka.SendWatch;
import routes.settings.ConfigurationException;
import routes.settings.UnreachableException;

/** Sends what a source gives, at the pace asked for, and counts. */
final class ReplayRun {
    private static final Duration CLOSES = Duration.ofSeconds(2);

    private final KafkaCluster cluster;
    private final ReplayRequest request;
    private final ReplaySource source;
    private final ReplayTarget target;
    private final Optional<Producer<byte[], byte[]>> producer;
    private final SendWatch watch;
    private final Marks marks;
    private final Pace pace;

    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private long given;
    private long skipped;
    private boolean stopped;

    /** @param producer empty for a rehearsal, which only counts */
    ReplayRun(
            KafkaCluster cluster,
            ReplayRequest request,
            Marks marks,
            ReplaySource source,
            ReplayTarget target,
            Optional<Producer<byte[], byte[]>> producer,
            SendWatch watch) {
        this.cluster = cluster;
        this.request = request;
        this.source = source;
        this.target = target;
        this.producer = producer;
        this.watch = watch;
        this.marks = marks;
        this.pace = new Pace(producer.isEmpty() ? Rate.MAX : request.rate(), System::nanoTime);
    }

    /**
     * @param alreadyThere what needs no reading because an earlier replay has sent it
     * @param all how many records there are to send at most
     */
    ReplayReport run(long alreadyThere, long all) {
        long start = System.nanoTime();
        watch.progress(0, all);
        try {
            send(all);
        } catch (ReplayException | ConfigurationException e) {
            failure.compareAndSet(null, e);
        }
        flush();
        boolean whole = !stopped && failure.get() == null;
        return new ReplayReport(
                request.topic(),
                request.into(),
                request.dryRun(),
                acknowledged.get(),
                bytes.get(),
                alreadyThere + skipped,
                whole ? 0 : Math.max(0, all - acknowledged.get() - skipped),
                (System.nanoTime() - start) / 1e9,
                stopped,
                new ArrayList<>(source.problems()),
                failure.get() == null ? null : failure.get().getMessage(),
                failure.get() instanceof UnreachableException);
    }

    private void send(long all) {
        while (goesOn() && !source.isDone()) {
            Optional<Original> next = source.next();
            if (next.isPresent()) {
                if (target.has(next.get())) {
                    skipped++;
                } else if (awaitDue(next.get())) {
                    send(next.get());
                    watch.progress(++given, all);
                }
            }
        }
    }

    private boolean goesOn() {
        stopped |= watch.stopWithin(Duration.ZERO);
        return !stopped && failure.get() == null;
    }

    /** @return false if the replay is to end */
    private boolean awaitDue(Original record) {
        stopped |= !pace.await(given, record.timestamp(), watch, () -> failure.get() == null) && failure.get() == null;
        return !stopped && failure.get() == null;
    }

    private void send(Original record) {
        if (producer.isEmpty()) {
            taken(record);
            return;
        }
        try {
            producer.get()
                    .send(marks.replayed(record, request.into(), target.partitionOf(record)), (where, problem) -> {
                        if (problem == null) {
                            taken(record);
                        } else {
                            refused(record, problem);
                        }
                    });
        } catch (KafkaException | IllegalStateException e) {
            refused(record, e);
        }
    }

    private void taken(Original record) {
        acknowledged.incrementAndGet();
        bytes.addAndGet(record.bytes());
    }

    /** What the client still holds must not overtake this record, or a later replay would take it for sent. */
    private void refused(Original record, Exception problem) {
        if (failure.get() != null) {
            return;
        }
        failure.set(cluster.silence(problem)
                .<RuntimeException>map(sentence -> sentence)
                .orElseGet(() -> new ReplayException(request.topic() + "/" + record.partition() + "/" + record.offset()
                        + " was not taken by " + request.into() + ": " + problem.getMessage()
                        + "; mend that and give the same command again, which goes on with it")));
        producer.orElseThrow().close(Duration.ZERO);
    }

    private void flush() {
        producer.ifPresent(open -> {
            try {
                if (failure.get() == null) {
                    open.flush();
                }
            } catch (KafkaException | IllegalStateException e) {
                failure.compareAndSet(
                        null, new ReplayException(request.into() + " cannot be written: " + e.getMessage()));
            } finally {
                open.close(CLOSES);
            }
        });
    }
}
