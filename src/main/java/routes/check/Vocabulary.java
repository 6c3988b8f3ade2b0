package routes.check;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The list of what a file of routes may have: what does not stand here is refused, unless {@code routes.allow-components}
 * names it. So what Camel, or a new version of it, can do besides is no way around it.
 */
public final class Vocabulary {
    /**
     * Name, then what may stand below it, each with its kind: {@code {x}} is one x, {@code [x]} a list of them, {@code
     * ?} a condition, {@code =} a value in one of the languages and {@code #9} a number that stands there, at most 9: no
     * message says how often or how long. A kind before the colon is that of the short form.
     */
    private static final String ELEMENTS =
            """
            route: id:id description:text note:text group:id routeConfigurationId:id autoStartup:flag from:{from}
            from: id:id description:text note:text uri:uri parameters:options steps:steps
            routeConfiguration: id:id description:text errorHandler:{errorHandler} onException:[onExceptionEntry]
            errorHandler: noErrorHandler:{noErrorHandler} defaultErrorHandler:{defaultErrorHandler} deadLetterChannel:{deadLetterChannel}
            noErrorHandler: id:id
            defaultErrorHandler: id:id level:level onExceptionOccurredRef:bean onRedeliveryRef:bean redeliveryPolicy:{redeliveryPolicy} useOriginalBody:flag useOriginalMessage:flag
            deadLetterChannel: id:id deadLetterUri:uri deadLetterHandleNewException:flag level:level onExceptionOccurredRef:bean onPrepareFailureRef:bean onRedeliveryRef:bean redeliveryPolicy:{redeliveryPolicy} useOriginalBody:flag useOriginalMessage:flag
            redeliveryPolicy: id:id allowRedeliveryWhileStopping:flag asyncDelayedRedelivery:flag backOffMultiplier:decimal collisionAvoidanceFactor:decimal delayPattern:delays logContinued:flag logExhausted:flag logExhaustedMessageHistory:flag logHandled:flag logNewException:flag logRetryAttempted:flag logRetryStackTrace:flag logStackTrace:flag maximumRedeliveries:number maximumRedeliveryDelay:time redeliveryDelay:time retriesExhaustedLogLevel:level retryAttemptedLogInterval:number retryAttemptedLogLevel:level useCollisionAvoidance:flag useExponentialBackOff:flag
            onExceptionEntry: onException:{onException}
            onException: id:id description:text note:text exception:exceptions handled:{test} continued:{test} onWhen:{test} onExceptionOccurredRef:bean onRedeliveryRef:bean redeliveryPolicy:{redeliveryPolicy} useOriginalBody:flag useOriginalMessage:flag steps:steps
            test: ? id:id
            choice: id:id description:text note:text when:[when] otherwise:{otherwise}
            when: ? id:id description:text note:text steps:steps
            otherwise: id:id description:text note:text steps:steps
            convertBodyTo type: id:id description:text note:text type:type
            delay: #60000 id:id description:text note:text asyncDelayed:flag
            doTry: id:id description:text note:text steps:steps doCatch:[doCatch] doFinally:{doFinally}
            doCatch: id:id description:text note:text exception:exceptions onWhen:{test} steps:steps
            doFinally: id:id description:text note:text steps:steps
            filter: ? id:id description:text note:text steps:steps
            log template: id:id description:text note:text message:template loggingLevel:level logName:id
            loop: #1000 id:id description:text note:text copy:flag steps:steps
            marshal: id:id description:text note:text json:{json}
            process: id:id description:text note:text ref:bean
            removeHeader header: id:id description:text note:text name:header
            removeHeaders pattern: id:id description:text note:text pattern:pattern excludePattern:pattern
            setBody: = id:id description:text note:text
            setHeader: = id:id description:text note:text name:header
            setHeaders: id:id description:text note:text headers:[headerEntry]
            headerEntry: = id:id name:header
            split: = id:id description:text note:text parallelProcessing:flag executorService:pool stopOnException:flag steps:steps
            step: id:id description:text note:text steps:steps
            stop: id:id description:text note:text
            throttle: #1000000 id:id description:text note:text timePeriodMillis:pause asyncDelayed:flag
            throwException: id:id description:text note:text exceptionType:exception message:template
            to uri: id:id description:text note:text uri:uri parameters:options
            toD uri: id:id description:text note:text uri:uri parameters:options
            transform: = id:id description:text note:text
            unmarshal: id:id description:text note:text json:{json}
            validate: ? id:id description:text note:text
            wireTap: id:id description:text note:text uri:uri parameters:options dynamicUri:flag copy:flag
            json: id:id prettyPrint:flag
            """;

    /** A route's own entries. */
    static final Set<String> ENTRIES = Set.of("route", "routeConfiguration");

    private static final Set<String> STEPS = new TreeSet<>(List.of(
            "choice",
            "convertBodyTo",
            "delay",
            "doTry",
            "filter",
            "log",
            "loop",
            "marshal",
            "process",
            "removeHeader",
            "removeHeaders",
            "setBody",
            "setHeader",
            "setHeaders",
            "split",
            "step",
            "stop",
            "throttle",
            "throwException",
            "to",
            "toD",
            "transform",
            "unmarshal",
            "validate",
            "wireTap"));

    private static final Set<String> LANGUAGES = new TreeSet<>(List.of("constant", "header", "simple"));

    /** By component, the options of its endpoints; what names an endpoint is none. */
    private static final Map<String, Set<String>> COMPONENTS = new TreeMap<>(Map.of(
            "direct",
            names("block timeout"),
            "log",
            names("groupActiveOnly groupDelay groupInterval groupSize level maxChars multiline plain showBody"
                    + " showBodyType showExchangePattern showHeaders skipBodyLineSeparator"),
            "timer",
            names("delay fixedRate includeMetadata period repeatCount"),
            "kafka",
            names("allowManualCommit autoCommitEnable autoOffsetReset batching batchingIntervalMs"
                    + " batchWithIndividualHeaders breakOnFirstError bufferMemorySize checkCrcs clientId"
                    + " commitTimeoutMs compressionCodec connectionMaxIdleMs consumerRequestTimeoutMs consumersCount"
                    + " deliveryTimeoutMs enableIdempotence fetchMaxBytes fetchMinBytes fetchWaitMaxMs groupId"
                    + " groupInstanceId heartbeatIntervalMs isolationLevel lingerMs maxBlockMs maxInFlightRequest"
                    + " maxPartitionFetchBytes maxPollIntervalMs maxPollRecords maxRequestSize metadataMaxAgeMs"
                    + " pollOnError pollTimeoutMs producerBatchSize recordMetadata requestRequiredAcks"
                    + " requestTimeoutMs retries retryBackoffMs sessionTimeoutMs shutdownTimeout topicIsPattern"
                    + " useIterator")));

    /** What takes threads or memory by its size, which every other route would lack; or lets requests overtake a refused one. */
    private static final Map<String, Long> MOST = Map.of(
            "bufferMemorySize", 268_435_456L,
            "consumersCount", 64L,
            "fetchMaxBytes", 67_108_864L,
            "maxInFlightRequest", 1L,
            "maxPartitionFetchBytes", 67_108_864L,
            "maxPollRecords", 10_000L,
            "maxRequestSize", 67_108_864L,
            "producerBatchSize", 16_777_216L);

    /** What names an endpoint where the URI has only the component. */
    static final Map<String, String> NAMING =
            Map.of("direct", "name", "log", "loggerName", "timer", "timerName", "kafka", "topic");

    private static final Map<String, Element> BY_NAME = ELEMENTS.lines()
            .map(Element::parsed)
            .collect(Collectors.toMap(Element::name, each -> each, (a, b) -> a, LinkedHashMap::new));

    private Vocabulary() {}

    /**
     * What may stand below a name.
     *
     * @param plain the kind of the short form, as in {@code to: kafka:x}; empty if there is none
     * @param expression whether it has one in a language: {@code ?} a condition, {@code =} a value, {@code #} and the
     *     most that a number may be; empty if none
     * @param fields by name, of which kind each is
     */
    record Element(String name, String plain, String expression, Map<String, String> fields) {
        static Element parsed(String line) {
            String[] parts = line.split(":", 2);
            String[] named = parts[0].split(" ");
            Map<String, String> fields = new LinkedHashMap<>();
            String expression = "";
            for (String field : parts[1].strip().split(" ")) {
                if (field.contains(":")) {
                    fields.put(field.substring(0, field.indexOf(':')), field.substring(field.indexOf(':') + 1));
                } else {
                    expression = field;
                }
            }
            return new Element(named[0], named.length > 1 ? named[1] : "", expression, fields);
        }
    }

    private static Set<String> names(String names) {
        return new TreeSet<>(Arrays.asList(names.split(" ")));
    }

    static Element element(String name) {
        return BY_NAME.get(name);
    }

    /** The steps that a route may have. */
    public static Set<String> steps() {
        return STEPS;
    }

    /** The languages that an expression may be in. */
    public static Set<String> languages() {
        return LANGUAGES;
    }

    /** The components that an endpoint may be of. */
    public static Set<String> components() {
        return COMPONENTS.keySet();
    }

    /** The options that an endpoint of a component may have; empty for a component that routes may not use. */
    public static Set<String> options(String component) {
        return COMPONENTS.getOrDefault(component, Set.of());
    }

    /** The most that an option of an endpoint may be, whatever its component. */
    public static OptionalLong most(String option) {
        return MOST.containsKey(option) ? OptionalLong.of(MOST.get(option)) : OptionalLong.empty();
    }

    /** What may stand below a step, or below what such a thing has; empty if there is none of this name. */
    public static Set<String> fields(String name) {
        return BY_NAME.containsKey(name) ? BY_NAME.get(name).fields().keySet() : Set.of();
    }

    /** Plain values by their kind. */
    enum Kind {
        ID("[A-Za-z0-9][\\w.+-]{0,199}", "letters, digits, '-', '_' and '.'"),
        FLAG("true|false", "true or false"),
        NUMBER("-?\\d{1,18}", "a whole number"),
        DECIMAL("-?\\d{1,15}(\\.\\d{1,15})?", "a number"),
        TIME(
                "-?\\d{1,18}|(?=\\d)(\\d{1,9}d)?(\\d{1,9}h)?(\\d{1,9}m)?(\\d{1,9}s)?(\\d{1,9}ms)?",
                "a time in milliseconds, or as in 500ms, 5s or 1m30s"),
        PAUSE("\\d{1,5}", "milliseconds, at most 99999"),
        LEVEL("TRACE|DEBUG|INFO|WARN|ERROR|OFF", "one of TRACE, DEBUG, INFO, WARN, ERROR, OFF"),
        DELAYS("\\d{1,9}:\\d{1,9}(;\\d{1,9}:\\d{1,9})*", "numbers of attempts with delays, as in 5:1000;10:5000"),
        TYPE(
                "(java\\.lang\\.)?(String|Integer|Long|Double|Boolean)|byte\\[]",
                "one of String, byte[], Integer, Long, Double, Boolean"),
        HEADER(
                "(?i)(?!camel|kafka\\.|org\\.apache\\.camel)[A-Za-z0-9_][\\w.:-]{0,199}",
                "the name of a header of your own: those that begin with Camel or kafka. say how Camel and Kafka treat a record"),
        PATTERN("(?=.)[\\w-]{0,200}(\\.[\\w-]{1,200})*\\.?\\*?", "the name of a header, or its begin and '*'"),
        NAME("[\\w.:-]{1,249}", "letters, digits, '-', '_', '.' and ':'");

        private static final int LONGEST = 500;

        private final Pattern pattern;
        private final String expected;

        Kind(String pattern, String expected) {
            this.pattern = Pattern.compile(pattern);
            this.expected = expected;
        }

        boolean matches(String value) {
            return value.length() <= LONGEST && pattern.matcher(value).matches();
        }

        String expected() {
            return expected;
        }

        static Optional<Kind> of(String name) {
            return Arrays.stream(values())
                    .filter(each -> each.name().equalsIgnoreCase(name))
                    .findFirst();
        }
    }
}
