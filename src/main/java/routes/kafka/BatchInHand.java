package routes.kafka;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Lets a producer know which batch the record it is given belongs to: set, for the thread that sends, around every step
 * that sends. Once a record of the batch has failed, such a step lets no further one of it through. Camel finds this
 * object by its type and puts it around the steps of all routes, a user's own among them.
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
            Batch batch = Batch.of(exchange);
            if (batch != null) {
                if (batch.failed()) {
                    // Nothing overtakes the record that failed, and none is tried again and again for nothing.
                    exchange.setException(new NotSentException("an earlier record of the same batch has failed"));
                    callback.done(true);
                    return true;
                }
                batch.follow(exchange);
            }
            CURRENT.set(batch);
            try {
                return super.process(exchange, callback);
            } finally {
                CURRENT.set(outer);
            }
        }
    }
}
