package routes.docs;

import static routes.docs.Markdown.code;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import routes.broker.DiskBudget;
import routes.kafka.Topic;
import routes.kafka.TopicCatalogue;
import routes.settings.Given;
import routes.settings.Settings;

/** The table of {@code docs/topics.md}, made of {@code topics.yaml} and the embedded broker's own sharing-out. */
final class TopicsPart {
    private TopicsPart() {}

    static List<GeneratedPart> parts() {
        Settings defaults = Settings.load(new Given(Given.DEFAULT_PROFILE, Map.of(), List.of(), List.of()));
        List<Topic> topics = TopicCatalogue.builtIn().topics();
        DiskBudget budget =
                new DiskBudget(defaults.bytes("broker.disk-cap"), defaults.duration("broker.retention-cap"), topics);
        List<List<String>> rows =
                topics.stream().map(topic -> row(topic, budget.configOf(topic))).toList();
        return List.of(new GeneratedPart(
                "docs/topics.md",
                "topics",
                Markdown.table(
                        List.of("Topic", "Flow", "Partitions", "Retention", "Embedded, MB", "What it carries"), rows)));
    }

    private static List<String> row(Topic topic, Map<String, String> config) {
        return List.of(
                code(topic.name()),
                topic.flow(),
                Integer.toString(topic.partitions()),
                topic.retentionText(),
                topic.compacted() ? "" : embedded(topic, config),
                Markdown.text(topic.purpose()));
    }

    /** What stands at most in the topic after a run of retention: what is to be kept, and one segment more. */
    private static String embedded(Topic topic, Map<String, String> config) {
        long perPartition = Long.parseLong(config.get("retention.bytes")) + Long.parseLong(config.get("segment.bytes"));
        return String.format(Locale.ROOT, "%,.0f", topic.partitions() * perPartition / 1e6);
    }
}
