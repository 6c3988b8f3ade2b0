package routes.kafka;

import org.apache.camel.TypeConverter;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/** A measured number in a condition, as a function of a flow gives it. */
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

    /**
     * Camel 4.18.0 compares a Double with a whole number as Longs, so that 5.7 is not greater than 5. A value of a type of
     * our own has no way to a Long or an Integer, only to a Double. That there is none is said here: or Camel would look
     * through all its converters at each comparison, which takes 12 µs.
     */
    public static void registerComparisons(TypeConverterRegistry converters) {
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
}
