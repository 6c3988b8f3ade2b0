package routes.kafka;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Lets a producer know which batch the record it is given belongs to: set, for the thread that sends, around every step
 * that sends. Once a record of the batch has failed, such a step lets no further one of it through. Camel finds this
 * object by its type and puts it around the steps of all routes, a user's own among them.
 *
 * <p>All steps are guarded against errors that Camel would not notice.
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
        return step.getShortName().startsWith("to") ? new Sending(target) : new Guarded(target);
    }

    /**
     * Turns an {@link Error} of a step, as of memory that ran out, into a failure of its record or batch. Camel catches
     * exceptions only: the error would end in a thread pool without a word, and the batch would never end.
     */
    private static class Guarded extends DelegateAsyncProcessor {
        Guarded(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Once once = new Once(callback);
            try {
                return super.process(exchange, once);
            } catch (Error error) {
                if (once.called) {
                    throw error;
                }
                exchange.setException(new RuntimeCamelException("a step ended with an error: " + error, error));
                once.done(true);
                return true;
            }
        }
    }

    private static final class Once implements AsyncCallback {
        private final AsyncCallback callback;
        private volatile boolean called;

        Once(AsyncCallback callback) {
            this.callback = callback;
        }

        @Override
        public void done(boolean doneSync) {
            called = true;
            callback.done(doneSync);
        }
    }

    private static final class Sending extends Guarded {
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
