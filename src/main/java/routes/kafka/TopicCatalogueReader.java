package routes.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import routes.settings.ConfigurationException;

/** Reads a catalogue strictly, and on to its end, so that all that is wrong is said at once. */
final class TopicCatalogueReader {
    private static final int MOST_PARTITIONS = 1000;
    /** Kafka's rule; it also forbids the names "." and "..", which this pattern does. */
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    private static final Pattern FLOW = Pattern.compile("[a-z]+");
    private static final Set<String> KEYS =
            new TreeSet<>(Set.of("name", "flow", "partitions", "retention", "share", "purpose"));

    private final String file;
    private final List<String> problems = new ArrayList<>();

    TopicCatalogueReader(String file) {
        this.file = file;
    }

    List<Topic> read(byte[] yaml) {
        JsonNode list = listOf(parse(yaml));
        List<Topic> topics = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Topic topic = new Entry(i + 1, list.get(i)).read();
            if (!topic.name().isEmpty() && !names.add(topic.name())) {
                problems.add(file + ", entry " + (i + 1) + ": the name " + topic.name() + " occurs twice.");
            }
            topics.add(topic);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return topics;
    }

    private JsonNode parse(byte[] yaml) {
        try {
            return YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(yaml);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String what = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new ConfigurationException(file + ", line " + line + ": not readable as YAML: " + what + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode listOf(JsonNode root) {
        JsonNode list = root.path("topics");
        if (root.size() != 1 || !list.isArray() || list.isEmpty()) {
            throw new ConfigurationException(file + ": expected one key, topics, with a list of topics.");
        }
        return list;
    }

    /** One topic of the list; a value that is wrong is noted and replaced, so that the others are still looked at. */
    private final class Entry {
        private final JsonNode node;
        private final String where;

        Entry(int number, JsonNode node) {
            this.node = node;
            String name = node.path("name").asText();
            this.where = file + ", entry " + number + (name.isEmpty() ? "" : " (" + name + ")") + ": ";
        }

        Topic read() {
            unknownKeys();
            String name = text("name", NAME, "1 to 249 of the characters a-z A-Z 0-9 . _ -");
            return new Topic(
                    name,
                    partitions(),
                    retention(),
                    text("flow", FLOW, "a word of small letters, as in rigs"),
                    share(),
                    text("purpose", Pattern.compile("\\S.*"), "one line of text"));
        }

        private void unknownKeys() {
            for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
                String key = keys.next();
                if (!KEYS.contains(key)) {
                    problems.add(where + "unknown key " + key + "; expected " + String.join(", ", KEYS) + ".");
                }
            }
        }

        private String text(String key, Pattern form, String expected) {
            JsonNode value = node.path(key);
            if (!value.isTextual() || !form.matcher(value.textValue()).matches()) {
                bad(key, expected);
                return "";
            }
            return value.textValue();
        }

        private int partitions() {
            JsonNode value = node.path("partitions");
            if (!value.isInt() || value.intValue() < 1 || value.intValue() > MOST_PARTITIONS) {
                bad("partitions", "a whole number from 1 to " + MOST_PARTITIONS);
                return 1;
            }
            return value.intValue();
        }

        private double share() {
            JsonNode value = node.path("share");
            if (!value.isNumber() || !(value.doubleValue() > 0) || Double.isInfinite(value.doubleValue())) {
                bad("share", "a number above 0");
                return 1;
            }
            return value.doubleValue();
        }

        private Optional<Duration> retention() {
            String text = node.path("retention").asText();
            Optional<Duration> time = TopicRetention.parse(text);
            if (time.isEmpty() && !text.equals(TopicRetention.COMPACTED)) {
                bad("retention", "a whole number and s, m, h or d, as in 24h, or compacted");
            }
            return time;
        }

        private void bad(String key, String expected) {
            JsonNode value = node.path(key);
            String found = value.isMissingNode() ? "is missing" : "is " + value;
            problems.add(where + key + " " + found + "; expected " + expected + ".");
        }
    }
}
