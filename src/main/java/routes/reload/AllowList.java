package routes.reload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses what a file of routes could do besides routing: run programs and classes, lose messages, show secrets. */
final class AllowList {
    private static final String WIDEN = "; routes.allow-components=";
    private static final String CLASS = "class";
    static final Set<String> COMPONENTS = Set.of("direct", "kafka", "log", "timer");
    private static final Set<String> ENTRIES = Set.of("route", "routeConfiguration");
    private static final Set<String> LANGUAGES = Set.of(
            "csimple",
            "datasonnet",
            "groovy",
            "hl7terser",
            "java",
            "joor",
            "jq",
            "js",
            "jsonpath",
            "language",
            "mvel",
            "ognl",
            "python",
            "script",
            "spel",
            "tokenize",
            "wasm",
            "xpath",
            "xquery",
            "xtokenize");
    private static final Set<String> BY_MESSAGE =
            Set.of("recipientList", "routingSlip", "dynamicRouter", "enrich", "pollEnrich", "kamelet", "serviceCall");
    private static final Set<String> STEPS = Set.of("aggregate", "resequence", "threads");
    private static final Set<String> CLASS_NAMES =
            Set.of("beanType", "unmarshalType", "collectionType", "instanceClass", "className", "exceptionType");
    private static final Pattern CLASS_REFERENCE = Pattern.compile("#(class|type):[\\w.$]*");
    private static final Pattern ANY_CODE = Pattern.compile(
            "\\$(?:simple)?\\{\\s*(?:bean|type|camelContext|exchange|ref|load)\\b[^}]*|\\.(?:getClass|class)\\b");
    /** A conversion can read a file or make any object; to what java.lang has it only changes the notation. */
    private static final Pattern CONVERSION = Pattern.compile(
            "\\w*As(?:Index|One)?\\((?:[^(),]*,)?\\s*(?!java\\.lang\\.\\w+\\s*[),])(?:[a-z]\\w*\\.)+\\w+[^)]*\\)?");

    private static final Pattern PLAIN_TYPE = Pattern.compile("(?:java\\.lang\\.)?\\w+(?:\\[])?");
    private static final Set<String> CONVERTERS = Set.of("convertBodyTo", "convertHeaderTo", "convertVariableTo");
    /** Options of the Kafka component that name a class, or a login module with its arguments. */
    private static final Pattern CLASS_OPTION = Pattern.compile(
            "(?i).*(?:class|classes|serializer|partitioner|assignor|jaasConfig)|additionalProperties.*");

    private static final Pattern OUTSIDE =
            Pattern.compile("\\$(?:simple)?\\{\\s*(?:sysenv|env|sys|properties)\\b[^}]*");
    private static final Pattern FUNCTION = Pattern.compile("\\{\\{\\s*([A-Za-z]+):[^{}]*}}");
    private static final Set<String> READS_OUTSIDE = Set.of(
            "boolean", "env", "sys", "service", "bean", "secret", "aws", "azure", "gcp", "hashicorp", "cyberark");

    private final Surroundings surroundings;
    private final Map<String, String> reasons = new LinkedHashMap<>();

    AllowList(Surroundings surroundings) {
        this.surroundings = surroundings;
        reasons.put("exec", "it starts programs");
        String early =
                "it takes a record off Kafka before what becomes of it is sent, and loses it when the process ends";
        reasons.put("aggregate", early);
        reasons.put("resequence", early);
        reasons.put("threads", "records go on in other threads and overtake each other");
        reasons.put("seda", "it takes a record off Kafka before it is handled, and loses it when the process ends");
    }

    void check(RouteFile file, Problems problems) {
        file.content().forEach(entry -> entry.fields().forEach((name, value) -> entry(file, name, value, problems)));
        Walk.fields(file.content()).forEach(field -> field(file, field, problems));
        Walk.endpoints(file.content()).forEach(use -> {
            component(file, use.endpoint(), problems);
            options(file, use.endpoint(), problems);
        });
        Walk.texts(file.content()).forEach(text -> text(file, text, problems));
    }

    private boolean allows(String name) {
        return surroundings.allowed().contains(name);
    }

    private void entry(RouteFile file, String name, YamlNode value, Problems problems) {
        if (name.equals("beans") && !allows(CLASS)) {
            problems.error(
                    file.name(),
                    value.key(),
                    "'beans' makes objects of classes by name, which could run any code; expected published beans by"
                            + " ref" + WIDEN + "class allows it");
        } else if (!ENTRIES.contains(name) && !name.equals("beans") && !allows(name)) {
            problems.error(
                    file.name(),
                    value.key(),
                    "'" + name + "' is not allowed at this place; expected route or routeConfiguration" + WIDEN + name
                            + " allows it");
        }
    }

    private void field(RouteFile file, Walk.Field field, Problems problems) {
        String name = field.name();
        boolean methodLanguage = name.equals("method") && !field.parent().equals("bean");
        if ((LANGUAGES.contains(name) || methodLanguage) && !allows(name)) {
            problems.error(
                    file.name(),
                    field.value().key(),
                    "the language '" + name + "' is not allowed: it could run any code; expected simple, constant,"
                            + " header, exchangeProperty or variable" + WIDEN + name + " allows it");
        } else if (BY_MESSAGE.contains(name) && !allows(name)) {
            problems.error(
                    file.name(),
                    field.value().key(),
                    "'" + name + "' is not allowed: a message could choose the endpoint; expected to, with a fixed uri"
                            + WIDEN + name + " allows it");
        } else if (STEPS.contains(name) && field.value().fields().size() > 0 && !allows(name)) {
            problems.error(
                    file.name(),
                    field.value().key(),
                    "'" + name + "' is not allowed" + reason(name) + "; expected steps that handle one record after the"
                            + " other" + WIDEN + name + " allows it");
        } else if (name.equals("errorHandler") && field.parent().equals("route") && !allows(name)) {
            problems.error(
                    file.name(),
                    field.value().key(),
                    "'errorHandler' in a route would undo what its routeConfigurationId promises; expected a route"
                            + " configuration of your own" + WIDEN + name + " allows it");
        } else if ((CLASS_NAMES.contains(name) || namesType(field)) && !allows(CLASS)) {
            classRefused(file, field.value().key(), "'" + name + "'", problems);
        }
    }

    private static boolean namesType(Walk.Field field) {
        boolean type = field.name().equals("resultType")
                || field.name().equals("type") && CONVERTERS.contains(field.parent())
                || CONVERTERS.contains(field.name()) && field.value().isTextual();
        return type
                && field.value().isScalar()
                && !PLAIN_TYPE.matcher(field.value().asText()).matches();
    }

    private void options(RouteFile file, Endpoint endpoint, Problems problems) {
        endpoint.options().forEach((name, option) -> {
            if (endpoint.isKafka() && CLASS_OPTION.matcher(name).matches() && !allows(CLASS)) {
                classRefused(file, option.name(), "the option '" + name + "'", problems);
            }
        });
    }

    private void component(RouteFile file, Endpoint endpoint, Problems problems) {
        String scheme = surroundings.resolve(endpoint.scheme());
        if (endpoint.uri().asText().isBlank()) {
            problems.error(file.name(), endpoint.uri().value(), "the uri is empty; expected one as in kafka:TOPIC");
            return;
        }
        Set<String> allowed = new TreeSet<>(COMPONENTS);
        allowed.addAll(surroundings.allowed());
        allowed.remove(CLASS);
        if (allowed.contains(scheme)) {
            return;
        }
        String nearest = Problems.nearest(scheme, allowed);
        problems.error(
                file.name(),
                endpoint.uri().value(),
                scheme.contains("$")
                        ? "the uri '" + endpoint.uri().asText()
                                + "' begins with an expression: a message could choose any"
                                + " component; expected one that begins as in kafka:"
                        : "the component '" + scheme + "' is not allowed" + reason(scheme) + "; expected one of "
                                + String.join(", ", allowed)
                                + (nearest.isEmpty() ? WIDEN + scheme + " allows it" : nearest));
    }

    private String reason(String scheme) {
        String reason = reasons.get(scheme);
        return reason == null ? "" : ": " + reason;
    }

    private void text(RouteFile file, YamlNode text, Problems problems) {
        Matcher named = CLASS_REFERENCE.matcher(text.asText());
        while (named.find() && !allows(CLASS)) {
            classRefused(file, file.find(text, named.group()), "'" + named.group() + "'", problems);
        }
        Matcher code = ANY_CODE.matcher(text.asText());
        while (code.find() && !allows(CLASS)) {
            classRefused(file, file.find(text, code.group()), "'" + code.group() + "'", problems);
        }
        Matcher conversion = CONVERSION.matcher(text.asText());
        while (conversion.find() && !allows(CLASS)) {
            classRefused(file, file.find(text, conversion.group()), "'" + conversion.group() + "'", problems);
        }
        if (text.asText().startsWith("resource:")) {
            problems.error(
                    file.name(),
                    text.value(),
                    "'resource:' reads another file; expected the text itself at this place");
        }
        Matcher outside = OUTSIDE.matcher(text.asText());
        while (outside.find()) {
            secretRefused(file, file.find(text, outside.group()), outside.group() + "}", problems);
        }
        secrets(file, text, problems);
    }

    private void secrets(RouteFile file, YamlNode text, Problems problems) {
        Matcher function = FUNCTION.matcher(text.asText());
        while (function.find()) {
            if (READS_OUTSIDE.contains(function.group(1))) {
                secretRefused(file, file.find(text, function.group()), function.group(), problems);
            }
        }
        Matcher placeholder = ReferenceCheck.PLACEHOLDER.matcher(text.asText());
        while (placeholder.find()) {
            if (surroundings.secrets().contains(placeholder.group(1).strip())) {
                secretRefused(file, file.find(text, placeholder.group()), placeholder.group(), problems);
            }
        }
    }

    private static void classRefused(RouteFile file, Position at, String what, Problems problems) {
        problems.error(
                file.name(),
                at,
                what + " names a class or reaches into the program, which could run any code; expected a published bean"
                        + " by its name" + WIDEN + "class allows it");
    }

    private static void secretRefused(RouteFile file, Position at, String what, Problems problems) {
        problems.error(
                file.name(),
                at,
                what + " could put a secret into a route, and from there into messages and logs; expected a setting of"
                        + " your own, {{my.NAME}}, that is none");
    }
}
