package routes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a stopped route of a running instance go on from another place in its topic. */
@Command(
        name = "rewind",
        description = {
            "Has a stopped route of a running instance go on from another place in its topic, once it is started.",
            "So a condition that was wrong for an hour is run again over that hour: stop the route, rewind it to -1h, start"
                    + " it. What it sends again stands twice where it was right the first time."
        })
final class RoutesRewindCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ROUTE", description = "The route, one that reads a topic, as `routes list` names it.")
    private String id;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "-1h|OFFSET|latest",
            description = "Where it goes on: a time ago, an instant as in 2026-11-20T10:00:00Z, an offset of every"
                    + " partition, one of a single partition as in rig.telemetry/0/1200, earliest or latest.")
    private String to;

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Mixin
    private InstanceOptions instance;

    @Override
    public Integer call() {
        JsonNode rewound = instance.open().rewind(id, to);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.document(rewound) : String.join(System.lineSeparator(), lines(rewound)));
        out.flush();
        return Commands.GOOD;
    }

    private static List<String> lines(JsonNode rewound) {
        List<String> lines = new ArrayList<>();
        rewound.path("partitions")
                .forEach(move -> lines.add(move.path("topic").asText() + "/"
                        + move.path("partition").asText() + ": "
                        + move.path("was").asText() + " -> "
                        + move.path("next").asText()));
        lines.add("route " + rewound.path("id").asText() + " reads "
                + rewound.path("again").asText() + " records again"
                + (rewound.path("leftOut").asLong() == 0
                        ? ""
                        : " and leaves " + rewound.path("leftOut").asText() + " out")
                + ", once it is started: routes start " + rewound.path("id").asText());
        return lines;
    }
}
