package routes.rig;

import java.util.HashMap;
import java.util.Map;

public final class ChannelCatalogue {
    public static ChannelCatalogue builtIn() {
        return new ChannelCatalogue();
    }

    public Map<String, String> subsystemByName() {
        Map<String, String> m = new HashMap<>();
        String[] s = {"drilling", "hoisting", "gas", "pits", "power"};
        for (int i = 0; i < 1000; i++) m.put("CH_" + i, s[i / 200]);
        m.put("GASA", "gas");
        return m;
    }
}
