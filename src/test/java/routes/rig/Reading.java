package routes.rig;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import routes.telemetry.Telemetry;

/** A message, with its values by channel id. */
final class Reading {
    private final Telemetry telemetry;
    private final Map<String, Integer> index = new HashMap<>();

    Reading(Telemetry telemetry) {
        this.telemetry = telemetry;
        List<String> names = telemetry.names().names();
        for (int i = 0; i < names.size(); i++) {
            index.put(names.get(i), i);
        }
    }

    static Reading of(Rig rig, long seq) {
        return new Reading(rig.at(seq).orElseThrow());
    }

    Telemetry telemetry() {
        return telemetry;
    }

    boolean has(String id) {
        return unscaled(id) != Telemetry.NULL;
    }

    long unscaled(String id) {
        return telemetry.unscaled()[index.get(id)];
    }

    double value(String id) {
        return unscaled(id) / Math.pow(10, telemetry.decimals()[index.get(id)]);
    }
}
