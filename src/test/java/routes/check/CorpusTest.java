package routes.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import routes.application.Routes;
import routes.settings.Given;
import routes.settings.Settings;

/**
 * Everything that this version of Camel knows, at every place of a route and in every notation, is refused unless the list
 * names it; and what the list names is not. Nothing is made of it: only the list is asked.
 */
class CorpusTest {
    private static final Catalogue CAMEL = new Catalogue();
    /** What the list has to do with; a newer Camel has other numbers, and somebody has to look at what is new. */
    private static final Map<String, Integer> KNOWN = Map.of(
            "components", 393,
            "languages", 26,
            "data formats", 53,
            "functions of Simple", 112,
            "steps", 65,
            "entries", 15);

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext(false);
    private static final Map<String, Integer> TRIED = new TreeMap<>();
    private static long began;

    private final List<String> wrong = new ArrayList<>();

    @BeforeAll
    static void make() {
        CONTEXT.build();
        began = System.nanoTime();
    }

    @AfterAll
    static void itIsManyAndFast() {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("corpus: " + TRIED + " tried in " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(60));
        assertThat(TRIED.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(20_000);
    }

    private static RouteCheck check(Map<String, String> own) {
        List<Given.Choice> choices = new ArrayList<>();
        own.forEach((key, value) -> choices.add(new Given.Choice(key, value, "--set")));
        return Routes.check(Settings.load(new Given("embedded", Map.of(), List.of(), choices)));
    }

    private void expect(String kind, RouteCheck check, boolean listed, String text) {
        TRIED.merge(kind, 1, Integer::sum);
        List<RouteProblem> problems = check.notListed(List.of(new RouteText("copy.camel.yaml", text)), CONTEXT);
        if (problems.isEmpty() != listed) {
            wrong.add((listed ? "refused although listed: " : "not refused: ") + text.replace('\n', '|') + " "
                    + problems);
        }
    }

    private static String route(String step) {
        return "- route:\n    id: copy\n    routeConfigurationId: record\n    from:\n      uri: direct:copy\n      steps:\n"
                + "        - " + step + "\n";
    }

    @Test
    void theCatalogueIsTheOneThatTheListWasMadeFor() {
        assertThat(Map.of(
                        "components", CAMEL.components().size(),
                        "languages", CAMEL.names("languages").size(),
                        "data formats", CAMEL.names("dataformats").size(),
                        "functions of Simple", CAMEL.simpleFunctions().size(),
                        "steps", CAMEL.steps().size(),
                        "entries", CAMEL.entries().size()))
                .isEqualTo(KNOWN);
        assertThat(CAMEL.steps().keySet()).containsAll(Vocabulary.steps());
        assertThat(CAMEL.components().keySet()).containsAll(Vocabulary.components());
        Vocabulary.components()
                .forEach(component ->
                        assertThat(CAMEL.components().get(component)).containsAll(Vocabulary.options(component)));
        assertThat(CAMEL.names("languages")).containsAll(Vocabulary.languages());
    }

    @Test
    void components() {
        Map<String, String> own = new TreeMap<>();
        CAMEL.components().keySet().forEach(component -> {
            own.put("my." + component, component);
            own.put("my.end-" + component, component.substring(1));
        });
        RouteCheck check = check(own);
        for (String component : CAMEL.components().keySet()) {
            boolean listed = Vocabulary.components().contains(component);
            for (String place :
                    List.of("to: {uri: \"%s\"}", "to: \"%s\"", "toD: {uri: \"%s\"}", "wireTap: {uri: \"%s\"}")) {
                notations(component + ":copy")
                        .forEach((notation, good) ->
                                expect("component", check, listed && good, route(place.formatted(notation))));
                expect("component", check, listed, route(place.formatted("{{my." + component + "}}:copy")));
                expect(
                        "component",
                        check,
                        listed,
                        route(place.formatted(component.charAt(0) + "{{my.end-" + component + "}}:copy")));
                expect("component", check, false, route(place.formatted("{{my.none:" + component + "}}:copy")));
                expect("component", check, false, route(place.formatted("{{my.{{my." + component + "}}}}:copy")));
            }
            expect("component", check, listed, "- route:\n    id: copy\n    from: {uri: \"" + component + ":copy\"}\n");
            expect(
                    "component",
                    check,
                    listed,
                    "- routeConfiguration:\n    errorHandler:\n      deadLetterChannel: {deadLetterUri: \"" + component
                            + ":copy\"}\n");
            expect("component", check, false, route("poll: {uri: \"" + component + ":copy\"}"));
            expect("component", check, false, route("enrich: {constant: \"" + component + ":copy\"}"));
        }
        assertThat(wrong).isEmpty();
    }

    /** A text in other words: whether it then is still what it was. */
    private static Map<String, Boolean> notations(String text) {
        Map<String, Boolean> notations = new LinkedHashMap<>();
        notations.put(text, true);
        notations.put("  " + text + "  ", true);
        notations.put(String.format("%%%02X", (int) text.charAt(0)) + text.substring(1), false);
        notations.put(text.replace(":", "%3A"), false);
        notations.put(text.replace("copy", "%63opy"), false);
        notations.put(text.replace("copy", "${body}"), false);
        notations.put(text.replace("copy", "RAW(copy)"), false);
        notations.put(text.replace("copy", "co py"), false);
        return notations;
    }

    @Test
    void optionsOfEndpoints() {
        Map<String, Set<String>> components = CAMEL.components();
        RouteCheck check = check(Map.of("my.class", "#class:java.lang.Runtime"));
        for (String component : Vocabulary.components()) {
            for (String option : components.get(component)) {
                if (option.equals(Vocabulary.NAMING.get(component))) {
                    continue;
                }
                boolean listed = Vocabulary.options(component).contains(option);
                boolean some =
                        List.of("1", "true", "all", "none", "latest", "RECONNECT", "5s", "INFO", "read_committed")
                                .stream()
                                .anyMatch(value -> accepted(check, component, option, value));
                TRIED.merge("option", 9, Integer::sum);
                if (some != listed) {
                    wrong.add(component + "." + option + (listed ? " takes nothing" : " is taken"));
                }
                for (String value : List.of(
                        "#class:x",
                        "%23class:x",
                        "#bean:x",
                        "RAW(x)",
                        "${body}",
                        "{{my.class}}",
                        "{{my.no:1}}",
                        "{{?my.no}}")) {
                    expect("option", check, false, route(uri(component, option, value)));
                    expect("option", check, false, route(parameter(component, option, value)));
                }
            }
        }
        components.forEach((component, options) -> options.stream()
                .filter(option -> !Vocabulary.components().contains(component))
                .limit(10)
                .forEach(option -> expect("option", check, false, route(parameter(component, option, "1")))));
        assertThat(wrong).isEmpty();
    }

    private static boolean accepted(RouteCheck check, String component, String option, String value) {
        String text = route(parameter(component, option, value));
        return check.notListed(List.of(new RouteText("copy.camel.yaml", text)), CONTEXT)
                .isEmpty();
    }

    private static String uri(String component, String option, String value) {
        return "to: \"" + component + ":copy?" + option + "=" + value + "\"";
    }

    private static String parameter(String component, String option, String value) {
        return "to: {uri: \"" + component + ":copy\", parameters: {" + option + ": \"" + value + "\"}}";
    }

    @Test
    void languages() {
        RouteCheck check = check(Map.of());
        Set<String> languages = new TreeSet<>(CAMEL.names("languages"));
        languages.addAll(CAMEL.fields("language.ExpressionDefinition"));
        List<String> places = List.of(
                "setBody: {%s}",
                "setBody: {expression: {%s}}",
                "setHeader: {name: a, %s}",
                "setHeaders: {headers: [{name: a, %s}]}",
                "transform: {%s}",
                "delay: {%s}",
                "throttle: {%s}",
                "loop: {%s, steps: []}",
                "split: {%s, steps: []}",
                "filter: {%s, steps: []}",
                "validate: {%s}",
                "choice: {when: [{%s, steps: []}]}",
                "doTry: {steps: [], doCatch: [{exception: [java.lang.Exception], onWhen: {%s}, steps: []}]}");
        for (String language : languages) {
            for (String place : places) {
                // How often or how long is a number that stands there.
                boolean number = place.matches("(delay|throttle|loop): .*");
                boolean listed = Vocabulary.languages().contains(language) && !number;
                if (number) {
                    boolean plain = Set.of("constant", "simple").contains(language);
                    expect("language", check, plain, route(place.formatted(language + ": \"1000\"")));
                    expect("language", check, false, route(place.formatted(language + ": \"1000001\"")));
                }
                String text = language.equals("simple") ? "${body}" : "copy";
                expect("language", check, listed, route(place.formatted(language + ": \"" + text + "\"")));
                expect(
                        "language",
                        check,
                        listed,
                        route(place.formatted(language + ": {expression: \"" + text + "\"}")));
                expect(
                        "language",
                        check,
                        false,
                        route(place.formatted(
                                language + ": {expression: \"" + text + "\", resultType: java.io.File}")));
                expect(
                        "language",
                        check,
                        false,
                        route(place.formatted("language: {language: " + language + ", expression: \"" + text + "\"}")));
                expect(
                        "language",
                        check,
                        listed && language.equals("header"),
                        route(place.formatted(language + ": \"resource:file:a\"")
                                .replace("resource:file:a", language.equals("header") ? "a" : "  resource:file:a")));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void functionsOfSimple() {
        Set<String> listed = new TreeSet<>();
        SimpleParser.names().forEach(name -> listed.add(name.replaceFirst("[.(].*", "")));
        Set<String> functions = new TreeSet<>(CAMEL.simpleFunctions());
        functions.addAll(List.of("in", "out", "sysenv"));
        functions.addAll(listed);
        Map<String, String> own = new TreeMap<>();
        functions.forEach(function -> own.put("my." + function, function));
        RouteCheck check = check(own);
        for (String function : functions) {
            boolean alone = listed.contains(function)
                    && !Set.of("channel", "field", "header").contains(function);
            for (String place : List.of(
                    "log: {message: \"%s\"}",
                    "log: \"%s\"",
                    "setBody: {simple: \"%s\"}",
                    "filter: {simple: \"%s\", steps: []}",
                    "filter: {simple: \"%s == 'x'\", steps: []}",
                    "throwException: {exceptionType: java.io.IOException, message: \"%s\"}")) {
                expect("function", check, alone, route(place.formatted("${" + function + "}")));
                expect("function", check, alone, route(place.formatted("  ${" + function + "}")));
                for (String text : List.of(
                        "$simple{%s}",
                        "${ %s }",
                        "${%s.a.class}",
                        "${%s[0].context}",
                        "${%s?.x}",
                        "${%s:java.lang.Runtime}",
                        "${%s(1,2,(3))}",
                        "${%s(${body})}",
                        "${%s(resource:file:%%2Fa)}",
                        "${%s(' resource:file:a')}",
                        "${${%s}}",
                        "${body.%s}",
                        "${body.%s()}",
                        "${{{my.none:%s}}}",
                        "${{{my.%s}}:x}",
                        "$init{ $a := ${%s} }init$ ${body}",
                        "${body} ~> ${%s}")) {
                    expect("function", check, false, route(place.formatted(text.formatted(function))));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void dataFormats() {
        RouteCheck check = check(Map.of());
        Set<String> formats = new TreeSet<>(CAMEL.names("dataformats"));
        formats.addAll(CAMEL.fields("MarshalDefinition"));
        formats.removeAll(Vocabulary.fields("marshal"));
        for (String step : List.of("marshal", "unmarshal")) {
            expect("data format", check, true, route(step + ": {json: {}}"));
            expect("data format", check, true, route(step + ": {json: {prettyPrint: true}}"));
            formats.forEach(format -> {
                expect("data format", check, false, route(step + ": {" + format + ": {}}"));
                expect("data format", check, false, route(step + ": {\"" + format + " \": {}}"));
            });
            for (String option : CAMEL.fields("dataformat.JsonDataFormat")) {
                boolean listed = Vocabulary.fields("json").contains(option);
                if (!listed) {
                    expect("data format", check, false, route(step + ": {json: {" + option + ": \"true\"}}"));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void stepsAndTheirOptions() {
        RouteCheck check = check(Map.of());
        CAMEL.steps().forEach((step, options) -> {
            if (!Vocabulary.steps().contains(step)) {
                for (String body : List.of(
                        "{}", "{id: a}", "\"x\"", "{steps: []}", "{simple: \"${body}\"}", "{uri: \"direct:copy\"}")) {
                    expect("step", check, false, route(step + ": " + body));
                    expect("step", check, false, route("choice: {otherwise: {steps: [{" + step + ": " + body + "}]}}"));
                    expect(
                            "step",
                            check,
                            false,
                            route("doTry: {steps: [], doFinally: {steps: [{" + step + ": " + body + "}]}}"));
                    expect(
                            "step",
                            check,
                            false,
                            route("split: {simple: \"${body}\", steps: [{" + step + ": " + body + "}]}"));
                }
                return;
            }
            Set<String> listed = new TreeSet<>(Vocabulary.fields(step));
            listed.addAll(Vocabulary.languages());
            listed.add("expression");
            options.stream().filter(option -> !listed.contains(option)).forEach(option -> {
                for (String value : List.of("true", "\"#class:java.lang.Runtime\"", "{}", "java.lang.Runtime")) {
                    expect("option of a step", check, false, route(step + ": {" + option + ": " + value + "}"));
                }
            });
        });
        Map.of(
                        "route", "RouteDefinition",
                        "from", "FromDefinition",
                        "routeConfiguration", "RouteConfigurationDefinition",
                        "onException", "OnExceptionDefinition",
                        "deadLetterChannel", "errorhandler.DeadLetterChannelDefinition",
                        "defaultErrorHandler", "errorhandler.DefaultErrorHandlerDefinition",
                        "redeliveryPolicy", "RedeliveryPolicyDefinition")
                .forEach((name, definition) -> {
                    Set<String> all = CAMEL.fields(definition);
                    assertThat(all).as(definition).containsAll(Vocabulary.fields(name));
                    all.removeAll(Vocabulary.fields(name));
                    all.forEach(option -> expect("option of a step", check, false, below(name, option)));
                });
        CAMEL.entries().stream()
                .filter(entry -> !Vocabulary.ENTRIES.contains(entry))
                .forEach(entry -> expect("entry", check, false, "- " + entry + ": {}\n"));
        assertThat(wrong).isEmpty();
    }

    private static String below(String name, String option) {
        String body = "{" + option + ": true}";
        return switch (name) {
            case "route", "routeConfiguration" -> "- " + name + ": " + body + "\n";
            case "from" -> "- route: {from: " + body + "}\n";
            case "onException" -> "- routeConfiguration: {onException: [{onException: " + body + "}]}\n";
            case "redeliveryPolicy" ->
                "- routeConfiguration: {onException: [{onException: {redeliveryPolicy: " + body + "}}]}\n";
            default -> "- routeConfiguration: {errorHandler: {" + name + ": " + body + "}}\n";
        };
    }
}
