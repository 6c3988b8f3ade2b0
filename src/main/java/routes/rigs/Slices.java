package routes.rigs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import routes.kafka.Records;
import routes.kafka.RouteMeters;
import routes.telemetry.Slicer;

/**
 * Cuts a telemetry message into one narrow message per subsystem and makes of them the list that one Kafka endpoint
 * sends at once: {@code <the endpoint's topic>.<subsystem>}, with the original's key and headers.
 */
final class Slices {
    private final Slicer slicer;
    private final String topicPrefix;

    /** @param topicPrefix what stands before the subsystem in a topic's name, as {@code rig.channels.} */
    Slices(Slicer slicer, String topicPrefix) {
        this.slicer = slicer;
        this.topicPrefix = topicPrefix;
    }

    void slice(Exchange exchange) {
        Message record = exchange.getMessage();
        List<Slicer.Slice> slices = slicer.slice(TelemetryRecords.of(exchange)).slices();
        List<Message> messages = new ArrayList<>(slices.size());
        List<RouteMeters.Sent> sent = new ArrayList<>(slices.size());
        Map<String, Object> headers = Records.ownHeaders(record);
        headers.put(KafkaConstants.KEY, record.getHeader(KafkaConstants.KEY));
        for (Slicer.Slice slice : slices) {
            String topic = topicPrefix + slice.subsystem();
            Message message = new DefaultMessage(exchange.getContext());
            message.setHeaders(new HashMap<>(headers));
            message.setHeader(KafkaConstants.OVERRIDE_TOPIC, topic);
            message.setBody(slice.value());
            messages.add(message);
            sent.add(new RouteMeters.Sent(topic, slice.value().length));
        }
        exchange.setProperty(RouteMeters.SENT, sent);
        record.setBody(messages);
    }
}
