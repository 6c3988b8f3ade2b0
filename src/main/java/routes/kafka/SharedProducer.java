package routes.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka producer for many endpoints and batches. It keeps what a plain one does not: that nothing overtakes a record
 * whose send failed for good.
 *
 * <ul>
 *   <li>Of a batch of which one send has failed, no further record is sent: the batch will be read again from its start.
 *   <li>If the failed record was already handed to the client, records behind it may be, too. The client is then closed
 *       at once, within its own sending thread, which drops all that it has not sent; the next send makes a new one, for
 *       batches that have sent nothing yet. The other batches in flight fail, and are read again.
 * </ul>
 *
 * A record that Kafka refuses for its own sake, as too large or without the key that its topic wants, is no such failure:
 * it is dead-lettered, and the others go on. Where it shared a request with others, those fail with it and their batch is
 * read again; the refused record is then not sent a second time.
 *
 * <p>Its {@code close} tells that one endpoint has ended, since others may still send with it; see {@link
 * #closeIfUnused}.
 */
final class SharedProducer implements Producer<Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(SharedProducer.class);

    private final Properties settings;
    private final MeterRegistry meters;
    private Client client;
    private int users;
    private boolean ended;

    /** @param settings of a Kafka producer */
    SharedProducer(Properties settings, MeterRegistry meters) {
        this.settings = settings;
        // Kafka 3.9.1 stumbles over its own telemetry when a client is closed within its sending thread; ours are bound
        // here.
        settings.putIfAbsent(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        this.meters = meters;
        this.client = new Client();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> record, Callback callback) {
        // Taken before the batch is looked at: a client made after the batch failed is only seen with that failure.
        Client sender = client();
        Exchange exchange = BatchInHand.get();
        RecordInHand source = RecordInHand.of(exchange);
        if (source.batchFailed()) {
            return notSent(callback, new NotSentException("an earlier record of the same batch was not sent"));
        }
        if (!source.isSentInOrderBy(this, sender)) {
            NotSentException behindAnother =
                    new NotSentException("the client that sent the batch's first records was closed");
            source.failBatch(behindAnother);
            return notSent(callback, behindAnother);
        }
        Exception refusal = source.refusalBy(record.topic());
        if (refusal != null) {
            return notSent(callback, refusal);
        }
        Attempt attempt = new Attempt(sender, exchange, record.topic(), callback);
        try {
            return sender.producer.send(sender.placed(record), attempt);
        } catch (IllegalStateException closed) {
            return notSent(attempt, new NotSentException("the client was closed because a send had failed"));
        } catch (KafkaException neverTaken) {
            return notSent(attempt, neverTaken);
        } finally {
            attempt.handedOver = true;
        }
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> record) {
        return send(record, null);
    }

    private static Future<RecordMetadata> notSent(Callback callback, Exception reason) {
        if (callback != null) {
            callback.onCompletion(null, reason);
        }
        return CompletableFuture.failedFuture(reason);
    }

    private synchronized Client client() {
        if (ended) {
            throw new NotSentException("no endpoint uses this producer any more");
        }
        if (client == null) {
            client = new Client();
        }
        return client;
    }

    /** Only the first of the failures that a client's end brings with it does anything. */
    private void retire(Client failed, Exception cause) {
        synchronized (this) {
            if (client != failed) {
                return;
            }
            client = null;
        }
        LOG.warn(
                "a send failed for good ({}); what is not yet sent is dropped and will be read again",
                cause.toString());
        failed.close(Duration.ZERO);
    }

    /** One more endpoint sends with it, until it calls {@link #close()}. */
    synchronized void lend() {
        users++;
    }

    /** @return whether it was used by nobody and is closed now */
    boolean closeIfUnused(Duration timeout) {
        synchronized (this) {
            if (users > 0) {
                return false;
            }
        }
        closeForGood(timeout);
        return true;
    }

    /** Waits for what is not yet sent, then closes the client. */
    void closeForGood(Duration timeout) {
        Client last;
        synchronized (this) {
            ended = true;
            last = client;
            client = null;
        }
        if (last != null) {
            last.close(timeout);
        }
    }

    /** One endpoint sends with it no more. */
    @Override
    public synchronized void close() {
        users--;
    }

    @Override
    public void close(Duration timeout) {
        close();
    }

    @Override
    public void flush() {
        client().producer.flush();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return client().producer.partitionsFor(topic);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return client().producer.metrics();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return client().producer.clientInstanceId(timeout);
    }

    @Override
    public void initTransactions() {
        throw noTransactions();
    }

    @Override
    public void beginTransaction() {
        throw noTransactions();
    }

    @Override
    @Deprecated
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, String group) {
        throw noTransactions();
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        throw noTransactions();
    }

    @Override
    public void commitTransaction() {
        throw noTransactions();
    }

    @Override
    public void abortTransaction() {
        throw noTransactions();
    }

    private static KafkaException noTransactions() {
        return new KafkaException("a shared producer has no transactions, which Event Hubs does not have either; "
                + "remove 'transacted' and 'transactionalId' from the route");
    }

    private final class Client {
        private final KafkaProducer<Object, Object> producer = new KafkaProducer<>(settings);
        private final KafkaClientMetrics bound = new KafkaClientMetrics(producer);

        Client() {
            bound.bindTo(meters);
        }

        /**
         * Where a partition is asked for that the topic does not have, that number modulo its partitions: a dead letter
         * of a wider topic asks so.
         */
        ProducerRecord<Object, Object> placed(ProducerRecord<Object, Object> record) {
            if (record.partition() == null) {
                return record;
            }
            int partitions = producer.partitionsFor(record.topic()).size();
            return record.partition() < partitions
                    ? record
                    : new ProducerRecord<>(
                            record.topic(),
                            record.partition() % partitions,
                            record.timestamp(),
                            record.key(),
                            record.value(),
                            record.headers());
        }

        void close(Duration timeout) {
            bound.close();
            producer.close(timeout);
        }
    }

    private final class Attempt implements Callback {
        private final Client sender;
        private final Exchange exchange;
        private final String topic;
        private final Callback callback;
        /** Whether {@code send} has returned: an earlier failure means that the client never took the record. */
        private volatile boolean handedOver;

        Attempt(Client sender, Exchange exchange, String topic, Callback callback) {
            this.sender = sender;
            this.exchange = exchange;
            this.topic = topic;
            this.callback = callback;
        }

        @Override
        public void onCompletion(RecordMetadata metadata, Exception failure) {
            Optional<Exception> own = RecordInHand.ownFault(failure, exchange, topic);
            if (failure != null && own.isEmpty()) {
                RecordInHand.of(exchange).failBatch(failure);
                if (handedOver) {
                    retire(sender, failure);
                }
            }
            if (callback != null) {
                callback.onCompletion(metadata, own.orElse(failure));
            }
        }
    }
}
