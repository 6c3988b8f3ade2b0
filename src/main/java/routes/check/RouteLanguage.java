package routes.check;

import com.fasterxml.jackson.databind.DeserializationFeature;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.component.jackson.JacksonDataFormat;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.DataFormatFactory;
import org.apache.camel.support.ExpressionAdapter;
import routes.json.FieldPath;
import routes.json.JsonValues;
import routes.kafka.JsonRecords;
import routes.kafka.Measured;

/**
 * Simple, as routes may use it. What has {@code ${field(PATH)}} in it is compiled from the tree of the {@link SimpleParser}:
 * Camel compares by conversion, which is neither exact nor cheap, and has no way to say that what is absent makes a
 * comparison false. All else is Camel's own.
 */
public final class RouteLanguage extends SimpleLanguage {
    private static final String FIELD = "${" + SimpleParser.FIELD + "(";

    private RouteLanguage() {}

    /**
     * Puts it in the place of Camel's own, before a context is built: that looks for languages and data formats there first.
     *
     * @param bind takes a bean by its name
     */
    public static void bind(BiConsumer<String, Object> bind) {
        bind.accept("simple", new RouteLanguage());
        // What unmarshal reads and marshal writes: numbers keep their digits, which a Double would not.
        bind.accept("jackson-dataformat-factory", (DataFormatFactory) RouteLanguage::json);
    }

    private static DataFormat json() {
        JacksonDataFormat json = new JacksonDataFormat();
        json.enableFeature(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        return json;
    }

    /**
     * What is asked of each record.
     *
     * @param text as a route has it
     */
    private record Condition(String text, Predicate<Exchange> test) implements org.apache.camel.Predicate {
        @Override
        public boolean matches(Exchange exchange) {
            return test.test(exchange);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Override
    public org.apache.camel.Predicate createPredicate(String text) {
        return text.contains(FIELD)
                ? new Condition(text, condition(SimpleParser.condition(text, name -> true)))
                : super.createPredicate(text);
    }

    private Predicate<Exchange> condition(Simple.Condition condition) {
        if (condition instanceof Simple.Joined joined) {
            Predicate<Exchange> left = condition(joined.left());
            Predicate<Exchange> right = condition(joined.right());
            return joined.both() ? left.and(right) : left.or(right);
        }
        if (condition instanceof Simple.Comparison comparison) {
            return asksField(comparison) ? comparison(comparison) : stock(written(comparison));
        }
        Simple.Operand operand = ((Simple.Truth) condition).operand();
        Function<Exchange, Object> value = value(operand);
        return asksField(operand) ? exchange -> Boolean.TRUE.equals(value.apply(exchange)) : stock(operand.written());
    }

    private static boolean asksField(Simple simple) {
        return simple.functions().anyMatch(function -> function.name().equals(SimpleParser.FIELD));
    }

    private static String written(Simple.Comparison comparison) {
        return comparison.left().written() + " " + comparison.operator().symbol() + " "
                + comparison.right().written();
    }

    private Predicate<Exchange> stock(String condition) {
        org.apache.camel.Predicate predicate = super.createPredicate(condition);
        predicate.init(getCamelContext());
        return predicate::matches;
    }

    private Predicate<Exchange> comparison(Simple.Comparison comparison) {
        Function<Exchange, Object> left = value(comparison.left());
        Function<Exchange, Object> right = value(comparison.right());
        if (comparison.right() instanceof Simple.Nothing) {
            return switch (comparison.operator()) {
                case EQUAL -> exchange -> left.apply(exchange) == null;
                case NOT_EQUAL -> exchange -> left.apply(exchange) != null;
                default -> exchange -> false;
            };
        }
        BiPredicate<Object, Object> test = test(comparison);
        return exchange -> {
            Object first = left.apply(exchange);
            Object second = right.apply(exchange);
            return first != null && second != null && test.test(first, second);
        };
    }

    private static BiPredicate<Object, Object> test(Simple.Comparison comparison) {
        return switch (comparison.operator()) {
            case EQUAL -> JsonValues::equal;
            case NOT_EQUAL -> (one, other) -> !JsonValues.equal(one, other);
            case EQUAL_IGNORING_CASE -> JsonValues::equalIgnoringCase;
            case NOT_EQUAL_IGNORING_CASE -> (one, other) -> !JsonValues.equalIgnoringCase(one, other);
            case LESS -> (one, other) -> JsonValues.ordered(one, other, sign -> sign < 0);
            case LESS_OR_EQUAL -> (one, other) -> JsonValues.ordered(one, other, sign -> sign <= 0);
            case GREATER -> (one, other) -> JsonValues.ordered(one, other, sign -> sign > 0);
            case GREATER_OR_EQUAL -> (one, other) -> JsonValues.ordered(one, other, sign -> sign >= 0);
            case CONTAINS -> JsonValues::contains;
            case CONTAINS_NOT -> (one, other) -> !JsonValues.contains(one, other);
            case STARTS_WITH -> ofTexts(String::startsWith);
            case STARTS_NOT_WITH -> ofTexts(String::startsWith).negate();
            case ENDS_WITH -> ofTexts(String::endsWith);
            case ENDS_NOT_WITH -> ofTexts(String::endsWith).negate();
            case IN -> ofFirst(JsonValues.oneOf(list(comparison)));
            case NOT_IN -> ofFirst(JsonValues.oneOf(list(comparison)).negate());
            case RANGE -> ofFirst(range(comparison));
            case NOT_RANGE -> ofFirst(range(comparison).negate());
        };
    }

    private static BiPredicate<Object, Object> ofTexts(BiPredicate<String, String> test) {
        return (one, other) -> one instanceof String text && other instanceof String second && test.test(text, second);
    }

    private static BiPredicate<Object, Object> ofFirst(Predicate<Object> test) {
        return (one, other) -> test.test(one);
    }

    private static String list(Simple.Comparison comparison) {
        if (comparison.right() instanceof Simple.Text list) {
            return list.value();
        }
        throw new IllegalArgumentException("'" + written(comparison)
                + "' has no list; expected a text in quotation marks, as" + " in 'A,B' or '2..5'");
    }

    private static Predicate<Object> range(Simple.Comparison comparison) {
        return JsonValues.between(list(comparison))
                .orElseThrow(() -> new IllegalArgumentException("'" + written(comparison)
                        + "' has no range; expected two numbers with two dots between them, as in '2..5'"));
    }

    /** What an operand is in an exchange; null if it is absent. */
    private Function<Exchange, Object> value(Simple.Operand operand) {
        if (asksField(operand)) {
            FieldPath path = FieldPath.parse(((Simple.Function) operand).argument());
            return exchange -> path.of(JsonRecords.of(exchange));
        }
        if (operand instanceof Simple.Function) {
            Expression function = super.createExpression(operand.written());
            function.init(getCamelContext());
            return exchange -> JsonValues.of(Measured.plain(function.evaluate(exchange, Object.class)));
        }
        Object literal = literal(operand);
        return exchange -> literal;
    }

    private static Object literal(Simple.Operand operand) {
        if (operand instanceof Simple.Number number) {
            return number.value().scale() == 0 ? number.value().longValueExact() : number.value();
        }
        if (operand instanceof Simple.Text text) {
            return text.value();
        }
        return operand instanceof Simple.Flag flag ? flag.value() : null;
    }

    /** A text with fields in it; null if it is one field alone, and that is absent. */
    @Override
    public Expression createExpression(String text) {
        if (!text.contains(FIELD)) {
            return super.createExpression(text);
        }
        List<Function<Exchange, Object>> parts = SimpleParser.template(text, name -> true).parts().stream()
                .map(this::value)
                .toList();
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                List<String> texts = parts.stream()
                        .map(part -> part.apply(exchange))
                        .filter(Objects::nonNull)
                        .map(JsonValues::text)
                        .toList();
                return texts.isEmpty() ? null : String.join("", texts);
            }

            @Override
            public String toString() {
                return text;
            }
        };
    }
}
