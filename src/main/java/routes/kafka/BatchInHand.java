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
 * Lets a producer know for which exchange it is given a record: set, for the thread that sends, around every step
 * that sends. Once a record of the batch has failed, such a step lets no further one of it through. Camel finds this
 * object by its type and puts it around the steps of all routes, a user's own among them.
 *
 * <p>All steps are guarded against errors that Camel would not notice, and before the first of them a record is kept as it
 * was read.
 */
public final class BatchInHand implements InterceptStrategy {
    private static final ThreadLocal<Exchange> CURRENT = new ThreadLocal<>();

    /** @return the exchange for which the thread sends; null if it sends for none */
    static Exchange get() {
        return CURRENT.get();
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        return step.getShortName().startsWith("to")
                ? new Sending(target, step.getId())
                : new Guarded(target, step.getId());
    }

    /**
     * Turns an {@link Error} of a step, as of memory that ran out, into a failure of its record or batch. Camel catches
     * exceptions only: the error would end in a thread pool without a word, and the batch would never end.
     */
    private static class Guarded extends DelegateAsyncProcessor {
        private final String id;

        Guarded(Processor target, String id) {
            super(target);
            this.id = id;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Records.Original.keep(exchange);
            Once once = new Once(exchange, RecordInHand.of(exchange), callback);
            try {
                return super.process(exchange, once);
            } catch (Error error) {
                if (once.called) {
                    throw error;
                }
                exchange.setException(new RuntimeCamelException("a step ended with an error", error));
                once.done(true);
                return true;
            }
        }

        private final class Once implements AsyncCallback {
            private final Exchange exchange;
            private final RecordInHand record;
            private final AsyncCallback callback;
            private volatile boolean called;

            Once(Exchange exchange, RecordInHand record, AsyncCallback callback) {
                this.exchange = exchange;
                this.record = record;
                this.callback = callback;
            }

            @Override
            public void done(boolean doneSync) {
                called = true;
                if (exchange.getException() == null) {
                    record.passed(id);
                }
                callback.done(doneSync);
            }
        }
    }

    private static final class Sending extends Guarded {
        Sending(Processor target, String id) {
            super(target, id);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            if (RecordInHand.of(exchange).batchFailed()) {
                // Nothing overtakes the record that failed, and none is tried again and again for nothing.
                exchange.setException(new NotSentException("an earlier record of the same batch has failed"));
                callback.done(true);
                return true;
            }
            Exchange outer = CURRENT.get();
            CURRENT.set(exchange);
            try {
                return super.process(exchange, callback);
            } finally {
                CURRENT.set(outer);
            }
        }
    }
}
