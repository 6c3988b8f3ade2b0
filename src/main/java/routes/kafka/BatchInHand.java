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
            Batch batch = Batch.of(exchange);
            if (batch != null) {
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
