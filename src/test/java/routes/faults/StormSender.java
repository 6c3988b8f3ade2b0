package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends the storm's own records, and remembers what was acknowledged. */
final class StormSender implements AutoCloseable {
    private static final int LARGEST = 3_000_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Sent> sent = new ArrayList<>();
    private int generation;

    /**
     * A record that was acknowledged.
     *
     * @param generation of its topic: how often that had been made again
     */
    record Sent(
            String name,
            String kind,
            int generation,
            String topic,
            int partition,
            long offset,
            StormPrint print,
            String what) {}

    StormSender(String bootstrap) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "max.request.size",
                        LARGEST,
                        // A broker that has lost the end of a log does not know how far an idempotent client was.
                        "enable.idempotence",
                        false,
                        "acks",
                        "all",
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Returns at once. */
    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        int now = generation();
        return producer.send(record, (at, failure) -> {
            if (failure == null) {
                remember(record, now, at);
            }
        });
    }

    /** Returns when all are acknowledged. */
    void sendAll(List<ProducerRecord<byte[], byte[]>> records, Duration patience)
            throws InterruptedException, ExecutionException, TimeoutException {
        for (Future<RecordMetadata> one : records.stream().map(this::send).toList()) {
            one.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void remember(ProducerRecord<byte[], byte[]> record, int now, RecordMetadata at) {
        sent.add(new Sent(
                header(record, StormPoison.NAME),
                header(record, Source.KIND),
                now,
                at.topic(),
                at.partition(),
                at.offset(),
                StormPrint.of(record.key(), record.value(), record.headers()),
                "key of " + (record.key() == null ? -1 : record.key().length) + " bytes, headers " + names(record)));
    }

    private static List<String> names(ProducerRecord<byte[], byte[]> record) {
        List<String> names = new ArrayList<>();
        record.headers()
                .forEach(header -> names.add(
                        header.key().substring(0, Math.min(20, header.key().length()))));
        return names;
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    /** The user's topic has been made again. */
    synchronized void madeAgain() {
        generation++;
    }

    synchronized int generation() {
        return generation;
    }

    synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
