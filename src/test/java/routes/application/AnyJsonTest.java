package routes.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.cases.CaseReport;
import routes.cases.Outlet;
import routes.cases.RouteCases;
import routes.check.BuiltInRoutes;
import routes.check.RouteCheck;
import routes.check.RouteProblem;
import routes.check.RouteText;
import routes.kafka.RouteMeters;
import routes.reload.RouteFolder;
import routes.settings.Given;
import routes.settings.Settings;

/** Camel's own steps for JSON, headers and bodies, and a bean that enriches, on the way of a record: as their cases say. */
class AnyJsonTest {
    private static final Path FOLDER = Path.of("src/test/resources/any-json");

    @TempDir
    private Path data;

    private final Settings settings = Settings.load(new Given(
            "embedded",
            Map.of(),
            List.of(),
            List.of(new Given.Choice("kafka.topics", "shop.orders,shop.bergen,shop.odd", "--set"))));

    /** The bean that an organisation brings: it changes what {@code unmarshal} has made. */
    static void addCustomer(Exchange exchange) {
        @SuppressWarnings("unchecked") // as unmarshal makes it
        Map<String, Object> order = exchange.getMessage().getBody(Map.class);
        Object customer = order.get("customer");
        if ("broken".equals(customer)) {
            throw new IllegalStateException("no customer has this number");
        }
        order.put("customerName", customer == null ? "nobody" : "customer " + customer);
    }

    @Test
    void theCasesPassAndEveryWayIsTaken() throws IOException {
        Outlet outlet = new Outlet();
        RouteMeters meters = new RouteMeters(new SimpleMeterRegistry(), Clock.systemUTC());
        Map<String, Object> beans = new HashMap<>(RouteBeans.forRecords(
                        settings, Stores.below(data, settings), RouteBeans.batches(settings), meters, Clock.systemUTC())
                .byName());
        beans.put("add-customer", (Processor) AnyJsonTest::addCustomer);
        beans.put("store-dead-letter", outlet.step("store-dead-letter"));
        RouteCheck check = Routes.check(settings, beans, names -> Set.of());

        List<RouteProblem> problems = check.problems(routes());
        RouteCases cases = new RouteCases(
                check.resolved(routes()), RouteFolder.read(FOLDER, RouteCases.EXTENSION), settings.forCamel());
        CaseReport report = cases.run(beans, outlet, Clock.systemUTC());

        assertThat(problems).isEmpty();
        assertThat(cases.problems()).isEmpty();
        assertThat(report.failures()).isEmpty();
        assertThat(report.cases()).isEqualTo(6);
        assertThat(report.open()).isEmpty();
    }

    private static List<RouteText> routes() throws IOException {
        List<RouteText> routes = new ArrayList<>(RouteFolder.read(FOLDER, ".camel.yaml"));
        BuiltInRoutes.ofThisProgram().texts().stream()
                .filter(file -> file.name().matches("routes/[^/]+"))
                .forEach(routes::add);
        return routes;
    }
}
