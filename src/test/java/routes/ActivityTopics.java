package routes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the topic catalogue says that messages of an activity belong, written down once more for the tests. */
public final class ActivityTopics {
    private static final Map<Integer, String> BY_ACTIVITY = new HashMap<>();

    static {
        Map.of(
                        "drilling", List.of(2, 5, 6),
                        "tripping", List.of(8, 9, 33, 34),
                        "connection", List.of(3),
                        "circulating", List.of(7),
                        "reaming", List.of(4))
                .forEach((name, activities) -> activities.forEach(activity -> BY_ACTIVITY.put(activity, name)));
    }

    private ActivityTopics() {}

    /** The topic of an activity by its WITS code. */
    public static String of(int activity) {
        return "rig.activity." + BY_ACTIVITY.getOrDefault(activity, "other");
    }
}
