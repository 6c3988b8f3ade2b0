package routes.archive;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.kafka.Batches;

/**
 * The steps of the archiving route: {@link #archive} takes a batch, {@link #commit} commits what stands in the store by
 * then, of whichever batch. Each polling thread has a tap of its own. A thread of this object's finishes the files of
 * partitions that have fallen silent.
 */
public final class ArchiveTap implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveTap.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final ArchiveStore store;
    private final TapSettings settings;
    private final Clock clock;
    private final TapMeters meters;
    private final BufferFolder buffers;
    private final Map<Thread, Tap> taps = new ConcurrentHashMap<>();
    private final Set<String> routes = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "archive-idle");
        thread.setDaemon(true);
        return thread;
    });

    private ArchiveTap(
            ArchiveStore store, TapSettings settings, BufferFolder buffers, MeterRegistry registry, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.buffers = buffers;
        this.clock = clock;
        this.meters = new TapMeters(registry);
        Gauge.builder("rig.archive.lag", this, ArchiveTap::lagSeconds)
                .description("age of the oldest record that was read and is in no finished file")
                .baseUnit("seconds")
                .register(registry);
        long period = Math.min(1_000, Math.max(10, settings.window().toMillis() / 10));
        timer.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    /**
     * @param buffers the folder for files that are being written; with a local store, in the same file system
     * @throws IOException if that folder cannot be written to
     */
    public static ArchiveTap open(
            ArchiveStore store, TapSettings settings, Path buffers, MeterRegistry registry, Clock clock)
            throws IOException {
        return new ArchiveTap(store, settings, BufferFolder.open(buffers), registry, clock);
    }

    /**
     * Takes the records of an opened batch.
     *
     * @throws IOException if it cannot: the batch is to be read again
     */
    public void archive(Exchange exchange) throws IOException {
        List<?> messages = messages(exchange);
        if (!messages.isEmpty()) {
            routes.add(exchange.getFromRouteId());
            List<CapturedRecord> records = new ArrayList<>(messages.size());
            messages.forEach(message -> records.add(record(exchange, (Message) message)));
            take(Batches.consumer(exchange), records);
        }
    }

    void take(Consumer<?, ?> consumer, List<CapturedRecord> records) throws IOException {
        mine().take(consumer, records);
    }

    /** Commits, per partition, up to where files stand in the store. */
    public void commit(Exchange exchange) {
        if (!messages(exchange).isEmpty()) {
            Tap tap = mine();
            Map<TopicPartition, Long> stands = tap.committable();
            Batches.commit(exchange, stands);
            tap.committed(stands);
        }
    }

    /** None are left of a batch whose partitions have gone elsewhere. */
    private static List<?> messages(Exchange exchange) {
        return exchange.getMessage().getBody(List.class);
    }

    private Tap mine() {
        return taps.computeIfAbsent(Thread.currentThread(), thread -> new Tap(store, settings, buffers, meters, clock));
    }

    private static CapturedRecord record(Exchange exchange, Message message) {
        String topic = message.getHeader(KafkaConstants.TOPIC, String.class);
        int partition = message.getHeader(KafkaConstants.PARTITION, Integer.class);
        long offset = message.getHeader(KafkaConstants.OFFSET, Long.class);
        return new CapturedRecord(
                topic,
                partition,
                offset,
                message.getHeader(KafkaConstants.TIMESTAMP, Long.class),
                (byte[]) message.getHeader(KafkaConstants.KEY),
                (byte[]) message.getBody(),
                List.of(Objects.requireNonNull((Headers) message.getHeader(KafkaConstants.HEADERS))
                        .toArray()),
                Batches.log(exchange, new TopicPartition(topic, partition), offset));
    }

    private void look() {
        taps.forEach((thread, tap) -> {
            try {
                if (thread.isAlive()) {
                    tap.finishIdle();
                } else {
                    taps.remove(thread);
                    end(tap);
                }
            } catch (RuntimeException | Error e) {
                // Whatever it is, a timer that throws is not run again, and the other files are to be finished.
                LOG.error("the idle files of one reading thread could not be finished: {}", e.toString(), e);
            }
        });
    }

    private static void end(Tap tap) {
        tap.finishAll();
        tap.close();
    }

    /** Whether the route has given it records, and so commits when files are full. */
    public boolean isFilledBy(String route) {
        return routes.contains(route);
    }

    /** What keeps records from being archived; empty if nothing does. */
    public Optional<String> trouble() {
        return taps.values().stream().flatMap(tap -> tap.trouble().stream()).findFirst();
    }

    /**
     * By partition that is held and has been read from, the offset up to which all is in files or in those that an orderly
     * stop finishes; none while the store takes nothing.
     */
    public Map<TopicPartition, Long> read() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        taps.values().forEach(tap -> offsets.putAll(tap.read()));
        return offsets;
    }

    /** The partitions, as in {@code rig.telemetry-3}, that are not archived, with the reason. */
    Map<String, String> stopped() {
        Map<String, String> all = new TreeMap<>();
        taps.values()
                .forEach(tap -> tap.stopped().forEach((partition, reason) -> all.put(partition.toString(), reason)));
        return all;
    }

    String store() {
        return store.description();
    }

    TapMeters written() {
        return meters;
    }

    private double lagSeconds() {
        long oldest = taps.values().stream()
                .map(Tap::oldestMillis)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .min()
                .orElseGet(clock::millis);
        return Math.max(0, clock.millis() - oldest) / 1000.0;
    }

    /**
     * Finishes what has been taken, so that it stands in the store; the routes must have stopped. What a store does not
     * take in a few seconds is given up, and read again after the next start.
     */
    @Override
    public void close() {
        timer.execute(() -> taps.values().forEach(ArchiveTap::end));
        timer.shutdown();
        try {
            if (!timer.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                timer.shutdownNow();
                timer.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        taps.clear();
        buffers.close();
    }
}
