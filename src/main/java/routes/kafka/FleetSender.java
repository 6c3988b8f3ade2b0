package routes.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.clients.producer.RecordMetadata;
import routes.rig.Fleet;

/**
 * Between the fleet and the route that sends its messages: {@link #due} gives what is due, {@link #follow} tells the
 * fleet what became of each.
 */
public final class FleetSender implements Synchronization {
    /** Camel's own prefix: such a header never crosses Kafka. */
    private static final String OUTGOING = "CamelRigStreamsOutgoing";

    /** The header with the time that a recorded log gives, as it stands there; the message's own is that of playing it. */
    private static final String RECORDED_AT = "recorded-at";

    private static final byte[] JSON = "application/json".getBytes(UTF_8);
    private static final byte[] SCHEMA = "rig-telemetry/1".getBytes(UTF_8);

    private final Fleet fleet;
    private final byte[] mark;
    private final RouteMeters meters;
    private final Timer delay;

    /** @param fleetId the mark by which the fleet knows its own messages after a restart */
    public FleetSender(Fleet fleet, String fleetId, RouteMeters meters, MeterRegistry registry) {
        this.fleet = fleet;
        this.mark = fleetId.getBytes(UTF_8);
        this.meters = meters;
        this.delay = Timer.builder("rig.send.delay")
                .description("from a message's intended instant to the moment it was sent")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    /** Sets the list of messages that are due as the body. */
    public void due(Exchange exchange) {
        List<Message> messages = new ArrayList<>();
        for (Fleet.Outgoing outgoing : fleet.due()) {
            Message message = new DefaultMessage(exchange.getContext());
            message.setBody(outgoing.value());
            delay.record(Duration.ofMillis(Math.max(0, outgoing.offeredMillis() - outgoing.timeMillis())));
            message.setHeader(KafkaConstants.KEY, outgoing.rig().getBytes(UTF_8));
            message.setHeader(OUTGOING, outgoing);
            message.setHeader("content-type", JSON);
            message.setHeader("schema", SCHEMA);
            message.setHeader(FleetLog.FLEET_HEADER, mark);
            outgoing.recordedTime().ifPresent(time -> message.setHeader(RECORDED_AT, time.getBytes(UTF_8)));
            messages.add(message);
        }
        exchange.getMessage().setBody(messages);
    }

    /** Tells the fleet when this message is acknowledged or has failed. */
    public void follow(Exchange exchange) {
        exchange.getExchangeExtension().addOnCompletion(this);
        meters.follow(exchange);
    }

    @Override
    public void onComplete(Exchange exchange) {
        List<?> acknowledged = exchange.getMessage().getHeader(KafkaConstants.KAFKA_RECORD_META, List.class);
        RecordMetadata metadata = (RecordMetadata) acknowledged.get(0);
        fleet.acknowledged(outgoing(exchange), metadata.partition(), metadata.offset());
    }

    @Override
    public void onFailure(Exchange exchange) {
        fleet.failed(outgoing(exchange));
    }

    private static Fleet.Outgoing outgoing(Exchange exchange) {
        return exchange.getMessage().getHeader(OUTGOING, Fleet.Outgoing.class);
    }
}
