package routes.reload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import routes.kafka.Batches;

/**
 * Holds routes that read from somewhere while other routes behind them change. What such a route has begun, a batch for
 * instance, ends first; its next exchange waits in front of the first step. Its consumer knows nothing of it: it keeps its
 * place in its group, and its partitions.
 *
 * <p>Routes from {@code direct:} have no gate: what comes to them has passed one. Camel finds this object by its type.
 */
public final class RouteGate implements RoutePolicyFactory {
    private final Map<String, Front> fronts = new ConcurrentHashMap<>();

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode definition) {
        boolean called = definition instanceof RouteDefinition route
                && route.getInput().getEndpointUri().startsWith("direct:");
        if (called) {
            return null;
        }
        Front front = new Front(routeId);
        fronts.put(routeId, front);
        return front;
    }

    /**
     * Nothing new enters these routes from now on.
     *
     * @param routes by id
     */
    void hold(Predicate<String> routes) {
        select(routes).forEach(front -> front.turn(State.HELD));
    }

    /** Whether all that these routes had begun has ended within {@code patience}. */
    boolean awaitIdle(Predicate<String> routes, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        for (Front front : select(routes)) {
            if (!front.awaitIdle(until)) {
                return false;
            }
        }
        return true;
    }

    /** Which of these routes have not ended what they had begun. */
    List<String> busy(Predicate<String> routes) {
        return select(routes).stream()
                .filter(front -> !front.isIdle())
                .map(front -> front.id)
                .sorted()
                .toList();
    }

    /**
     * These routes are about to be removed: what waits in front of them, and what may still come, is turned away before the
     * first step. Nothing of it is done or committed.
     */
    void close(Predicate<String> routes) {
        select(routes).forEach(front -> front.turn(State.CLOSED));
    }

    /** Lets those that are held go on. */
    void release(Predicate<String> routes) {
        select(routes).forEach(front -> front.turn(State.OPEN));
    }

    private List<Front> select(Predicate<String> routes) {
        List<Front> selected = new ArrayList<>(fronts.values());
        selected.removeIf(front -> !routes.test(front.id));
        return selected;
    }

    private enum State {
        OPEN,
        HELD,
        CLOSED
    }

    private final class Front implements RoutePolicy {
        private final String id;
        private final BooleanSupplier urged = this::isUrged;
        private int inside;
        private State state = State.OPEN;

        Front(String id) {
            this.id = id;
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            if (isUrged()) {
                Batches.commitOwed(exchange);
            }
            begin(exchange);
        }

        private synchronized void begin(Exchange exchange) {
            try {
                while (state == State.HELD) {
                    wait();
                }
            } catch (InterruptedException e) {
                // Its consumer is told to end at once.
                exchange.setRouteStop(true);
                Thread.currentThread().interrupt();
            }
            if (state == State.CLOSED) {
                exchange.setRouteStop(true);
            }
            inside++;
            exchange.setProperty(Batches.URGED, urged);
        }

        @Override
        public synchronized void onExchangeDone(Route route, Exchange exchange) {
            inside--;
            notifyAll();
        }

        /** A closed one stays so. */
        synchronized void turn(State next) {
            if (state != State.CLOSED) {
                state = next;
                notifyAll();
            }
        }

        private synchronized boolean isUrged() {
            return state != State.OPEN;
        }

        synchronized boolean isIdle() {
            return inside == 0;
        }

        synchronized boolean awaitIdle(long untilNanos) throws InterruptedException {
            while (inside > 0) {
                long millis = (untilNanos - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                wait(millis);
            }
            return true;
        }

        @Override
        public void onRemove(Route route) {
            fronts.remove(id, this);
        }

        @Override
        public void onInit(Route route) {
            // Only exchanges matter.
        }

        @Override
        public void onStart(Route route) {
            // Only exchanges matter.
        }

        @Override
        public void onStop(Route route) {
            // Only exchanges matter.
        }

        @Override
        public void onSuspend(Route route) {
            // Only exchanges matter.
        }

        @Override
        public void onResume(Route route) {
            // Only exchanges matter.
        }
    }
}
