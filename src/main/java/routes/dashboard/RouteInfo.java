package routes.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * A route as it is now. What does not apply to a route, or is not known, is null and left out.
 *
 * @param file where its YAML stands: a path, or, of a built-in route, one inside the program
 * @param state of Camel: {@code Started}, {@code Stopped}, …
 * @param from as in {@code kafka:rig.telemetry}, without options
 * @param topic that it reads; several are separated by commas
 * @param topicIsPattern true if {@code topic} is a regular expression, for all topics whose whole name it matches
 * @param group the consumer group with which it reads
 * @param lag records of the topic that the group has not yet committed
 * @param exchanges what it was given since the start
 * @param records what became of the records it read, as {@code rig.records} counts them: outcome to number
 * @param uptimeSeconds since it was started last; 0 if it does not run
 * @param yaml the file as it was loaded; only of a single route
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RouteInfo(
        String id,
        String description,
        String file,
        String state,
        String from,
        String topic,
        Boolean topicIsPattern,
        String group,
        Long lag,
        Exchanges exchanges,
        Map<String, Long> records,
        double uptimeSeconds,
        String yaml) {
    /**
     * An exchange is a batch for a route that reads a topic, a record for one that another route calls, and a tick of
     * a timer.
     */
    public record Exchanges(long total, long failed, long inflight) {}

    RouteInfo withYaml(String text) {
        return new RouteInfo(
                id,
                description,
                file,
                state,
                from,
                topic,
                topicIsPattern,
                group,
                lag,
                exchanges,
                records,
                uptimeSeconds,
                text);
    }
}
