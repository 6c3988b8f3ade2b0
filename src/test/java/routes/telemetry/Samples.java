package routes.telemetry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Messages of the size and kind that a land rig sends: 1,063 channels of 22 subsystems, about 20 kB. */
final class Samples {
    static final String RIG = "RIG-007";
    static final long TIME = 1_795_168_800_000L;

    /** Subsystem and how many channels it has. */
    private static final Map<String, Integer> SUBSYSTEMS = new LinkedHashMap<>();

    static {
        String[] names = {
            "drilling",
            "hoisting",
            "top-drive",
            "pipe-handling",
            "mud-pumps",
            "standpipe",
            "flow",
            "pits",
            "solids-control",
            "mud-properties",
            "gas",
            "safety",
            "mwd",
            "lwd",
            "mpd",
            "bop",
            "power",
            "utilities",
            "cementing",
            "weather",
            "derived",
            "data-quality"
        };
        int[] counts = {30, 45, 45, 60, 88, 35, 20, 50, 50, 30, 30, 60, 60, 50, 40, 75, 130, 45, 25, 25, 45, 25};
        for (int i = 0; i < names.length; i++) {
            SUBSYSTEMS.put(names[i], counts[i]);
        }
    }

    private Samples() {}

    /** The subsystem of each channel, in the order of the message. */
    static Map<String, String> catalogue() {
        Map<String, String> catalogue = new LinkedHashMap<>();
        SUBSYSTEMS.forEach((subsystem, count) -> {
            String stem =
                    subsystem.substring(0, 3).toUpperCase(Locale.ROOT) + "_A" + (char) ('A' + catalogue.size() % 26);
            for (int i = 0; i < count; i++) {
                catalogue.put(stem + (i % 2 == 0 ? "_" : "") + (100 + i), subsystem);
            }
        });
        return catalogue;
    }

    static ChannelNames names() {
        return new ChannelNames(new ArrayList<>(catalogue().keySet()));
    }

    /** Values of mixed size, sign and decimals; one in fifty is null. */
    static Telemetry telemetry(ChannelNames names, long seq) {
        SplittableRandom random = new SplittableRandom(seq);
        long[] unscaled = new long[names.size()];
        byte[] decimals = new byte[names.size()];
        int[] limits = {10, 1_000, 10_000, 100_000, 1_000_000};
        for (int i = 0; i < unscaled.length; i++) {
            decimals[i] = (byte) (i % 4);
            int limit = limits[i * 7 % limits.length];
            unscaled[i] = random.nextInt(50) == 0 ? Telemetry.NULL : random.nextInt(-limit / 10, limit);
        }
        return new Telemetry(RIG, "RIG-007-W1", seq, 2, names, unscaled, decimals);
    }

    static byte[] message(ChannelNames names, long seq) {
        return new TelemetryWriter().write(telemetry(names, seq), TIME + seq * 1000, false);
    }

    static List<byte[]> messages(int count) {
        ChannelNames names = names();
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(message(names, i));
        }
        return messages;
    }
}
