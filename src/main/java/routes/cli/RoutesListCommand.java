package routes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the routes of a running instance. */
@Command(
        name = "list",
        description = {
            "Lists the routes of a running instance with what they do.",
            "An exchange is a batch for a route that reads a topic, a record for one that another route calls."
        })
final class RoutesListCommand implements Callable<Integer> {
    private static final List<String> HEADING =
            List.of("route", "state", "uptime", "from", "exchanges", "failed", "sent", "lag");
    private static final String NOT_SAID = "-";

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Mixin
    private InstanceOptions instance;

    @Override
    public Integer call() {
        JsonNode document = instance.open().routes();
        PrintWriter out = spec.commandLine().getOut();
        (json ? List.of(Json.document(document)) : lines(document.path("routes"))).forEach(out::println);
        out.flush();
        return Commands.GOOD;
    }

    private static List<String> lines(JsonNode routes) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADING));
        routes.forEach(route -> rows.add(List.of(
                RecordLine.printable(route.path("id").asText()),
                route.path("state").asText(),
                uptime(route),
                RecordLine.printable(route.path("from").asText()),
                number(route.path("exchanges").path("total")),
                number(route.path("exchanges").path("failed")),
                number(route.path("records").path("sent")),
                number(route.path("lag")))));
        return Table.lines(rows);
    }

    /** As in {@code 1h2m3s}. */
    static String uptime(JsonNode route) {
        long seconds = route.path("uptimeSeconds").asLong();
        return seconds == 0
                ? NOT_SAID
                : Duration.ofSeconds(seconds).toString().substring(2).toLowerCase(Locale.ROOT);
    }

    static String number(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%,d", value.asLong()) : NOT_SAID;
    }
}
