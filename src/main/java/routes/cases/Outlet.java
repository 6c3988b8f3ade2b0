package routes.cases;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.producer.ProducerRecord;
import routes.kafka.Records;

/** Where everything ends that routes would send away; keeps it in its order. */
public final class Outlet {
    private final List<SentRecord> sent = new ArrayList<>();

    /** A step to stand in for one whose effect lies outside of the routes: it notes what it is given, and does no more. */
    public Processor step(String name) {
        return exchange -> take("process:" + name, exchange);
    }

    /** Notes the exchange's message; of a list each element. */
    void take(String to, Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof List<?> list && list.stream().allMatch(Message.class::isInstance)) {
            list.forEach(message -> add(record(to, (Message) message)));
        } else {
            add(record(to, exchange.getMessage()));
        }
    }

    void take(ProducerRecord<?, ?> record) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        record.headers().forEach(header -> headers.put(header.key(), header.value()));
        add(new SentRecord(record.topic(), bytes(record.key()), bytes(record.value()), headers));
    }

    private static SentRecord record(String to, Message message) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        Records.ownHeaders(message).forEach((name, value) -> headers.put(name, bytes(value)));
        return new SentRecord(to, bytes(message.getHeader(KafkaConstants.KEY)), bytes(message.getBody()), headers);
    }

    private static byte[] bytes(Object value) {
        return value == null || value instanceof byte[]
                ? (byte[]) value
                : value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private synchronized void add(SentRecord record) {
        sent.add(record);
    }

    /** What has come since the last call. */
    synchronized List<SentRecord> empty() {
        List<SentRecord> all = List.copyOf(sent);
        sent.clear();
        return all;
    }
}
