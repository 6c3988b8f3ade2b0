package routes.kafka;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverter;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.SimpleFunction;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;
import routes.telemetry.TelemetryMessage;

/**
 * What conditions in a route can say of a telemetry message: {@code ${channel(GASA)} > 5}, {@code ${activity} == 2}, and
 * so {@code rig}, {@code well}, {@code seq}, {@code late} and {@code time}. The message was read once, whole; each of these only looks
 * into it.
 *
 * <p>A channel that the message does not have, or whose sensor gave nothing, is null, and every comparison with a number
 * is then false.
 */
public final class SimpleFunctions {
    private SimpleFunctions() {}

    /** Makes the functions known to a context, before its routes are loaded. */
    public static void register(CamelContext context) {
        all().forEach((name, function) -> context.getRegistry().bind("simple-function-" + name, function));
        registerComparisons(context.getTypeConverterRegistry());
    }

    private static Map<String, SimpleFunction> all() {
        Map<String, SimpleFunction> functions = new LinkedHashMap<>();
        functions.put("channel", new Of("channel") {
            @Override
            public Object apply(Exchange exchange, Object name) {
                Double value = TelemetryRecords.of(exchange).channel(name.toString());
                return value == null ? null : new Measured(value);
            }
        });
        functions.put("activity", envelope("activity", TelemetryMessage::activity));
        functions.put("rig", envelope("rig", TelemetryMessage::rig));
        functions.put("well", envelope("well", TelemetryMessage::well));
        functions.put("seq", envelope("seq", TelemetryMessage::seq));
        functions.put("late", envelope("late", TelemetryMessage::late));
        functions.put("time", envelope("time", message -> Instant.ofEpochMilli(message.timeMillis())));
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

    /**
     * Camel 4.18.0 compares a Double with a whole number as Longs, so that 5.7 is not greater than 5. A value of a type of
     * our own has no way to a Long or an Integer, only to a Double. That there is none is said here: or Camel would look
     * through all its converters at each comparison, which takes 12 µs.
     */
    private static void registerComparisons(TypeConverterRegistry converters) {
        converters.setTypeConverterExists(TypeConverterExists.Override);
        converters.addTypeConverter(
                Double.class,
                Measured.class,
                new SimpleTypeConverter(false, (type, exchange, value) -> ((Measured) value).value()));
        for (Class<?> whole : new Class<?>[] {Integer.class, Long.class}) {
            converters.addTypeConverter(
                    whole,
                    Measured.class,
                    new SimpleTypeConverter(true, (type, exchange, value) -> TypeConverter.MISS_VALUE));
        }
        for (Class<?> number : new Class<?>[] {Integer.class, Long.class, Double.class}) {
            converters.addTypeConverter(
                    Measured.class,
                    number,
                    new SimpleTypeConverter(
                            false, (type, exchange, value) -> new Measured(((Number) value).doubleValue())));
        }
        converters.addTypeConverter(
                Measured.class,
                String.class,
                new SimpleTypeConverter(
                        false, (type, exchange, value) -> new Measured(Double.parseDouble(value.toString()))));
    }

    /** What one of the functions, or one of Camel's, gave, without what is for Camel's comparisons only. */
    public static Object plain(Object value) {
        return value instanceof Measured measured ? (Object) measured.value() : value;
    }

    /** A channel's value in a condition. */
    public record Measured(double value) implements Comparable<Measured> {
        public Measured {
            value += 0.0; // −0.0 becomes 0.0: in a condition they are the same
        }

        @Override
        public int compareTo(Measured other) {
            return Double.compare(value, other.value);
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
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
