package routes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import routes.application.Cluster;
import routes.kafka.TopicReport;
import routes.kafka.Topics;
import routes.settings.Settings;

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
            @Mixin SettingsOptions settings,
            @Option(
                            names = "--bootstrap",
                            paramLabel = "HOST:PORT",
                            description = "Where Kafka is, if not where the settings say.")
                    String bootstrap,
            @Option(names = "--json", description = "Prints one JSON document.") boolean json) {
        return report(settings.load(), bootstrap, json, Topics::compare);
    }

    @Command(
            name = "create",
            description = {
                "Creates the topics that the cluster lacks; changes none.",
                "Ends with 1 if one that was there differs from the catalogue."
            })
    int create(
            @Mixin SettingsOptions settings,
            @Option(
                            names = "--bootstrap",
                            paramLabel = "HOST:PORT",
                            description = "Where Kafka is, if not where the settings say.")
                    String bootstrap,
            @Option(names = "--json", description = "Prints one JSON document.") boolean json) {
        return report(settings.load(), bootstrap, json, Topics::createMissing);
    }

    private int report(Settings settings, String bootstrap, boolean json, Function<Topics, TopicReport> ask) {
        Logging.keepKafkaQuiet();
        try (Topics topics = Cluster.topics(settings, ClientSettings.of(settings, bootstrap))) {
            TopicReport report = ask.apply(topics);
            PrintWriter out = spec.commandLine().getOut();
            (json ? List.of(json(report)) : report.lines()).forEach(out::println);
            return report.matches() ? Commands.GOOD : Commands.FOUND;
        }
    }

    private static String json(TopicReport report) {
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the report cannot be written as JSON", e);
        }
    }
}
