package routes.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import routes.settings.ConfigurationException;

/** The topics of the application, from {@code topics.yaml}: the only list of them. */
public final class TopicCatalogue {
    private static final String BUILT_IN = "topics.yaml";

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

    /**
     * @param file the file's name, for messages
     * @throws ConfigurationException with all that is wrong with it
     */
    static TopicCatalogue read(String file, byte[] yaml) {
        return new TopicCatalogue(new TopicCatalogueReader(file).read(yaml));
    }

    /** In the order of the file. */
    public List<Topic> topics() {
        return topics;
    }

    public Optional<Topic> find(String name) {
        return topics.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }
}
