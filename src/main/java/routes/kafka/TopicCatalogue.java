package routes.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import routes.settings.ConfigurationException;

/** The topics of the application, from {@code topics.yaml}: the only list of them. */
public final class TopicCatalogue {
    private static final String BUILT_IN = "topics.yaml";
    private static final int OWN_PARTITIONS = 4;
    private static final Duration OWN_RETENTION = Duration.ofDays(7);

    private final List<Topic> topics;

    private TopicCatalogue(List<Topic> topics) {
        this.topics = List.copyOf(topics);
    }

    /** The catalogue that the application carries. */
    public static TopicCatalogue builtIn() {
        try (InputStream yaml = TopicCatalogue.class.getResourceAsStream("/" + BUILT_IN)) {
            return read(BUILT_IN, yaml.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(BUILT_IN + " cannot be read from the application's jar", e);
        }
    }

    /** A catalogue of these. */
    public static TopicCatalogue of(List<Topic> topics) {
        return new TopicCatalogue(topics);
    }

    /**
     * @param file the file's name, for messages
     * @throws ConfigurationException with all that is wrong with it
     */
    public static TopicCatalogue read(String file, byte[] yaml) {
        return new TopicCatalogue(new TopicCatalogueReader(file).read(yaml));
    }

    /**
     * This catalogue with topics of a user's own behind it: 4 partitions unless said, kept for 7 days.
     *
     * @param own {@code NAME} or {@code NAME:PARTITIONS}; a name that is in the catalogue stays as it is there
     */
    public TopicCatalogue with(List<String> own) {
        List<Topic> all = new ArrayList<>(topics);
        for (String text : own) {
            String[] parts = text.split(":");
            if (find(parts[0]).isEmpty()) {
                int partitions = parts.length == 1 ? OWN_PARTITIONS : Integer.parseInt(parts[1]);
                all.add(new Topic(
                        parts[0], partitions, Optional.of(OWN_RETENTION), "own", 1, "of a route of your own"));
            }
        }
        return new TopicCatalogue(all);
    }

    /** Those that name this flow. */
    public List<Topic> ofFlow(String name) {
        return topics.stream().filter(topic -> topic.flow().equals(name)).toList();
    }

    /** In the order of the file. */
    public List<Topic> topics() {
        return topics;
    }

    public Optional<Topic> find(String name) {
        return topics.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }
}
