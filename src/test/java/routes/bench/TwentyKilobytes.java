package routes.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import routes.rig.ChannelCatalogue;
import routes.rig.Rigs;
import routes.rig.Source;
import routes.telemetry.ChannelNames;
import routes.telemetry.Telemetry;
import routes.telemetry.TelemetryWriter;

/**
 * Messages of 200 simulated floaters, second by second, filled up to about 20 kB: the 1,138 channels of the catalogue
 * make 14 kB, so every rig has a second sensor for each of the first 400 ({@code DBTM_2} beside {@code DBTM}), which
 * shows what the first one showed a second before. Activities occur as the rigs' wells have it.
 */
final class TwentyKilobytes {
    static final int RIGS = 200;
    private static final int SECOND_SENSORS = 400;
    private static final long BEGIN_MILLIS = 1_795_168_800_000L;

    private final List<Source> rigs = new ArrayList<>();
    private final Telemetry[] before = new Telemetry[RIGS];
    private final ChannelNames names;
    private final TelemetryWriter writer = new TelemetryWriter();
    private long seq = 1;
    private int next;

    record Message(byte[] key, byte[] value) {}

    TwentyKilobytes() {
        ChannelCatalogue catalogue = ChannelCatalogue.builtIn();
        Rigs fleet = new Rigs(1, Duration.ofSeconds(1), catalogue);
        for (int i = 0; i < RIGS; i++) {
            rigs.add(fleet.rig(i + 1));
            before[i] = rigs.get(i).at(0).orElseThrow();
        }
        List<String> all = new ArrayList<>(catalogue.names().names());
        all.subList(0, SECOND_SENSORS).stream()
                .map(name -> name + "_2")
                .toList()
                .forEach(all::add);
        names = new ChannelNames(all);
    }

    /** The next message: rig after rig, then the next second. */
    Message next() {
        Source rig = rigs.get(next);
        Telemetry now = rig.at(seq).orElseThrow();
        Telemetry filled = filled(now, before[next]);
        before[next] = now;
        byte[] value = writer.write(filled, BEGIN_MILLIS + seq * 1000, false);
        next++;
        if (next == RIGS) {
            next = 0;
            seq++;
        }
        return new Message(now.rig().getBytes(StandardCharsets.US_ASCII), value);
    }

    private Telemetry filled(Telemetry now, Telemetry secondSensors) {
        long[] unscaled = Arrays.copyOf(now.unscaled(), names.size());
        byte[] decimals = Arrays.copyOf(now.decimals(), names.size());
        System.arraycopy(secondSensors.unscaled(), 0, unscaled, now.unscaled().length, SECOND_SENSORS);
        System.arraycopy(secondSensors.decimals(), 0, decimals, now.decimals().length, SECOND_SENSORS);
        return new Telemetry(now.rig(), now.well(), now.seq(), now.activity(), names, unscaled, decimals);
    }
}
