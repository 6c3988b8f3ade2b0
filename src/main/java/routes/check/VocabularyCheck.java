package routes.check;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Refuses whatever a file of routes has that is not on the list of the {@link Vocabulary}, nor allowed by name. */
final class VocabularyCheck {
    static final String CLASS = "class";
    private static final String WIDEN = "; routes.allow-components=";
    private static final String ALLOWS = " allows it";
    private static final String RESOURCE = "resource:";
    private static final Set<String> CODE = Set.of(
            "beanType",
            "className",
            "collectionType",
            "instanceClass",
            "moduleClassNames",
            "resultType",
            "unmarshalType");
    /** For a better message only. */
    private static final Set<String> CAMELS_LANGUAGES = Set.of(
            "csimple",
            "datasonnet",
            "exchangeProperty",
            "groovy",
            "hl7terser",
            "java",
            "joor",
            "jq",
            "js",
            "jsonpath",
            "language",
            "method",
            "mvel",
            "ognl",
            "python",
            "ref",
            "spel",
            "tokenize",
            "variable",
            "wasm",
            "xpath",
            "xquery",
            "xtokenize");

    private static final String EARLY =
            ": it takes a record off Kafka before what becomes of it is sent, and loses it when the process ends";
    private static final String SECOND = ": it sends a record more than once, and after the first send order is lost";
    private static final String BY_MESSAGE = ": a message could choose the endpoint";
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("aggregate", EARLY),
            Map.entry("resequence", EARLY),
            Map.entry("claimCheck", EARLY),
            Map.entry("threads", ": records go on in other threads and overtake each other"),
            Map.entry("sample", ": it drops records by the clock, others each time"),
            Map.entry("multicast", SECOND),
            Map.entry("loadBalance", SECOND),
            Map.entry("saga", ": what it does after a failure is not awaited"),
            Map.entry("circuitBreaker", ": it swallows failures, and a failed send would be lost"),
            Map.entry(
                    "onCompletion",
                    ": it runs in another thread when the record is done with, and nothing waits for it"),
            Map.entry("recipientList", BY_MESSAGE),
            Map.entry("routingSlip", BY_MESSAGE),
            Map.entry("dynamicRouter", BY_MESSAGE),
            Map.entry("enrich", BY_MESSAGE),
            Map.entry("pollEnrich", BY_MESSAGE),
            Map.entry("kamelet", BY_MESSAGE),
            Map.entry("serviceCall", BY_MESSAGE),
            Map.entry("bean", ": it calls any method"),
            Map.entry("beans", ": it makes objects of classes by name, which could run any code"),
            Map.entry("script", ": it runs code"),
            Map.entry("poll", ": it reads from another place"),
            Map.entry("errorHandler", ": in a route it would undo what its routeConfigurationId promises"));

    private final Surroundings surroundings;
    private final EndpointCheck endpoints;
    private final Set<String> beans;
    private final Problems problems;
    private final SimpleTexts texts;

    /** @param files all that run together */
    VocabularyCheck(
            Surroundings surroundings,
            EndpointCheck endpoints,
            List<RouteFile> files,
            Problems problems,
            SimpleTexts texts) {
        this.surroundings = surroundings;
        this.endpoints = endpoints;
        this.problems = problems;
        this.texts = texts;
        this.beans = new TreeSet<>(surroundings.beans().keySet());
        beans.removeAll(surroundings.executors()); // what runs the records of a split is no step
        if (allows("beans")) {
            files.forEach(file -> file.content().forEach(entry -> entry.path("beans")
                    .forEach(bean -> beans.add(bean.path("name").asText()))));
        }
    }

    void check(RouteFile file) {
        file.content().forEach(entry -> entry.fields().forEach((name, value) -> {
            if (Vocabulary.ENTRIES.contains(name)) {
                new Walker(file).element(value, Vocabulary.element(name));
            } else if (allows(name)) {
                new Walker(file).opaque(value);
            } else {
                problems.errorUnlessSaid(
                        file.name(),
                        value.key(),
                        "'" + name + "' is not allowed at this place" + REASONS.getOrDefault(name, "")
                                + "; expected route or routeConfiguration" + widen(name));
            }
        }));
    }

    private boolean allows(String name) {
        Set<String> allowed = surroundings.allowed();
        boolean code = CODE.contains(name) || name.equals("beans");
        return allowed.contains(name) || code && allowed.contains(CLASS);
    }

    private static String widen(String name) {
        return WIDEN + (CODE.contains(name) || name.equals("beans") ? CLASS : name) + ALLOWS;
    }

    /** One file. */
    private final class Walker {
        private final RouteFile file;

        Walker(RouteFile file) {
            this.file = file;
        }

        void element(YamlNode node, Vocabulary.Element element) {
            if (node.isScalar() && !node.asText().isEmpty()) {
                if (element.plain().isEmpty()) {
                    problem(
                            node.value(),
                            "'" + node.asText() + "' stands here; expected what belongs to '" + element.name()
                                    + "' below it");
                } else {
                    value(element.plain(), node, node);
                }
            }
            node.fields().forEach((name, value) -> {
                if (element.fields().containsKey(name)) {
                    value(element.fields().get(name), value, node);
                } else if (!element.expression().isEmpty() && name.equals("expression") && !value.isScalar()) {
                    value.fields().forEach((language, text) -> language(element, language, text));
                } else if (!element.expression().isEmpty()) {
                    language(element, name, value);
                } else {
                    other(name, value, element);
                }
            });
        }

        private void language(Vocabulary.Element element, String name, YamlNode value) {
            if (!Vocabulary.languages().contains(name)) {
                other(name, value, element);
                return;
            }
            YamlNode text = value.isScalar() ? value : value.path("expression");
            value.fields().forEach((option, given) -> {
                if (!option.equals("expression")) {
                    other(option, given, new Vocabulary.Element(name, "", "", Map.of("expression", "")));
                }
            });
            if (element.expression().startsWith("#")) {
                number(name, text, Integer.parseInt(element.expression().substring(1)));
                return;
            }
            switch (name) {
                case "simple" -> simple(text, element.expression().equals("?"));
                case "header" -> plain(Vocabulary.Kind.NAME, text);
                default -> isText(text);
            }
        }

        /** Something that does not belong here, or may only if it is allowed. */
        private void other(String name, YamlNode value, Vocabulary.Element element) {
            if (allows(name)) {
                opaque(value);
                return;
            }
            Set<String> known = new TreeSet<>(element.fields().keySet());
            if (!element.expression().isEmpty() && CAMELS_LANGUAGES.contains(name)) {
                known.retainAll(Vocabulary.languages());
            }
            if (!element.expression().isEmpty()) {
                known.addAll(Vocabulary.languages());
            }
            String nearest = Problems.nearest(name, known);
            boolean language = !element.expression().isEmpty() && CAMELS_LANGUAGES.contains(name);
            problem(
                    value.key(),
                    (language ? "the language '" : "'") + name + "' is not allowed here"
                            + (language ? ": it could run any code or read more than a message" : reason(name))
                            + "; expected one of "
                            + String.join(", ", known) + (nearest.isEmpty() ? widen(name) : nearest));
        }

        private void steps(YamlNode list) {
            list.elements().forEach(step -> step.fields().forEach((name, value) -> {
                if (Vocabulary.steps().contains(name)) {
                    element(value, Vocabulary.element(name));
                } else if (allows(name)) {
                    opaque(value);
                } else {
                    String nearest = Problems.nearest(name, Vocabulary.steps());
                    problem(
                            value.key(),
                            "the step '" + name + "' is not allowed" + reason(name)
                                    + "; expected one of those that docs/routes.md lists"
                                    + (nearest.isEmpty() ? widen(name) : nearest));
                }
            }));
        }

        private static String reason(String name) {
            String code = CODE.contains(name) ? ": it names a class, which could run any code" : "";
            return REASONS.getOrDefault(name, code);
        }

        /** What is allowed by its name is not looked into, but for steps and endpoints in it. */
        void opaque(YamlNode node) {
            isText(node);
            node.elements().forEach(this::opaque);
            node.fields().forEach((name, value) -> {
                if (name.equals("steps")) {
                    steps(value);
                } else if (name.equals("uri") && value.isScalar()) {
                    endpoints.check(file, Endpoint.of(node), problems);
                } else if (!name.equals("parameters")) {
                    opaque(value);
                }
            });
        }

        private void value(String kind, YamlNode value, YamlNode parent) {
            if (kind.startsWith("{")) {
                element(value, Vocabulary.element(kind.substring(1, kind.length() - 1)));
            } else if (kind.startsWith("[")) {
                Vocabulary.Element element = Vocabulary.element(kind.substring(1, kind.length() - 1));
                (value.isList() ? value.elements() : List.of(value)).forEach(each -> element(each, element));
            } else {
                switch (kind) {
                    case "text", "options" -> {} // no part of it means anything to Camel; or: with its uri
                    case "steps" -> steps(value);
                    case "uri" ->
                        endpoints.check(file, Endpoint.of(parent.path("uri") == value ? parent : value), problems);
                    case "template" -> simple(value, false);
                    case "bean" -> known("bean", value, beans);
                    case "pool" -> known("thread pool", value, pools());
                    case "exception" -> exception(value, Exception.class);
                    case "exceptions" ->
                        (value.isList() ? value.elements() : List.of(value))
                                .forEach(each -> exception(each, Throwable.class));
                    default -> plain(Vocabulary.Kind.of(kind).orElseThrow(), value);
                }
            }
        }

        private Set<String> pools() {
            Set<String> pools = new TreeSet<>(surroundings.executors());
            beans.stream()
                    .filter(bean -> !surroundings.beans().containsKey(bean))
                    .forEach(pools::add);
            return pools;
        }

        private void number(String language, YamlNode text, int most) {
            String number = text.asText();
            if (language.equals("header") || !number.matches("\\d{1,9}") || Integer.parseInt(number) > most) {
                problem(
                        text.value(),
                        "'" + number + "' is not allowed here; expected a whole number that stands there, at most "
                                + most);
            }
        }

        private void plain(Vocabulary.Kind kind, YamlNode value) {
            if (!kind.matches(value.asText())) {
                problem(value.value(), "'" + value.asText() + "' is not allowed here; expected " + kind.expected());
            }
        }

        private void known(String what, YamlNode value, Set<String> names) {
            String name = value.asText();
            boolean ofClass = name.startsWith("#") && surroundings.allowed().contains(CLASS);
            if (!names.contains(name) && !ofClass) {
                problems.errorUnlessSaid(
                        file.name(),
                        file.find(value, name),
                        "there is no " + what + " named '" + name + "'; " + Problems.oneOf(name, names));
            }
        }

        private void exception(YamlNode value, Class<? extends Throwable> type) {
            boolean found = false;
            try {
                String name = value.asText();
                found = name.matches("[\\w.$]{1,300}")
                        && type.isAssignableFrom(Class.forName(name, false, VocabularyCheck.class.getClassLoader()));
            } catch (ClassNotFoundException | LinkageError e) {
                // It is said below.
            }
            if (!found) {
                problem(
                        value.value(),
                        "'" + value.asText() + "' is no exception; expected the whole name of one, as in"
                                + " java.io.IOException");
            }
        }

        /** Whether Camel takes it for what it is, and not for the name of a file. */
        private boolean isText(YamlNode text) {
            boolean resource = text.asText().regionMatches(true, 0, RESOURCE, 0, RESOURCE.length());
            if (resource) {
                problem(text.value(), "'resource:' reads another file; expected the text itself at this place");
            }
            return !resource;
        }

        private void simple(YamlNode text, boolean condition) {
            if (!isText(text) || text.isList() || !text.isScalar()) {
                return;
            }
            try {
                Simple said = condition
                        ? SimpleParser.condition(text.asText(), this::allowsFunction)
                        : SimpleParser.template(text.asText(), this::allowsFunction);
                texts.add(file, text, said);
            } catch (SimpleSyntaxException e) {
                problems.errorUnlessSaid(file.name(), e.in(file, text), e.getMessage());
            }
        }

        private boolean allowsFunction(String name) {
            return new HashSet<>(List.of(CLASS, name)).removeAll(surroundings.allowed());
        }

        private void problem(Position at, String message) {
            problems.errorUnlessSaid(file.name(), at, message);
        }
    }
}
