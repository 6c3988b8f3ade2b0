package routes.rigs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.spi.SimpleFunction;
import routes.kafka.Measured;
import routes.telemetry.TelemetryMessage;

/**
 * What conditions in a route can say of a telemetry message: {@code ${channel(GASA)} > 5}, {@code ${activity} == 2}, and
 * so {@code rig}, {@code well}, {@code seq}, {@code late} and {@code time}. The message was read once, whole; each of these only looks
 * into it.
 *
 * <p>A channel that the message does not have, or whose sensor gave nothing, is null, and every comparison with a number
 * is then false.
 */
final class SimpleFunctions {
    private SimpleFunctions() {}

    static List<SimpleFunction> all() {
        List<SimpleFunction> functions = new ArrayList<>();
        functions.add(new Of("channel") {
            @Override
            public Object apply(Exchange exchange, Object name) {
                Double value = TelemetryRecords.of(exchange).channel(name.toString());
                return value == null ? null : new Measured(value);
            }
        });
        functions.add(envelope("activity", TelemetryMessage::activity));
        functions.add(envelope("rig", TelemetryMessage::rig));
        functions.add(envelope("well", TelemetryMessage::well));
        functions.add(envelope("seq", TelemetryMessage::seq));
        functions.add(envelope("late", TelemetryMessage::late));
        functions.add(envelope("time", message -> Instant.ofEpochMilli(message.timeMillis())));
        return functions;
    }

    private static SimpleFunction envelope(String name, Function<TelemetryMessage, Object> field) {
        return new Of(name) {
            @Override
            public Object apply(Exchange exchange, Object ignored) {
                return field.apply(TelemetryRecords.of(exchange));
            }
        };
    }

    private abstract static class Of implements SimpleFunction {
        private final String name;

        Of(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean allowNull() {
            return true;
        }
    }
}
