package routes.check;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a condition or a text in Camel's language Simple says, as far as routes may use it. */
public sealed interface Simple {

    /** All functions in it, in the order of the text. */
    Stream<Function> functions();

    /** What has a value. */
    sealed interface Operand extends Simple {
        /** As it stands in a condition. */
        String written();

        @Override
        default Stream<Function> functions() {
            return this instanceof Function function ? Stream.of(function) : Stream.empty();
        }
    }

    /**
     * As in {@code ${rig}}, {@code ${channel(GASA)}}, {@code ${field(items[0].price)}} and {@code ${header.source}}.
     *
     * @param argument the channel, the path of the field or the header; empty for a function that takes none
     * @param written as it stands in the text
     */
    record Function(String name, String argument, String written) implements Operand {}

    /** Plain text, or what stands in quotation marks. */
    record Text(String value) implements Operand {
        @Override
        public String written() {
            String mark = value.contains("'") ? "\"" : "'";
            return mark + value + mark;
        }
    }

    /** A number. */
    record Number(BigDecimal value) implements Operand {
        @Override
        public String written() {
            return value.toPlainString();
        }
    }

    /** {@code true} or {@code false}. */
    record Flag(boolean value) implements Operand {
        @Override
        public String written() {
            return String.valueOf(value);
        }
    }

    /** {@code null}. */
    record Nothing() implements Operand {
        @Override
        public String written() {
            return "null";
        }
    }

    /** Is true or false of a message. */
    sealed interface Condition extends Simple {}

    /** Two values compared. */
    record Comparison(Operand left, Operator operator, Operand right) implements Condition {
        @Override
        public Stream<Function> functions() {
            return Stream.concat(left.functions(), right.functions());
        }
    }

    /** A value alone, as in {@code ${late}}. */
    record Truth(Operand operand) implements Condition {
        @Override
        public Stream<Function> functions() {
            return operand.functions();
        }
    }

    /**
     * Two conditions joined. Camel joins from left to right: {@code a || b && c} is {@code (a || b) && c}.
     *
     * @param both whether both must be true, or one of them
     */
    record Joined(Condition left, boolean both, Condition right) implements Condition {
        @Override
        public Stream<Function> functions() {
            return Stream.concat(left.functions(), right.functions());
        }
    }

    /** A text with values in it. */
    record Template(List<Operand> parts) implements Simple {
        @Override
        public Stream<Function> functions() {
            return parts.stream().flatMap(Operand::functions);
        }
    }

    /** How two values are compared. */
    enum Operator {
        EQUAL("=="),
        EQUAL_IGNORING_CASE("=~"),
        NOT_EQUAL("!="),
        NOT_EQUAL_IGNORING_CASE("!=~"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        CONTAINS("contains"),
        CONTAINS_NOT("!contains"),
        STARTS_WITH("startsWith"),
        STARTS_NOT_WITH("!startsWith"),
        ENDS_WITH("endsWith"),
        ENDS_NOT_WITH("!endsWith"),
        IN("in"),
        NOT_IN("!in"),
        RANGE("range"),
        NOT_RANGE("!range");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** As it is written. */
        public String symbol() {
            return symbol;
        }

        static Optional<Operator> of(String symbol) {
            return Arrays.stream(values())
                    .filter(each -> each.symbol.equals(symbol))
                    .findFirst();
        }
    }
}
