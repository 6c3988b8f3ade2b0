package routes.cli;

import java.util.List;
import java.util.Map;

/** What is served and where data lies, as lines for people. */
final class Endpoints {
    private Endpoints() {}

    /** @return one line per entry, the values one below the other */
    static List<String> lines(Map<String, String> endpoints) {
        int width = endpoints.keySet().stream().mapToInt(String::length).max().orElse(0);
        return endpoints.entrySet().stream()
                .map(entry -> entry.getKey() + " ".repeat(width - entry.getKey().length() + 2) + entry.getValue())
                .toList();
    }
}
