package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import routes.application.EditedRoutes;
import routes.application.TestApplication;
import routes.faults.Saves.Due;
import routes.faults.Saves.Save;
import routes.reload.ReloadMonitorMXBean;

/** Files of routes saved again and again, rightly and wrongly, while the rigs send; and what is left of many swaps. */
@Tag("faults")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class SwapStormIT {
    private static final Form FORM = Form.chosen();
    private static final int SAVES = FORM.wholeCommands() ? 1_000 : 44;
    private static final int SWAPS = FORM.wholeCommands() ? 200 : 20;
    private static final long SEED = 20_261_121;
    private static final String FLAG = "rigs/flag-message.camel.yaml";
    private static final String FLAG_FRONT = "rigs/flag-telemetry.camel.yaml";
    private static final MBeanServer MBEANS = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path data;

    @TempDir
    Path folder;

    private final List<Double> seconds = new ArrayList<>();
    private final Map<String, Integer> made = new TreeMap<>();
    private Evidence evidence;
    private ReloadMonitorMXBean reload;

    @Test
    void whateverIsSavedNothingIsLostOrReordered() throws Exception {
        EditedRoutes routes = new EditedRoutes(folder);
        Saves saves = new Saves(routes, SEED);
        String asItRan;
        try (TestApplication app = start(FORM.rigs())) {
            evidence.awaitMore(Evidence.ACTIVITY, FORM.rigs());
            while (made.values().stream().mapToInt(Integer::intValue).sum() < SAVES || !saves.isWhole()) {
                Save save = make(saves::next);
                if (save.due() == Due.REJECTED) {
                    make(saves::mend);
                }
            }
            evidence.awaitMore(Evidence.ACTIVITY, FORM.rigs());
            evidence.awaitCaughtUp();
            Findings findings = OwnAudit.of(app.bootstrapServers(), evidence);
            asItRan = dump();
            publish(findings);

            assertThat(findings.problems()).isEmpty();
            assertThat(findings.lost()).as("lost, seed %d", SEED).isZero();
            assertThat(findings.reordered()).as("reordered, seed %d", SEED).isZero();
            assertThat(findings.unverifiable()).as("unverifiable").isZero();
            assertThat(findings.telemetry().byRig()).hasSize(FORM.rigs());
            assertThat(reload.getFailed()).isZero();
        }
        assertThat(made.keySet()).contains("edited", "mended", "renamed", "deleted", "restored");
        assertThat(made.keySet().stream().filter(what -> what.startsWith("wrong")))
                .hasSize(Saves.waysOfBeingWrong());
        try (TestApplication fresh = start(0)) {
            fresh.awaitReadiness(200);
            assertThat(dump()).as("as after a fresh start").isEqualTo(asItRan);
        }
    }

    private interface Making {
        Save make() throws Exception;
    }

    /** Makes one and waits for what has to come of it; everything else must stay as it was. */
    private Save make(Making making) throws Exception {
        long swapped = reload.getSwapped();
        long rejected = reload.getRejected();
        long begin = System.nanoTime();
        Save save = making.make();
        String circumstances = save + " with seed " + SEED + " after " + made + ": " + reload.getProblems();
        evidence.await(circumstances, () -> switch (save.due()) {
            case SWAPPED -> reload.getSwapped() > swapped;
            case REJECTED -> reload.getRejected() > rejected;
            case NOTHING -> reload.getRejectedFiles().isEmpty();
        });
        if (save.due() == Due.SWAPPED) {
            seconds.add((System.nanoTime() - begin) / 1e9);
        }
        made.merge(save.what(), 1, Integer::sum);
        assertThat(reload.getSwapped()).as(circumstances).isEqualTo(swapped + (save.due() == Due.SWAPPED ? 1 : 0));
        assertThat(reload.getRejected()).as(circumstances).isEqualTo(rejected + (save.due() == Due.REJECTED ? 1 : 0));
        return save;
    }

    /** What there is of each kind must not become more with the number of swaps. */
    @Test
    void swapsLeaveNothingBehind() throws Exception {
        EditedRoutes routes = new EditedRoutes(folder);
        try (TestApplication app = start(0)) {
            swap(routes, 0, 10);
            Map<String, Long> before = resources(app);
            swap(routes, 10, SWAPS / 2);
            Map<String, Long> between = resources(app);
            swap(routes, 10 + SWAPS / 2, SWAPS / 2);
            Map<String, Long> after = resources(app);
            System.out.println("swaps (" + FORM.name() + "): before " + before + "; after " + SWAPS / 2 + " " + between
                    + "; after " + SWAPS + " " + after);

            // Threads of pools come and go with their work; what leaks does so with each swap.
            for (String kind : List.of("threads", "clients", "MBeans", "meters")) {
                assertThat(after.get(kind)).as(kind).isLessThanOrEqualTo(before.get(kind) + 12);
            }
            // Camel's health remembers, per connection, the routes that it saw last.
            assertThat(after.get("routes")).as("routes").isLessThanOrEqualTo(before.get("routes") + 8);
            assertThat(after.get("policies and listeners"))
                    .as("policies and listeners")
                    .isLessThanOrEqualTo(before.get("policies and listeners") + 8);
            assertThat(after.get("heap kB")).as("heap kB").isLessThan(before.get("heap kB") + 30_000);
        }
    }

    private void swap(EditedRoutes routes, int from, int count) throws Exception {
        for (int i = from; i < from + count; i++) {
            String file = i % 2 == 0 ? FLAG : FLAG_FRONT;
            String text = routes.builtIn(file).replaceFirst("description: ", "description: " + i + " ");
            make(() -> {
                routes.write(file, text);
                return new Save("edited", Due.SWAPPED);
            });
        }
    }

    private static Map<String, Long> resources(TestApplication app) throws Exception {
        // Camel's health looks at each consumer, and remembers it.
        app.awaitReadiness(200);
        Map<String, Long> resources = new LinkedHashMap<>();
        resources.put("clients", (long) names("kafka.*:type=app-info,*"));
        resources.put("MBeans", (long) names("org.apache.camel:*"));
        resources.put("meters", app.samples("(rig|camel)_.*"));
        String histogram = (String) MBEANS.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
        resources.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
        resources.put("routes", sum(histogram, 1, " org\\.apache\\.camel\\.processor\\.RoutePipeline"));
        resources.put(
                "policies and listeners",
                sum(histogram, 1, " org\\.apache\\.camel\\..*(RoutePolicy|HttpServerUtil.*)"));
        resources.put("objects of Camel", sum(histogram, 1, " org\\.apache\\.camel\\..*"));
        resources.put("heap kB", sum(histogram, 2, ".*") / 1_000);
        return resources;
    }

    private static int names(String pattern) throws Exception {
        return MBEANS.queryNames(new ObjectName(pattern), null).size();
    }

    /** Of a column of a class histogram, over the classes that match; it counts live objects only. */
    private static long sum(String histogram, int column, String classes) {
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(cells -> cells.length >= 4 && cells[0].endsWith(":") && (" " + cells[3]).matches(classes))
                .mapToLong(cells -> Long.parseLong(cells[column]))
                .sum();
    }

    private TestApplication start(int rigs) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("rigs.count", Integer.toString(rigs));
        settings.put("rigs.period", FORM.period().toMillis() + "ms");
        settings.put("routes.dir", folder.toString());
        TestApplication app = TestApplication.start(data, settings);
        reload = JMX.newMXBeanProxy(MBEANS, new ObjectName("routes:type=Reload"), ReloadMonitorMXBean.class);
        evidence = new Evidence(app.bootstrapServers(), FORM.patience(), () -> reload.getProblems()
                .toString());
        return app;
    }

    /** All routes as Camel has them. */
    private static String dump() throws Exception {
        ObjectName context = MBEANS.queryNames(new ObjectName("org.apache.camel:type=context,*"), null)
                .iterator()
                .next();
        String xml = (String) MBEANS.invoke(context, "dumpRoutesAsXml", null, null);
        // Without the ids that Camel counts up for what has none.
        List<String> routes = Pattern.compile("<route .*?</route>", Pattern.DOTALL)
                .matcher(xml.replaceAll(" id=\"[a-zA-Z]+\\d+\"", ""))
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
        assertThat(routes).hasSizeGreaterThan(10);
        return String.join("\n", routes);
    }

    private void publish(Findings findings) throws Exception {
        Collections.sort(seconds);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("form", FORM.name());
        figures.put("rigs", FORM.rigs());
        figures.put("saves", made);
        figures.put("messages", findings.telemetry().all().size());
        figures.put("copies", findings.routed());
        figures.put("lost", findings.lost());
        figures.put("reordered", findings.reordered());
        figures.put("doubled", findings.doubled(Instant.EPOCH, Instant.now()));
        figures.put("secondsFromSaveToRunning", Map.of("p50", at(0.5), "p95", at(0.95), "max", at(1)));
        String json = new ObjectMapper()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .writeValueAsString(figures);
        System.out.println("swap storm: " + json);
        Path kept = Files.createDirectories(Path.of("target", "faults"));
        Files.writeString(kept.resolve("swap-storm.json"), json);
    }

    private double at(double quantile) {
        int index = (int) Math.ceil(quantile * seconds.size()) - 1;
        return Math.round(seconds.get(Math.max(0, index)) * 100) / 100.0;
    }
}
