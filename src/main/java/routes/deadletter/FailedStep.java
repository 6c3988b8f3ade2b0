package routes.deadletter;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Notes which step of a route failed, before the dead letter's own route takes the exchange over. */
public final class FailedStep implements Processor {
    static final String PROPERTY = "rig-streams.failed-step";

    @Override
    public void process(Exchange exchange) {
        exchange.setProperty(PROPERTY, exchange.getExchangeExtension().getHistoryNodeId());
    }
}
