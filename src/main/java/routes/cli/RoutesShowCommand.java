package routes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one route of a running instance. */
@Command(name = "show", description = "Shows one route of a running instance with what it does, and its YAML.")
final class RoutesShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The route, as `routes list` names it.")
    private String id;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Mixin
    private InstanceOptions instance;

    @Override
    public Integer call() {
        JsonNode route = instance.open().route(id);
        PrintWriter out = spec.commandLine().getOut();
        (json ? List.of(Json.document(route)) : lines(route)).forEach(out::println);
        out.flush();
        return Commands.GOOD;
    }

    private static List<String> lines(JsonNode route) {
        Map<String, String> said = new LinkedHashMap<>();
        for (String name : List.of("id", "description", "file", "state", "from", "topic", "group")) {
            if (route.has(name)) {
                said.put(name, RecordLine.printable(route.path(name).asText()));
            }
        }
        said.put("uptime", RoutesListCommand.uptime(route));
        said.put("lag", RoutesListCommand.number(route.path("lag")));
        for (String counts : List.of("exchanges", "records")) {
            if (route.has(counts)) {
                said.put(counts, counts(route.path(counts)));
            }
        }
        List<String> lines = new ArrayList<>(Endpoints.lines(said));
        if (route.has("yaml")) {
            lines.add("");
            route.path("yaml")
                    .asText()
                    .stripTrailing()
                    .lines()
                    .map(RecordLine::printable)
                    .forEach(lines::add);
        }
        return lines;
    }

    private static String counts(JsonNode counts) {
        return counts.properties().stream()
                .map(count -> count.getKey() + " " + RoutesListCommand.number(count.getValue()))
                .collect(Collectors.joining(", "));
    }
}
