package routes.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Sends the records of an archive as one would by hand: file after file with Avro's own reader, to the same partition. */
final class ReplayLoop extends InThread {
    private final Properties producerSettings;
    private final Path archive;
    private final AtomicReference<Exception> refused = new AtomicReference<>();

    ReplayLoop(Properties producerSettings, Path archive) {
        this.producerSettings = producerSettings;
        this.archive = archive;
    }

    @Override
    void work() throws IOException {
        List<Path> files;
        try (Stream<Path> walked = Files.walk(archive)) {
            files = walked.filter(file -> file.toString().endsWith(".avro"))
                    .sorted()
                    .toList();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(producerSettings)) {
            for (Path file : files) {
                send(file, producer);
            }
            producer.flush();
        }
        if (refused.get() != null) {
            throw new IllegalStateException("a record was not acknowledged", refused.get());
        }
    }

    private void send(Path file, KafkaProducer<byte[], byte[]> producer) throws IOException {
        // namespace/topic/partition/yyyy/MM/dd/HH/mm/ss.avro
        int partition = Integer.parseInt(file.getName(file.getNameCount() - 7).toString());
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            GenericRecord record = null;
            while (reader.hasNext()) {
                record = reader.next(record);
                producer.send(
                        new ProducerRecord<>(
                                ArchiveBench.REPLAYED,
                                partition,
                                null,
                                key((Map<?, ?>) record.get("SystemProperties")),
                                bytes(record.get("Body")),
                                headers((Map<?, ?>) record.get("Properties"))),
                        (metadata, problem) -> {
                            if (problem != null) {
                                refused.compareAndSet(null, problem);
                            }
                        });
            }
        }
    }

    private static byte[] key(Map<?, ?> system) {
        for (Map.Entry<?, ?> property : system.entrySet()) {
            if (property.getKey().toString().equals("x-opt-kafka-key")) {
                return bytes(property.getValue());
            }
        }
        return null;
    }

    private static List<Header> headers(Map<?, ?> properties) {
        List<Header> headers = new ArrayList<>(properties.size());
        properties.forEach((name, value) -> headers.add(new RecordHeader(name.toString(), bytes(value))));
        return headers;
    }

    private static byte[] bytes(Object value) {
        ByteBuffer buffer = (ByteBuffer) value;
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
