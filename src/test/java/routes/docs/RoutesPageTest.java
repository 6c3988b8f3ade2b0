package routes.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.application.RouteBeans;
import routes.check.SimpleParser;
import routes.deadletter.DeadLetters;
import routes.deadletter.FailureNotes;
import routes.deadletter.OversizeStore;
import routes.flow.FlowContext;
import routes.flow.Flows;
import routes.kafka.Records;
import routes.kafka.RouteMeters;
import routes.rigs.ReadTelemetry;
import routes.settings.Given;
import routes.settings.Settings;
import routes.telemetry.Reason;

/** What {@code docs/routes.md} tells users of steps, functions and conditions is what the program has. */
class RoutesPageTest {
    private static final Pattern REF = Pattern.compile("[rR]ef: ([\\w-]+)");
    private final String page = Pages.read(Path.of("docs/routes.md"));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RouteMeters meters = new RouteMeters(registry, Clock.systemUTC());

    @Test
    void theTableOfStepsHasEveryStepAndNoOther() {
        Settings settings = Settings.load(new Given(Given.DEFAULT_PROFILE, Map.of(), List.of(), List.of()));
        Set<String> steps = new TreeSet<>();
        RouteBeans.forRecords(settings, RouteBeans.batches(settings), meters, Clock.systemUTC())
                .andFlows(new FlowContext(settings, meters, new SimpleMeterRegistry(), Clock.systemUTC()))
                .byName()
                .forEach((name, bean) -> {
                    if (bean instanceof Processor) {
                        steps.add(name);
                    }
                });
        Pages.under(RoutesPart.ROUTES, ".camel.yaml").forEach(file -> REF.matcher(Pages.read(file))
                .results()
                .map(found -> found.group(1))
                .forEach(steps::add));

        assertThat(documented("Step")).isEqualTo(steps).hasSizeGreaterThan(8);
    }

    @Test
    void howToChangeItIsSaidOfEveryRoute() {
        List<String> routes = RoutesPart.definitions("route").stream()
                .map(route -> route.get("id").asText())
                .toList();

        assertThat(documented("Built-in route"))
                .containsExactlyInAnyOrderElementsOf(routes)
                .hasSizeGreaterThan(10);
    }

    @Test
    void theTableOfFunctionsHasEveryFunctionAndNoOther() {
        Set<String> functions = SimpleParser.names().stream()
                .filter(name -> !name.matches("body|header.*|routeId"))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> documented = documented("Function").stream()
                .map(code -> code.replaceAll("^\\$\\{|}$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(functions).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void theReasonsAreThoseOfTheReaderAndTwoMore() {
        Set<String> reasons = new TreeSet<>(Set.of("failed", "refused"));
        for (Reason reason : Reason.values()) {
            reasons.add(reason.code());
        }

        String row = Markdown.rowsUnder(page, "Header").stream()
                .filter(cells -> cells.get(0).equals("`dlq.reason`"))
                .map(cells -> cells.get(1))
                .findFirst()
                .orElseThrow();
        assertThat(new TreeSet<>(Markdown.codes(row))).isEqualTo(reasons);
    }

    @Test
    void theHeadersOfADeadLetterAreThoseThatAreWritten(@TempDir Path folder) throws IOException {
        Set<String> written = headersOfALetter(10, folder);
        written.addAll(headersOfALetter(2_000_000, folder));

        Set<String> documented = Markdown.rowsUnder(page, "Header").stream()
                .flatMap(row -> Markdown.codes(row.get(0)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(written).hasSizeGreaterThan(12);
    }

    /** @param bytes of the key, the value and a header each */
    private static Set<String> headersOfALetter(int bytes, Path folder) throws IOException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getExchangeExtension().setHistoryNodeId("step");
        exchange.getExchangeExtension().setFromRouteId("route");
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, new IOException("away"));
        exchange.getMessage().setHeader(KafkaConstants.TOPIC, "rig.telemetry");
        exchange.getMessage().setHeader(KafkaConstants.PARTITION, 0);
        exchange.getMessage().setHeader(KafkaConstants.OFFSET, 1L);
        exchange.getMessage().setHeader(KafkaConstants.TIMESTAMP, 2L);
        exchange.getMessage().setHeader(KafkaConstants.KEY, new byte[bytes]);
        exchange.getMessage().setHeader(KafkaConstants.HEADERS, new RecordHeaders().add("kafka.x", new byte[bytes]));
        exchange.getMessage().setBody(new byte[bytes]);
        new FailureNotes(Clock.systemUTC()).process(exchange);
        new DeadLetters("rig-streams", 1_000_000, new OversizeStore(folder)).prepare(exchange);
        return new TreeSet<>(Records.ownHeaders(exchange.getMessage()).keySet());
    }

    @Test
    void everyConditionOfThePageMeansWhatItSays() {
        List<String> conditions = Markdown.rowsUnder(page, "To").stream()
                .map(row -> Markdown.firstCode(row.get(1)))
                .filter(code -> code.startsWith("simple: "))
                .map(code -> code.replaceAll("^simple: \"|\"$", "").replace("{{my.gas}}", "3"))
                .toList();

        assertThat(conditions).hasSizeGreaterThanOrEqualTo(4).allSatisfy(condition -> {
            assertThat(matches(condition, "RIG-007", 2, "\"HKLA\":100.1,\"GASA\":5.7,\"MFOP\":45.5"))
                    .isTrue();
            assertThat(matches(condition, "RIG-008", 2, "\"HKLA\":100,\"GASA\":2,\"MFOP\":45.5"))
                    .isFalse();
            assertThat(matches(condition, "RIG-008", 2, "\"HKLA\":null")).isFalse();
        });
    }

    @Test
    void comparisonsAreThoseThatThePageLists() {
        String channels = "\"GASA\":5.7";
        assertThat(Map.of(
                        "${channel(GASA)} > 5", true,
                        "${channel(GASA)} >= 5.7", true,
                        "${channel(GASA)} < 5.71", true,
                        "${channel(GASA)} <= 5", false,
                        "${channel(GASA)} == 5.7", true,
                        "${channel(GASA)} == 5", false,
                        "${channel(GASA)} != 5", true,
                        "${late} == true", false,
                        "${seq} == 7 && ${well} == 'W1'", true,
                        "${activity} == 3 || ${activity} == 2", true))
                .allSatisfy((condition, expected) ->
                        assertThat(matches(condition, "RIG-007", 2, channels)).isEqualTo(expected));
    }

    private Set<String> documented(String firstHeading) {
        return Markdown.rowsUnder(page, firstHeading).stream()
                .map(row -> Markdown.firstCode(row.get(0)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean matches(String condition, String rig, int activity, String channels) {
        CamelContext context = new DefaultCamelContext();
        Flows.register(context);
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(message(rig, activity, channels));
        exchange.getMessage().setHeader(KafkaConstants.KEY, rig.getBytes(UTF_8));
        ReadTelemetry.of(exchange, meters);
        return context.resolveLanguage("simple").createPredicate(condition).matches(exchange);
    }

    private static byte[] message(String rig, int activity, String channels) {
        return ("{\"rig\":\"" + rig + "\",\"well\":\"W1\",\"time\":\"2026-11-20T10:00:00.000Z\",\"seq\":7,\"activity\":"
                        + activity + ",\"late\":false,\"channels\":{" + channels + "}}")
                .getBytes(UTF_8);
    }
}
