package routes.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.TelemetryReader;

/**
 * Kafka Streams with the same rule: one thread, at least once, all else by its own defaults, among them the interval of
 * 30 s between two commits, which spares it work but makes for more duplicates after a crash than the others have.
 */
final class Streams implements Contender {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    /** What Kafka Streams decides itself, or has decided by the serdes. */
    private static final Set<String> ITS_OWN = Set.of(
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            "key.serializer",
            "value.serializer");

    private final Properties settings = new Properties();
    private KafkaStreams streams;

    Streams(String group, Properties consumerSettings, Properties producerSettings, Path folder) {
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
        settings.put(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, consumerSettings.get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG));
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("streams").toString());
        add(consumerSettings, StreamsConfig.CONSUMER_PREFIX);
        add(producerSettings, StreamsConfig.PRODUCER_PREFIX);
    }

    private void add(Properties client, String prefix) {
        client.forEach((key, value) -> {
            if (!ITS_OWN.contains(key.toString())) {
                settings.put(prefix + key, value);
            }
        });
    }

    @Override
    public void start() {
        streams = new KafkaStreams(topology(), settings);
        streams.setUncaughtExceptionHandler(fault -> {
            LOG.error("Kafka Streams has failed", fault);
            Runtime.getRuntime().halt(1);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
    }

    @Override
    public void stop() {
        if (!streams.close(Duration.ofSeconds(30))) {
            throw new IllegalStateException("Kafka Streams did not stop within 30 s");
        }
    }

    private static Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(Rule.IN, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .processValues(Route::new)
                .to(
                        (key, routed, context) -> routed.topic(),
                        Produced.with(
                                Serdes.ByteArray(),
                                Serdes.serdeFrom((topic, routed) -> routed.value(), (topic, bytes) -> {
                                    throw new UnsupportedOperationException("only written");
                                })));
        return builder.build();
    }

    private record Routed(String topic, byte[] value) {}

    private static final class Route implements FixedKeyProcessor<byte[], byte[], Routed> {
        private final TelemetryReader reader = new TelemetryReader();
        private FixedKeyProcessorContext<byte[], Routed> context;

        @Override
        public void init(FixedKeyProcessorContext<byte[], Routed> itsContext) {
            context = itsContext;
        }

        @Override
        public void process(FixedKeyRecord<byte[], byte[]> record) {
            record.headers()
                    .add(Rule.SOURCE_HEADER, source(context.recordMetadata().orElseThrow()));
            context.forward(record.withValue(new Routed(topic(record), record.value())));
        }

        private String topic(FixedKeyRecord<byte[], byte[]> record) {
            try {
                return Rule.topic(reader.read(record.value(), record.key()).activity());
            } catch (InvalidTelemetryException invalid) {
                return Rule.DEAD_LETTERS;
            }
        }

        private static byte[] source(RecordMetadata record) {
            return (record.topic() + "/" + record.partition() + "/" + record.offset()).getBytes(StandardCharsets.UTF_8);
        }
    }
}
