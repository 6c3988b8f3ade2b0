package routes.cases;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.processor.ChoiceProcessor;
import org.apache.camel.processor.FilterProcessor;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.apache.kafka.common.errors.TimeoutException;

/** Stands around every step: lets those fail that a case wants to, and knows which ways the records took. */
final class CaseSteps extends EventNotifierSupport implements InterceptStrategy {
    private final Map<NamedNode, Processor> deciding = new IdentityHashMap<>();
    private final Map<NamedNode, AtomicLong> entered = new IdentityHashMap<>();
    private final Set<String> deadLettered = ConcurrentHashMap.newKeySet();
    private volatile Set<String> failing = Set.of();

    /** @param ids of the steps that fail from now on, and no others */
    void fail(Set<String> ids) {
        failing = new HashSet<>(ids);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        Processor original = target;
        while (original instanceof DelegateAsyncProcessor around && !(original instanceof FilterProcessor)) {
            original = around.getProcessor();
        }
        if (original instanceof ChoiceProcessor || original instanceof FilterProcessor) {
            deciding.put(step, original);
        }
        AtomicLong count = entered.computeIfAbsent(step, node -> new AtomicLong());
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                count.incrementAndGet();
                if (step.getId() != null && failing.contains(step.getId())) {
                    exchange.setException(failure(step));
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, callback);
            }
        };
    }

    /** A send fails as when Kafka does not answer, another step by a fault of its own. */
    private static Exception failure(NamedNode step) {
        String message = "the case makes the step " + step.getId() + " fail";
        return step.getShortName().startsWith("to")
                ? new TimeoutException(message)
                : new IllegalStateException(message);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.ExchangeFailureHandlingEvent handling && handling.isDeadLetterChannel()) {
            deadLettered.add(String.valueOf(
                    handling.getExchange().getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class)));
        }
    }

    /** Whether a record of this route was dead-lettered. */
    boolean deadLettered(String route) {
        return deadLettered.contains(route);
    }

    /** How often a choice took the branch of this number, from 0. */
    long taken(NamedNode choice, int branch) {
        return decider(choice, ChoiceProcessor.class).getFilters().get(branch).getFilteredCount();
    }

    /** How often no condition of a choice held. */
    long otherwise(NamedNode choice) {
        long taken = decider(choice, ChoiceProcessor.class).getFilters().stream()
                .mapToLong(FilterProcessor::getFilteredCount)
                .sum();
        return entered.get(choice).get() - taken;
    }

    /** How often the condition of a filter held. */
    long passed(NamedNode filter) {
        return decider(filter, FilterProcessor.class).getFilteredCount();
    }

    private <T extends Processor> T decider(NamedNode step, Class<T> type) {
        return type.cast(deciding.get(step));
    }
}
