package routes.kafka;

import java.util.HashMap;
import java.util.Map;

/** How long somebody who waits for an answer waits for Kafka, where the settings say nothing. */
public final class Patience {
    private static final int MILLIS = 15_000;

    private Patience() {}

    /** @return the settings of a client, with time limits for those that lack them */
    public static Map<String, Object> with(Map<String, Object> client) {
        Map<String, Object> patient = new HashMap<>(client);
        patient.putIfAbsent("request.timeout.ms", MILLIS);
        int request = Integer.parseInt(patient.get("request.timeout.ms").toString());
        patient.putIfAbsent("default.api.timeout.ms", Math.max(request, MILLIS)); // Kafka refuses one that is less
        return patient;
    }
}
