package routes.bench;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import routes.archive.CaptureFormat;

/**
 * The archive as one would write it by hand with Avro's own classes, in one thread: poll, append each record to its
 * partition's file, and when a file is full, close it, write it to the disk, link it to its name, write the folder to the
 * disk, commit. The same schema, compression, size of blocks and of files as the application's.
 */
final class ArchiveLoop implements Contender {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int DEFLATE_LEVEL = 1;
    private static final int BLOCK_BYTES = 256 * 1024;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/HH/mm/ss'.avro'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

    private final Properties consumerSettings;
    private final Path folder;
    private final long maxBytes;
    private final Map<TopicPartition, Part> parts = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();
    private volatile boolean running;
    private Thread thread;
    private long files;

    /** A file that is being written. */
    private static final class Part {
        private final Path file;
        private final long firstTime;
        private final Counting out;
        private final DataFileWriter<GenericRecord> writer;
        private long next;

        Part(Path file, long firstTime) throws IOException {
            this.file = file;
            this.firstTime = firstTime;
            this.out = new Counting(Files.newOutputStream(file));
            this.writer = new DataFileWriter<>(new GenericDatumWriter<>(CaptureFormat.SCHEMA));
            writer.setCodec(CodecFactory.deflateCodec(DEFLATE_LEVEL));
            writer.setSyncInterval(BLOCK_BYTES);
            writer.create(CaptureFormat.SCHEMA, out);
        }
    }

    private static final class Counting extends FilterOutputStream {
        private long written;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            written += length;
        }
    }

    ArchiveLoop(String group, Properties consumerSettings, Path folder, long maxBytes) {
        this.consumerSettings = consumerSettings;
        this.folder = folder;
        this.maxBytes = maxBytes;
        consumerSettings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    }

    @Override
    public void start() throws IOException {
        Files.createDirectories(folder.resolve("buffers"));
        running = true;
        thread = new Thread(this::run, "loop");
        thread.start();
    }

    @Override
    public void stop() throws InterruptedException {
        running = false;
        thread.join();
    }

    private void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerSettings)) {
            consumer.subscribe(List.of(Rule.IN));
            while (running) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    append(record);
                }
                if (!finished.isEmpty()) {
                    consumer.commitSync(finished);
                    finished.clear();
                }
            }
            for (TopicPartition partition : List.copyOf(parts.keySet())) {
                finish(partition);
            }
            finished.clear();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(ConsumerRecord<byte[], byte[]> record) throws IOException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Part part = parts.get(partition);
        if (part == null) {
            part = new Part(folder.resolve("buffers").resolve(++files + ".avro"), record.timestamp());
            parts.put(partition, part);
        }
        part.writer.append(event(record));
        part.next = record.offset() + 1;
        if (part.out.written >= maxBytes) {
            finish(partition);
        }
    }

    private static GenericRecord event(ConsumerRecord<byte[], byte[]> record) {
        Map<String, Object> system = new LinkedHashMap<>();
        system.put(CaptureFormat.KEY, ByteBuffer.wrap(record.key()));
        system.put(CaptureFormat.TIMESTAMP, record.timestamp());
        Map<String, Object> properties = new LinkedHashMap<>();
        record.headers().forEach(header -> properties.put(header.key(), ByteBuffer.wrap(header.value())));
        GenericRecord event = new GenericData.Record(CaptureFormat.SCHEMA);
        event.put("SequenceNumber", record.offset());
        event.put("Offset", Long.toString(record.offset()));
        event.put("EnqueuedTimeUtc", TIME.format(Instant.ofEpochMilli(record.timestamp())));
        event.put("SystemProperties", system);
        event.put("Properties", properties);
        event.put("Body", ByteBuffer.wrap(record.value()));
        return event;
    }

    private void finish(TopicPartition partition) throws IOException {
        Part part = parts.remove(partition);
        part.writer.close();
        try (FileChannel channel = FileChannel.open(part.file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Path linked = link(partition, part);
        try (FileChannel channel = FileChannel.open(linked.getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        }
        Files.delete(part.file);
        finished.put(partition, new OffsetAndMetadata(part.next));
    }

    private Path link(TopicPartition partition, Part part) throws IOException {
        Path root = folder.resolve("capture/loop").resolve(partition.topic()).resolve("" + partition.partition());
        for (Instant at = Instant.ofEpochMilli(part.firstTime); ; at = at.plusSeconds(1)) {
            Path name = root.resolve(NAME.format(at));
            Files.createDirectories(name.getParent());
            try {
                return Files.createLink(name, part.file);
            } catch (FileAlreadyExistsException taken) {
                // The next second may be free.
            }
        }
    }
}
