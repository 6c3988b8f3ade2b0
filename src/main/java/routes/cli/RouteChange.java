package routes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stopping and starting a route of a running instance have in common: their options, and what they print. */
final class RouteChange {
    @Parameters(paramLabel = "ID", description = "The route, as `routes list` names it.")
    private String id;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Mixin
    private InstanceOptions instance;

    /** @param what {@code stop} or {@code start} */
    int make(String what, PrintWriter out) {
        JsonNode change = instance.open().change(id, what);
        out.println(json ? Json.document(change) : line(change));
        out.flush();
        return Commands.GOOD;
    }

    private static String line(JsonNode change) {
        String state = change.path("state").asText();
        String route = "route " + change.path("id").asText() + ": ";
        if (!change.path("changed").asBoolean()) {
            return route + state + " already";
        }
        return route + change.path("was").asText() + " -> " + state + " in "
                + change.path("seconds").asText() + " s"
                + (change.path("finished").asBoolean()
                        ? ""
                        : "; what it had begun was not finished: it is uncommitted, and is read again after a start");
    }
}
