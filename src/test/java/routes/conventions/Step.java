package routes.conventions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A step of a route.
 *
 * @param kind its name in YAML, as in {@code to}
 * @param body what stands below it
 * @param followed whether a message has another step before it after this one
 * @param choices how many choices it stands in
 */
record Step(String kind, JsonNode body, boolean followed, int choices) {
    private static final Set<String> SENDS =
            Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "poll", "recipientList", "routingSlip");

    /** All steps of a route in the order of the file, those of branches among them. */
    static List<Step> of(JsonNode route) {
        List<Step> steps = new ArrayList<>();
        collect(route.path("from").path("steps"), false, 0, steps);
        return steps;
    }

    /** All steps of one branch, and of the branches in it. */
    static List<Step> ofBranch(JsonNode list) {
        List<Step> steps = new ArrayList<>();
        collect(list, false, 0, steps);
        return steps;
    }

    private static void collect(JsonNode list, boolean followed, int choices, List<Step> steps) {
        for (int i = 0; i < list.size(); i++) {
            boolean more = followed || i < list.size() - 1;
            list.get(i).properties().forEach(entry -> {
                steps.add(new Step(entry.getKey(), entry.getValue(), more, choices));
                int inside = entry.getKey().equals("choice") ? choices + 1 : choices;
                branches(entry.getValue()).forEach(branch -> collect(branch, more, inside, steps));
            });
        }
    }

    /** How many steps the longest way through a list of steps has. */
    static int longest(JsonNode list) {
        int length = 0;
        for (JsonNode step : list) {
            int inside = 0;
            for (JsonNode body : step) {
                inside = Math.max(
                        inside,
                        branches(body).stream().mapToInt(Step::longest).max().orElse(0));
            }
            length += 1 + inside;
        }
        return length;
    }

    /** The lists of steps inside a step: one for a split, one per branch for a choice. */
    static List<JsonNode> branches(JsonNode body) {
        List<JsonNode> branches = new ArrayList<>();
        body.properties().forEach(entry -> {
            if (entry.getKey().equals("steps")) {
                branches.add(entry.getValue());
            } else if (entry.getValue().isArray()) {
                entry.getValue().forEach(element -> branches.addAll(branches(element)));
            } else {
                branches.addAll(branches(entry.getValue()));
            }
        });
        return branches;
    }

    boolean sends() {
        return SENDS.contains(kind);
    }

    boolean sendsToKafka() {
        return sends() && Endpoint.of(body).isKafka();
    }

    String id() {
        return body.path("id").asText();
    }
}
