package routes.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import routes.telemetry.TelemetryBench;

/**
 * The benchmarks, as {@code mvn -q -Pbench verify -Dbench=…} runs them: {@code router}, {@code archive}, {@code
 * telemetry}, {@code all}, and {@code settings}, which shows what single settings of the application are worth. Each prints its table and writes
 * {@code target/bench/<name>.json}. A goal that is missed is reported; only wrong results make a run fail.
 */
public final class Bench {
    static final Path FOLDER = Path.of("target", "bench");

    private static final ObjectMapper JSON = new ObjectMapper();
    /** What design and goals say of {@link TelemetryBench}. */
    private static final Map<String, Double> TELEMETRY_GOALS = Map.of("writeMap", 5.0, "readMap", 2.0);

    private Bench() {}

    /** @param args which benchmark, and options of {@link RouterBench.Plan} as {@code name=value} */
    public static void main(String[] args) throws Exception {
        Files.createDirectories(FOLDER);
        Map<String, String> options = options(args);
        RouterBench.Plan plan = RouterBench.Plan.of(options);
        RouterBench router = new RouterBench(plan);
        ArchiveBench archive =
                new ArchiveBench(plan, Duration.ofSeconds(Long.parseLong(options.getOrDefault("load-seconds", "150"))));
        switch (args[0]) {
            case "router" -> write("router", router.run().toJson());
            case "archive" -> write("archive", archive.run().toJson());
            case "settings" -> write("settings", router.settings());
            case "telemetry" -> TelemetryBench.main(new String[0]);
            case "all" -> all(router, archive);
            default -> {
                System.err.println("bench '" + args[0] + "': expected router, archive, telemetry, settings or all");
                System.exit(2);
            }
        }
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new LinkedHashMap<>();
        Arrays.stream(args).skip(1).map(arg -> arg.split("=", 2)).forEach(pair -> options.put(pair[0], pair[1]));
        return options;
    }

    private static void all(RouterBench router, ArchiveBench archive) throws Exception {
        RouterBench.Outcome outcome = router.run();
        write("router", outcome.toJson());
        ArchiveBench.Outcome archived = archive.run();
        write("archive", archived.toJson());
        TelemetryBench.main(new String[0]);
        List<Scenario> scenarios = new ArrayList<>(outcome.routed().scenarios("router/"));
        scenarios.addAll(archived.scenarios());
        JsonNode ratios =
                JSON.readTree(FOLDER.resolve("telemetry.json").toFile()).path("ratios");
        TELEMETRY_GOALS.forEach((name, goal) -> scenarios.add(
                Scenario.of("telemetry/" + name, ratios.required(name).asDouble(), goal)));
        System.out.println();
        scenarios.forEach(scenario -> System.out.printf(
                Locale.ROOT, "%-26s %10.2f  %s%n", scenario.name(), scenario.ratio(), scenario.verdict()));
        write("all", Map.of("scenarios", scenarios));
    }

    private static void write(String name, Map<String, ?> content) throws IOException {
        File file = FOLDER.resolve(name + ".json").toFile();
        JSON.writerWithDefaultPrettyPrinter().writeValue(file, content);
    }

    /** What the figures were measured on; the load average is what else kept the machine busy before. */
    static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.put(
                "loadAverageBefore",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return machine;
    }
}
