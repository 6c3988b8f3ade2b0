package routes.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets a producer know which batch the record it is given belongs to: set, for the thread that sends, around every step
 * that sends. Camel finds it by its type and puts it around the steps of all routes, a user's own among them.
 */
public final class BatchInHand implements InterceptStrategy {
    private static final ThreadLocal<Batch> CURRENT = new ThreadLocal<>();

    /** @return null if the record is of no batch */
    static Batch get() {
        return CURRENT.get();
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        return step.getShortName().startsWith("to") ? new Sending(target) : target;
    }

    private static final class Sending extends DelegateAsyncProcessor {
        Sending(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Batch outer = CURRENT.get();
            CURRENT.set(exchange.getProperty(Batch.PROPERTY, Batch.class));
            try {
                return super.process(exchange, callback);
            } finally {
                CURRENT.set(outer);
            }
        }
    }

    /** A batch between {@link Batches#open} and {@link Batches#commit}. */
    static final class Batch {
        /** The exchange property that holds it, also of the exchanges split off. */
        static final String PROPERTY = "rig-streams.batch";

        private final Collection<DefaultKafkaManualCommit> lastOfPartitions;
        private volatile boolean failed;

        /** @param lastOfPartitions the commit of the last record of each partition; one polling thread's, not empty */
        Batch(Collection<DefaultKafkaManualCommit> lastOfPartitions) {
            this.lastOfPartitions = lastOfPartitions;
        }

        /** A record of it was not sent: none of the later ones may be. */
        void fail() {
            failed = true;
        }

        boolean failed() {
            return failed;
        }

        /** One request for all partitions: one for each would take a third of the time of a full batch. */
        void commit() {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            lastOfPartitions.forEach(
                    last -> offsets.put(last.getPartition(), new OffsetAndMetadata(last.getRecordOffset() + 1)));
            DefaultKafkaManualCommit any = lastOfPartitions.iterator().next();
            any.getCamelExchangePayload().consumer.commitSync(offsets, Duration.ofMillis(any.getCommitTimeout()));
        }
    }
}
