package routes.rig;

import java.time.Duration;
import java.util.*;
import routes.telemetry.*;

public final class Rig implements Source {
    private static final ChannelNames NAMES;

    static {
        List<String> l = new ArrayList<>();
        for (int i = 0; i < 1000; i++) l.add("CH_" + i);
        l.add("GASA");
        NAMES = new ChannelNames(l);
    }

    private final int n;
    private final Duration p;

    public Rig(int number, long seed, Duration period, ChannelCatalogue c) {
        n = number;
        p = period;
    }

    public String rig() {
        return String.format("RIG-%03d", n);
    }

    public Optional<Telemetry> at(long seq) {
        long[] u = new long[1001];
        byte[] d = new byte[1001];
        for (int i = 0; i < 1001; i++) {
            u[i] = (seq * 31 + i * 17) % 100000;
            d[i] = 3;
        }
        return Optional.of(new Telemetry(
                rig(), rig() + "-W1", seq, new int[] {2, 3, 4, 7, 8, 28}[(n + (int) (seq / 10)) % 6], NAMES, u, d));
    }

    public long elapsedMillis(long seq) {
        return seq * p.toMillis();
    }
}
