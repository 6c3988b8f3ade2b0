package routes.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A step of a route.
 *
 * @param kind its name in YAML, as in {@code to}
 * @param body what stands below it
 * @param next the step that a message has before it after this one
 * @param choices how many choices it stands in
 */
public record Step(String kind, YamlNode body, Optional<YamlNode> next, int choices) {
    private static final Set<String> SENDS =
            Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "poll", "recipientList", "routingSlip");

    /** All steps of a route in the order of the file, those of branches among them. */
    public static List<Step> of(YamlNode route) {
        return ofBranch(route.path("from").path("steps"));
    }

    /** All steps of one branch, and of the branches in it. */
    public static List<Step> ofBranch(YamlNode list) {
        List<Step> steps = new ArrayList<>();
        collect(list, Optional.empty(), 0, steps);
        return steps;
    }

    private static void collect(YamlNode list, Optional<YamlNode> after, int choices, List<Step> steps) {
        for (int i = 0; i < list.elements().size(); i++) {
            Optional<YamlNode> next = i < list.size() - 1 ? Optional.of(list.path(i + 1)) : after;
            list.path(i).fields().forEach((kind, body) -> {
                steps.add(new Step(kind, body, next, choices));
                int inside = kind.equals("choice") ? choices + 1 : choices;
                branches(body).forEach(branch -> collect(branch, next, inside, steps));
            });
        }
    }

    /** How many steps the longest way through a list of steps has. */
    public static int longest(YamlNode list) {
        int length = 0;
        for (YamlNode step : list) {
            int inside = 0;
            for (YamlNode body : step) {
                inside = Math.max(
                        inside,
                        branches(body).stream().mapToInt(Step::longest).max().orElse(0));
            }
            length += 1 + inside;
        }
        return length;
    }

    /** The lists of steps inside a step: one for a split, one per branch for a choice. */
    public static List<YamlNode> branches(YamlNode body) {
        List<YamlNode> branches = new ArrayList<>();
        body.fields().forEach((name, value) -> {
            if (name.equals("steps")) {
                branches.add(value);
            } else {
                branches.addAll(branches(value));
            }
        });
        body.elements().forEach(element -> branches.addAll(branches(element)));
        return branches;
    }

    public boolean followed() {
        return next.isPresent();
    }

    public boolean sends() {
        return SENDS.contains(kind);
    }

    public boolean sendsToKafka() {
        return sends() && Endpoint.of(body).isKafka();
    }

    public String id() {
        return body.path("id").asText();
    }

    /** Where the step begins: the place of its kind. */
    Position at() {
        return body.key();
    }

    /** Its id, or what it is if it has none. */
    String named() {
        return id().isEmpty() ? "'" + kind + "'" : "'" + id() + "'";
    }
}
