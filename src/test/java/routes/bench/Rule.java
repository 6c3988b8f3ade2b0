package routes.bench;

import java.util.List;

/** The rule of {@code route-message.camel.yaml} in Java: the topic of an activity. */
final class Rule {
    static final String IN = "rig.telemetry";
    static final String DEAD_LETTERS = "rig.dead-letters";
    static final String SOURCE_HEADER = "source";

    private Rule() {}

    static String topic(int activity) {
        return switch (activity) {
            case 2, 5, 6 -> "rig.activity.drilling";
            case 8, 9, 33, 34 -> "rig.activity.tripping";
            case 3 -> "rig.activity.connection";
            case 7 -> "rig.activity.circulating";
            case 4 -> "rig.activity.reaming";
            default -> "rig.activity.other";
        };
    }

    /** Every topic the rule knows. */
    static List<String> topics() {
        return List.of(
                "rig.activity.drilling",
                "rig.activity.tripping",
                "rig.activity.connection",
                "rig.activity.circulating",
                "rig.activity.reaming",
                "rig.activity.other");
    }
}
