package routes.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import routes.application.Cluster;
import routes.cli.ClusterOptions.Reached;
import routes.kafka.TopicReport;
import routes.kafka.Topics;

/** The commands that hold the topic catalogue against the cluster. */
@Command(name = "topics", description = "The topics of the catalogue, and what the cluster has of them.")
final class TopicsCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            name = "list",
            description = {
                "Lists the topics of the catalogue and how those of the cluster compare.",
                "Ends with 1 if one is missing or differs."
            })
    int list(
            @Mixin ClusterOptions cluster,
            @Option(names = "--json", description = "Prints one JSON document.") boolean json) {
        return report(cluster.open(), json, Topics::compare);
    }

    @Command(
            name = "create",
            description = {
                "Creates the topics that the cluster lacks; changes none.",
                "Ends with 1 if one that was there differs from the catalogue."
            })
    int create(
            @Mixin ClusterOptions cluster,
            @Option(names = "--json", description = "Prints one JSON document.") boolean json) {
        return report(cluster.open(), json, Topics::createMissing);
    }

    private int report(Reached kafka, boolean json, Function<Topics, TopicReport> ask) {
        try (Topics topics = Cluster.topics(kafka.settings(), kafka.client())) {
            TopicReport report = ask.apply(topics);
            PrintWriter out = spec.commandLine().getOut();
            (json ? List.of(Json.document(report)) : report.lines()).forEach(out::println);
            return report.matches() ? Commands.GOOD : Commands.FOUND;
        }
    }
}
