package routes.deadletter;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The topics that a redrive may send to. A letter names its topic itself, and whoever writes letters must not choose where
 * they go: what no route reads, what the application keeps for itself and what is Kafka's own has to be allowed by name.
 *
 * @param read whether a route reads the topic
 * @param asked who said so, as in {@code the built-in routes}
 * @param allowed by name, whatever they are
 */
public record RedriveTargets(Predicate<String> read, String asked, Set<String> allowed) {
    /** Those of the application that no route may be made to fill. */
    private static final Set<String> OURS = Set.of("rig.fleet", RedriveLedger.TOPIC, Letter.TOPIC);

    /** Those and no others. */
    public static RedriveTargets only(String... topics) {
        return new RedriveTargets(topic -> false, "", Set.of(topics));
    }

    /** Why nothing is sent to this topic, as the end of a sentence about a letter; empty if it may be. */
    Optional<String> refusal(String topic) {
        if (allowed.contains(topic)) {
            return Optional.empty();
        }
        if (OURS.contains(topic)) {
            return Optional.of("its topic " + topic + " is one that the application keeps for itself" + allow(topic));
        }
        if (topic.startsWith("__")) {
            return Optional.of("its topic " + topic + " is one of Kafka's own" + allow(topic));
        }
        return read.test(topic)
                ? Optional.empty()
                : Optional.of("no route reads its topic " + topic + ", say " + asked + allow(topic));
    }

    private static String allow(String topic) {
        return "; --allow-topic " + topic + " sends there all the same";
    }
}
