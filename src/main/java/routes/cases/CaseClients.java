package routes.cases;

import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka clients that connect to nothing: what is sent goes to the outlet, and is acknowledged at once. */
final class CaseClients implements KafkaClientFactory {
    private final Outlet outlet;

    CaseClients(Outlet outlet) {
        this.outlet = outlet;
    }

    @Override
    public Producer<?, ?> getProducer(Properties settings) {
        return new MockProducer<>(
                true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                outlet.take(record);
                clear(); // it would keep every record
                return super.send(record, callback);
            }
        };
    }

    /** @throws UnsupportedOperationException always: records come from the cases */
    @Override
    public Consumer<?, ?> getConsumer(Properties settings) {
        throw new UnsupportedOperationException("a route that is given the records of a case reads no topic");
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return configuration.getBrokers();
    }
}
