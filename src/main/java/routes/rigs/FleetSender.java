package routes.rigs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.clients.producer.RecordMetadata;
import routes.kafka.NotSentException;
import routes.kafka.RouteMeters;
import routes.rig.Fleet;

/**
 * Between the fleet and the route that sends its messages: {@link #due} gives what is due, {@link #follow} tells the
 * fleet what became of each.
 */
final class FleetSender implements Synchronization {
    /** Camel's own prefix: such a header never crosses Kafka. */
    private static final String OUTGOING = "CamelRigStreamsOutgoing";

    /** The header with the time that a recorded log gives, as it stands there; the message's own is that of playing it. */
    private static final String RECORDED_AT = "recorded-at";

    private static final byte[] JSON = "application/json".getBytes(UTF_8);
    private static final byte[] SCHEMA = "rig-telemetry/1".getBytes(UTF_8);

    private final Fleet fleet;
    private final ToIntFunction<String> partitionOf;
    private final BooleanSupplier maySend;
    private final byte[] mark;
    private final RouteMeters meters;
    private final Timer delay;

    /**
     * @param partitionOf where a rig's messages go, so that they stay in order
     * @param maySend whether this process still is the one that runs these rigs
     * @param fleetId the mark by which the fleet knows its own messages after a restart
     */
    FleetSender(
            Fleet fleet,
            ToIntFunction<String> partitionOf,
            BooleanSupplier maySend,
            String fleetId,
            RouteMeters meters,
            MeterRegistry registry) {
        this.fleet = fleet;
        this.partitionOf = partitionOf;
        this.maySend = maySend;
        this.mark = fleetId.getBytes(UTF_8);
        this.meters = meters;
        this.delay = Timer.builder("rig.send.delay")
                .description("from a message's intended instant to the moment it was sent")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    /** Sets the list of messages that are due as the body: none while another process may run these rigs. */
    void due(Exchange exchange) {
        List<Message> messages = new ArrayList<>();
        for (Fleet.Outgoing outgoing : maySend.getAsBoolean() ? fleet.due() : List.<Fleet.Outgoing>of()) {
            Message message = new DefaultMessage(exchange.getContext());
            message.setBody(outgoing.value());
            delay.record(Duration.ofMillis(Math.max(0, outgoing.offeredMillis() - outgoing.timeMillis())));
            message.setHeader(KafkaConstants.KEY, outgoing.rig().getBytes(UTF_8));
            message.setHeader(KafkaConstants.PARTITION_KEY, partitionOf.applyAsInt(outgoing.rig()));
            message.setHeader(OUTGOING, outgoing);
            message.setHeader("content-type", JSON);
            message.setHeader("schema", SCHEMA);
            message.setHeader(FleetLog.FLEET_HEADER, mark);
            outgoing.recordedTime().ifPresent(time -> message.setHeader(RECORDED_AT, time.getBytes(UTF_8)));
            messages.add(message);
        }
        exchange.getMessage().setBody(messages);
    }

    /**
     * Tells the fleet when this message is acknowledged or has failed.
     *
     * @throws NotSentException if another process may run these rigs by now; the fleet offers the message again
     */
    void follow(Exchange exchange) {
        exchange.getExchangeExtension().addOnCompletion(this);
        if (!maySend.getAsBoolean()) {
            throw new NotSentException("this process was halted, and another one may run its rigs meanwhile");
        }
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
