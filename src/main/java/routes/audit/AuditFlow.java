package routes.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import routes.audit.MessageCheck.Message;
import routes.rig.ChannelCatalogue;

/**
 * What belongs where, as the documents have it, written down a second time: the audit compares the routes with this and
 * not with themselves. It is about the built-in routes; who sends a message elsewhere by routes of their own will be
 * told that it is missing here.
 */
public final class AuditFlow {
    static final String SOURCE = "rig.telemetry";
    /** The header with the id of the fleet. */
    static final String FLEET_HEADER = "fleet";

    static final String DEAD_LETTERS = "rig.dead-letters";
    static final String FLAGGED = "rig.flagged";
    /** The routes that read {@link #SOURCE}; each is the consumer group of its name. */
    static final List<String> ROUTES = List.of("route-telemetry", "slice-telemetry", "flag-telemetry");

    private static final int BY_ACTIVITY = 0;
    private static final int SLICES = 1;
    private static final int BY_CONDITION = 2;
    private static final String ACTIVITY = "rig.activity.";
    private static final List<String> ACTIVITIES =
            List.of("drilling", "tripping", "connection", "circulating", "reaming", "other");

    private final List<Output> outputs = new ArrayList<>();
    private final int firstSlice;
    private final Map<String, Integer> subsystemByChannel = new HashMap<>();

    private AuditFlow(ChannelCatalogue channels, String sliceTopics) {
        ACTIVITIES.forEach(name -> outputs.add(new Output(ACTIVITY + name, BY_ACTIVITY, Output.Kind.WHOLE, 0)));
        outputs.add(new Output(DEAD_LETTERS, BY_ACTIVITY, Output.Kind.LETTER, 0));
        outputs.add(new Output(FLAGGED, BY_CONDITION, Output.Kind.CHOSEN, 0));
        firstSlice = outputs.size();
        List<String> subsystems = channels.subsystems();
        for (int i = 0; i < subsystems.size(); i++) {
            outputs.add(new Output(sliceTopics + subsystems.get(i), SLICES, Output.Kind.SLICE, i + 1));
        }
        channels.subsystemByName()
                .forEach((channel, subsystem) -> subsystemByChannel.put(channel, subsystems.indexOf(subsystem)));
    }

    /**
     * @param channels which channel belongs to which subsystem
     * @param sliceTopics what stands before the subsystem in the names of the topics of slices
     */
    public static AuditFlow of(ChannelCatalogue channels, String sliceTopics) {
        return new AuditFlow(channels, sliceTopics);
    }

    static String group(int route) {
        return group(ROUTES.get(route));
    }

    static String group(String route) {
        return "rig-streams." + route;
    }

    List<Output> outputs() {
        return outputs;
    }

    /** How many fingerprints a source record has: of the whole and of each slice. */
    int slots() {
        return 1 + outputs.size() - firstSlice;
    }

    MessageCheck newMessageCheck() {
        return new MessageCheck(subsystemByChannel, slots() - 1);
    }

    /** Where a record belongs, or may stand if a condition chose it, one bit per output. */
    long belongsOn(Message message) {
        if (message == null) {
            return 1L << ACTIVITIES.size();
        }
        long topics = 1L << ACTIVITIES.indexOf(activity(message.activity())) | 1L << firstSlice - 1;
        for (int i = 0; i < message.slices().length; i++) {
            topics |= message.slices()[i] == 0 ? 0 : 1L << firstSlice + i;
        }
        return topics;
    }

    private static String activity(int code) {
        return switch (code) {
            case 2, 5, 6 -> "drilling";
            case 8, 9, 33, 34 -> "tripping";
            case 3 -> "connection";
            case 7 -> "circulating";
            case 4 -> "reaming";
            default -> "other";
        };
    }

    /**
     * A topic on which the audit looks for copies.
     *
     * @param route number of the route that sends there; of the dead letters, the one that sends what is invalid
     * @param slot which fingerprint of a source record its copy must have: 0 is the whole record, the slices follow
     */
    record Output(String topic, int route, Kind kind, int slot) {
        /** What a copy is. */
        enum Kind {
            /** The record itself, by what its rig is doing. */
            WHOLE,
            /** The record itself, if it meets a condition that is the user's to choose. */
            CHOSEN,
            /** The channels of one subsystem. */
            SLICE,
            /** The record itself with a reason. */
            LETTER
        }
    }
}
