package routes.cases;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.KafkaHeaderFilterStrategy;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.CamelExchangePayload;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.KafkaRecordPayload;
import org.apache.camel.support.DefaultConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Gives the records of one case to its route, as camel-kafka does: those for a route that reads Kafka as one batch, all
 * from partition 0, offsets from 0 on.
 */
final class CaseFeed {
    /** Of records for a route that nothing leads to from a topic. */
    private static final String NO_TOPIC = "records";

    private static final long COMMIT_TIMEOUT_MS = Duration.ofSeconds(5).toMillis();

    private final DefaultConsumer route;
    private final String topic;
    private final Clock clock;
    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
    private final Map<String, Long> next = new HashMap<>();
    private final KafkaHeaderFilterStrategy filter = new KafkaHeaderFilterStrategy();

    /** @param topic that the route's records come from */
    CaseFeed(DefaultConsumer route, Optional<String> topic, Clock clock) {
        this.route = route;
        this.topic = topic.orElse(NO_TOPIC);
        this.clock = clock;
    }

    /** @return why the batch failed; empty if it did not */
    Optional<Throwable> batch(List<InputRecord> records) throws Exception {
        List<Exchange> exchanges = new ArrayList<>();
        Set<TopicPartition> partitions = new HashSet<>();
        for (InputRecord record : records) {
            Exchange exchange = exchange(record);
            TopicPartition partition = new TopicPartition(topic(record), 0);
            partitions.add(partition);
            exchange.getMessage()
                    .setHeader(
                            KafkaConstants.MANUAL_COMMIT,
                            new Commit(
                                    new CamelExchangePayload(exchange, kafka, "case", null),
                                    new KafkaRecordPayload(
                                            partition,
                                            exchange.getMessage().getHeader(KafkaConstants.OFFSET, Long.class),
                                            COMMIT_TIMEOUT_MS)));
            exchanges.add(exchange);
        }
        kafka.assign(partitions);
        Map<TopicPartition, Long> zero = new HashMap<>();
        partitions.forEach(partition -> zero.put(partition, 0L));
        kafka.updateBeginningOffsets(zero);
        Exchange batch = route.createExchange(false);
        batch.getMessage().setBody(exchanges);
        return process(batch);
    }

    /** One after the other, until one fails; without records the route is only set off. */
    Optional<Throwable> each(List<InputRecord> records) throws Exception {
        if (records.isEmpty()) {
            return process(route.createExchange(false));
        }
        for (InputRecord record : records) {
            Optional<Throwable> failure = process(exchange(record));
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /** Whether all records of the batch are committed. */
    boolean committed() {
        Map<TopicPartition, OffsetAndMetadata> committed = kafka.committed(kafka.assignment());
        return next.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata found = committed.get(new TopicPartition(end.getKey(), 0));
            return found != null && found.offset() == end.getValue();
        });
    }

    private Optional<Throwable> process(Exchange exchange) throws Exception {
        route.getProcessor().process(exchange);
        return Optional.ofNullable(exchange.getException());
    }

    private String topic(InputRecord record) {
        return record.topic().orElse(topic);
    }

    private Exchange exchange(InputRecord record) {
        Exchange exchange = route.createExchange(false);
        Message message = exchange.getMessage();
        Headers headers = new RecordHeaders();
        record.headers().forEach(headers::add);
        message.setHeader(KafkaConstants.TOPIC, topic(record));
        message.setHeader(KafkaConstants.PARTITION, 0);
        message.setHeader(KafkaConstants.OFFSET, next.merge(topic(record), 1L, Long::sum) - 1);
        message.setHeader(KafkaConstants.TIMESTAMP, clock.millis());
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, clock.millis());
        message.setHeader(KafkaConstants.HEADERS, headers);
        // A step that fails is tried again as often as ever, but without the waits.
        message.setHeader(Exchange.REDELIVERY_DELAY, 0L);
        if (record.key() != null) {
            message.setHeader(KafkaConstants.KEY, record.key());
        }
        record.headers().forEach((name, value) -> {
            if (!filter.applyFilterToExternalHeaders(name, value, exchange)) {
                message.setHeader(name, value);
            }
        });
        message.setBody(record.value());
        return exchange;
    }

    /** Of one record, up to which it commits. */
    private static final class Commit extends DefaultKafkaManualCommit {
        Commit(CamelExchangePayload exchange, KafkaRecordPayload record) {
            super(exchange, record);
        }

        @Override
        public void commit() {
            getCamelExchangePayload()
                    .consumer
                    .commitSync(Map.of(getPartition(), new OffsetAndMetadata(getRecordOffset() + 1)));
        }
    }
}
