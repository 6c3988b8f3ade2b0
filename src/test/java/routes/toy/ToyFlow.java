package routes.toy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import routes.flow.Flow;
import routes.flow.FlowContext;
import routes.kafka.Topic;

/** The least that a flow is: this class, its folder {@code routes/toy}, and its topics. */
public final class ToyFlow implements Flow {
    @Override
    public String name() {
        return "toy";
    }

    @Override
    public List<Topic> topics() {
        return List.of(topic("toy.greetings"), topic("toy.loud"));
    }

    private Topic topic(String name) {
        return new Topic(name, 2, Optional.of(Duration.ofHours(1)), name(), 1, "of the tests");
    }

    @Override
    public Set<String> entries() {
        return Set.of("toy.greetings");
    }

    @Override
    public Map<String, Processor> steps(FlowContext context) {
        AtomicLong number = new AtomicLong();
        return Map.of("make-greeting", exchange -> {
            context.routeMeters().follow(exchange);
            long next = number.getAndIncrement();
            exchange.getMessage().setHeader(KafkaConstants.KEY, "guest".getBytes(UTF_8));
            exchange.getMessage()
                    .setBody(("{\"number\":" + next + ",\"loud\":" + (next % 2 == 1) + "}").getBytes(UTF_8));
        });
    }
}
