package routes.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import routes.rig.ChannelCatalogue;

/**
 * The routes {@code route-telemetry} and {@code slice-telemetry} as shipped, beside other ways to do the same on Kafka:
 *
 * <ul>
 *   <li>{@code camel}: the application itself with that route, its meters and MBeans included;
 *   <li>{@code loop}: a poll–read–send–flush–commit loop as one would write it by hand, in one thread;
 *   <li>{@code streams}: Kafka Streams with the same rule, one thread, at least once;
 *   <li>{@code recordByRecord}: camel-kafka's ordinary consumer, which takes, acknowledges and commits one record after
 *       the other; {@code recordByRecordNoLinger} the same with a producer that does not wait 10 ms for more.
 * </ul>
 *
 * All read messages with the same class, add the same header, use the client settings of the application and wait for
 * acknowledgements before they commit. How it is measured and checked: {@link Race}.
 */
final class RouterBench {
    private static final String OURS = "camel";
    private static final String ALLOW = "routes.allow-components";
    /** The contender's route names a class of this package, which commits as one would by hand. */
    private static final Map<String, String> OWN_CLASS = Map.of(ALLOW, "bean,class");

    private static final Map<String, Double> GOALS = goals();

    private final Plan plan;

    /**
     * @param warmUps rounds before, in which the code is compiled; they are printed and do not count
     * @param rounds that count
     * @param messages in a round
     * @param slowMessages in a round of a contender that takes one record at a time
     * @param sliceMessages in a round of slices
     * @param jvm options of all JVMs, the broker's too
     * @param different settings that are not as shipped: for {@link #settings()}
     */
    record Plan(
            int warmUps,
            int rounds,
            int messages,
            int slowMessages,
            int sliceMessages,
            List<String> jvm,
            List<String> different) {
        static Plan of(Map<String, String> options) {
            return new Plan(
                    Integer.parseInt(options.getOrDefault("warm-ups", "4")),
                    Integer.parseInt(options.getOrDefault("rounds", "5")),
                    Integer.parseInt(options.getOrDefault("messages", "40000")),
                    Integer.parseInt(options.getOrDefault("slow-messages", "1000")),
                    Integer.parseInt(options.getOrDefault("slice-messages", "16000")),
                    words(options.getOrDefault("jvm", "-Xmx1g")),
                    words(options.getOrDefault("set", "")));
        }

        private static List<String> words(String text) {
            return Arrays.stream(text.trim().split("\\s+"))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }
    }

    /** @param sliced has no goals yet */
    record Outcome(Result routed, Result sliced, Map<String, Object> conditions) {
        Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>(routed.toJson());
            json.put("slices", sliced.toJson());
            json.putAll(conditions);
            return json;
        }
    }

    RouterBench(Plan plan) {
        this.plan = plan;
    }

    private static Map<String, Double> goals() {
        Map<String, Double> goals = new LinkedHashMap<>();
        goals.put("loop", 0.95);
        goals.put("streams", 0.9);
        goals.put("recordByRecord", 15.0);
        return goals;
    }

    Outcome run() throws Exception {
        Outcome[] outcome = new Outcome[1];
        withInput((folder, broker, input, conditions) -> {
            Result routed;
            try (Race race = new Race("router", broker, input, input.routed(), Rule.topics())) {
                for (Race.Entrant entrant : routers()) {
                    race.enter(entrant, folder, plan.jvm());
                }
                routed = new Result("router", race.run(plan.warmUps(), plan.rounds()), GOALS);
            }
            outcome[0] = new Outcome(routed, slices(folder, broker, input), conditions);
        });
        outcome[0].routed().print();
        outcome[0].sliced().print();
        return outcome[0];
    }

    private List<Race.Entrant> routers() {
        return List.of(
                new Race.Entrant(OURS, Kind.ROUTER_SHIPPED, plan.messages(), Map.of()),
                new Race.Entrant("loop", Kind.ROUTER_LOOP, plan.messages(), Map.of()),
                new Race.Entrant("streams", Kind.ROUTER_STREAMS, plan.messages(), Map.of()),
                new Race.Entrant("recordByRecord", Kind.ROUTER_RECORD_BY_RECORD, plan.slowMessages(), OWN_CLASS),
                new Race.Entrant(
                        "recordByRecordNoLinger",
                        Kind.ROUTER_RECORD_BY_RECORD,
                        plan.slowMessages(),
                        Map.of("camel.component.kafka.lingerMs", "0", ALLOW, "bean,class")));
    }

    private Result slices(Path folder, BenchBroker broker, Input input) throws Exception {
        List<String> topics = ChannelCatalogue.SUBSYSTEMS.stream()
                .map(subsystem -> "rig.channels." + subsystem)
                .toList();
        try (Race race = new Race("slices", broker, input, input.sliced(), topics)) {
            race.enter(new Race.Entrant(OURS, Kind.SLICES_SHIPPED, plan.sliceMessages(), Map.of()), folder, plan.jvm());
            race.enter(new Race.Entrant("loop", Kind.SLICES_LOOP, plan.sliceMessages(), Map.of()), folder, plan.jvm());
            return new Result("slices", race.run(plan.warmUps(), plan.rounds()), Map.of());
        }
    }

    /**
     * The route as shipped beside itself with one setting changed, for each of the plan's.
     *
     * @return for JSON
     */
    Map<String, Object> settings() throws Exception {
        Map<String, Object> json = new LinkedHashMap<>();
        withInput((folder, broker, input, conditions) -> {
            try (Race race = new Race("settings", broker, input, input.routed(), Rule.topics())) {
                race.enter(new Race.Entrant(OURS, Kind.ROUTER_SHIPPED, plan.messages(), Map.of()), folder, plan.jvm());
                for (String set : plan.different()) {
                    race.enter(
                            new Race.Entrant(set, Kind.ROUTER_SHIPPED, plan.messages(), changed(set)),
                            folder,
                            plan.jvm());
                }
                Result result = new Result("settings", race.run(plan.warmUps(), plan.rounds()), Map.of());
                result.print();
                json.putAll(result.toJson());
                json.putAll(conditions);
            }
        });
        return json;
    }

    /** {@code a=1,b=2}: settings that are changed together. */
    private static Map<String, String> changed(String set) {
        Map<String, String> settings = new LinkedHashMap<>();
        Arrays.stream(set.split(",")).map(pair -> pair.split("=", 2)).forEach(pair -> settings.put(pair[0], pair[1]));
        return settings;
    }

    private interface Work {
        void with(Path folder, BenchBroker broker, Input input, Map<String, Object> conditions) throws Exception;
    }

    private void withInput(Work work) throws Exception {
        Map<String, Object> conditions = Bench.machine();
        Path folder = Files.createTempDirectory(Bench.FOLDER.toAbsolutePath(), "router-");
        try (BenchBroker broker = BenchBroker.start(folder.resolve("broker"), plan.jvm())) {
            System.err.printf(Locale.ROOT, "writing %,d messages to rig.telemetry%n", plan.messages());
            Input input = Input.write(
                    broker,
                    plan.messages(),
                    AppSettings.producer(AppSettings.load(broker.bootstrapServers(), Map.of())));
            conditions.put("jvm", String.join(" ", plan.jvm()));
            conditions.put("warmUps", plan.warmUps());
            conditions.put("rounds", plan.rounds());
            conditions.put("messages", input.messages());
            conditions.put("messageBytes", input.bytes() / input.messages());
            conditions.put("recordsPerTopic", input.routed().perTopic());
            describe(conditions);
            work.with(folder, broker, input, conditions);
        }
        delete(folder);
    }

    private void describe(Map<String, Object> conditions) {
        System.out.printf(
                Locale.ROOT,
                """
                %,d messages of %,d bytes of %d rigs in 8 partitions; the same for all, checked record by record
                %d rounds after %d of warm-up; rates from 10 %% to 95 %% of a round's records in the output topics
                %s, %s cores, %s each, load average before %.1f
                """,
                (Long) conditions.get("messages"),
                (Long) conditions.get("messageBytes"),
                TwentyKilobytes.RIGS,
                plan.rounds(),
                plan.warmUps(),
                conditions.get("java"),
                conditions.get("cores"),
                conditions.get("jvm"),
                (Double) conditions.get("loadAverageBefore"));
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path path : all) {
            try {
                Files.delete(path);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + path, e);
            }
        }
    }
}
