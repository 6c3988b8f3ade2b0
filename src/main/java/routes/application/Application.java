package routes.application;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.component.micrometer.MicrometerConstants;
import routes.archive.ArchiveTap;
import routes.dashboard.Api;
import routes.dashboard.HttpServers;
import routes.flow.Closing;
import routes.flow.Flow;
import routes.flow.FlowContext;
import routes.flow.Flows;
import routes.flow.RunningFlow;
import routes.kafka.BatchHealth;
import routes.kafka.BatchInHand;
import routes.kafka.BatchWatch;
import routes.kafka.Batches;
import routes.kafka.CommitPolicy;
import routes.kafka.ConsumerTroubles;
import routes.kafka.KafkaClients;
import routes.kafka.KafkaCluster;
import routes.kafka.KafkaLogin;
import routes.kafka.RouteMeters;
import routes.settings.Settings;
import routes.settings.UnreachableException;

/**
 * The running application: the broker if it is embedded, the flows, and their routes in their Camel context. Made by
 * {@link #start}, which returns when all of it runs; ended by {@link #close}, after which none of it does.
 */
public final class Application implements AutoCloseable {
    private final Settings settings;
    private final Closing closing = new Closing();
    private final Map<String, String> endpoints = new LinkedHashMap<>();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Clock clock = Clock.systemUTC();
    private final ConsumerTroubles troubles = new ConsumerTroubles(meters);
    private final KafkaClients clients;
    private Cluster cluster;
    private final List<RunningFlow> flows = new ArrayList<>();
    private final Set<String> entries = new HashSet<>();
    private ArchiveTap archive;
    private CamelRuntime camel;

    private Application(Settings settings) {
        this.settings = settings;
        this.clients = new KafkaClients(
                meters,
                new CommitPolicy(settings.integer("commit.max-records"), settings.duration("commit.interval")),
                troubles);
    }

    /**
     * @throws routes.settings.ConfigurationException if it cannot start with these settings; whatever had been started
     *     is stopped again
     */
    public static Application start(Settings settings) throws Exception {
        Application application = new Application(settings);
        try {
            application.start();
            return application;
        } catch (Exception | Error e) {
            application.close();
            throw e;
        }
    }

    private void start() throws Exception {
        closing.add("meters", meters::close);
        List<Flow> chosen = Flows.chosen(settings);
        Api api = Api.of(settings);
        HttpServers servers = closing.add("HTTP servers", HttpServers.of(settings, api));
        Stores stores = new Stores(settings).checked();
        cluster = closing.add("Kafka", Cluster.open(settings));
        describe(servers, api, stores);
        closing.add("Kafka clients", clients);
        RouteMeters routeMeters = new RouteMeters(meters, clock);
        FlowContext context = new FlowContext(settings, routeMeters, meters, clock);
        for (Flow flow : chosen) {
            flows.add(closing.add("flow " + flow.name(), flow.start(context, cluster.client())));
            entries.addAll(flow.entries());
        }
        archive = closing.add("archive", Archives.tap(settings, stores.archive(), meters, clock));
        closing.add("archive watch", new ArchiveWatch(archive));
        closing.add("archive keep", Archives.keep(settings, stores.archive(), meters, clock));
        camel = closing.add("routes", new CamelRuntime(settings));
        camel.bind(MicrometerConstants.METRICS_REGISTRY_NAME, meters);
        stores.blobClient().ifPresent(client -> camel.bind("archive-blob-client", client));
        camel.bind("consumer-times", new ConsumerTimes(meters));
        camel.bind("kafka-clients", new KafkaLogin(clients, cluster.bootstrapServers(), settings.kafkaLogin()));
        camel.bind("batch-in-hand", new BatchInHand());
        Batches batches = RouteBeans.batches(settings);
        closing.add("batch watch", new BatchWatch(batches, settings.maxPollInterval()));
        camel.bind("batch-health", new TroubleHealth("batches", new BatchHealth(batches, troubles)::trouble));
        camel.bind("archive-health", new TroubleHealth("archive", archive::trouble));
        RouteBeans beans = RouteBeans.forRecords(settings, stores, batches, routeMeters, clock)
                .andArchive(archive);
        flows.forEach(flow -> beans.and(flow.steps()));
        beans.byName().forEach(camel::bind);
        camel.serve(servers, api.routes(meters, cluster.client()));
        closing.add("API", api);
        RouteReload routes = new RouteReload(
                settings, Routes.check(settings, beans.byName(), cluster::unknownTopics), meters, clock);
        closing.add("watch over the routes", routes);
        camel.bind("reload-health", new TroubleHealth("reload", routes::trouble));
        camel.start(cluster.bootstrapServers(), routes.texts());
        routes.started(camel.routes());
        api.announce(camel.context());
    }

    private void describe(HttpServers servers, Api api, Stores stores) {
        String observe = servers.observationUrl();
        endpoints.putAll(cluster.endpoints());
        endpoints.put("API", api.url() + "/api/routes");
        endpoints.put("metrics", observe + "/metrics");
        endpoints.put("health", observe + "/observe/health/live and /observe/health/ready");
        endpoints.put(
                "data", settings.path("data.dir").toAbsolutePath().normalize().toString());
        endpoints.put("archive", Archives.described(settings, stores.archive()));
        endpoints.put(
                "routes",
                settings.optionalPath("routes.dir")
                        .map(folder -> folder.toAbsolutePath().normalize()
                                + (settings.flag("routes.watch") ? ", watched: what is saved there runs" : ""))
                        .orElse("built in"));
    }

    /** What it serves and where its data lies: a name and an address or folder each, in the order to be printed. */
    public Map<String, String> endpoints() {
        return new LinkedHashMap<>(endpoints);
    }

    /** What it has done so far. */
    public Snapshot snapshot() {
        return Snapshots.of(meters, entries, flows, clients);
    }

    /** The sources fall silent: nothing new is sent; what is being sent is finished by {@link #close}. */
    public void stopGenerating() throws Exception {
        for (RunningFlow flow : flows) {
            for (String route : flow.sources()) {
                camel.stopRoute(route);
            }
        }
    }

    /**
     * Waits until what the sources have sent is acknowledged, and every consumer group of the running routes has committed
     * all that stands in its topic; the archive's has read it, and {@link #close} puts it into files.
     *
     * @return false if it did not come to that within {@code patience}
     */
    public boolean awaitCaughtUp(Duration patience) throws Exception {
        long until = System.nanoTime() + patience.toNanos();
        try (KafkaCluster kafka = new KafkaCluster(cluster.client(), Duration.ofSeconds(5))) {
            while (!flows.stream().allMatch(RunningFlow::isQuiet) || !isCaughtUp(kafka)) {
                if (System.nanoTime() > until) {
                    return false;
                }
                Thread.sleep(100);
            }
        }
        return true;
    }

    private boolean isCaughtUp(KafkaCluster kafka) {
        try {
            return camel.lag(kafka, archive) == 0;
        } catch (UnreachableException noAnswer) {
            return false; // nobody knows; the next look may tell
        }
    }

    /** Tells {@code owner} if the application can no longer work and should be stopped, with the reason. */
    public void onFailure(Consumer<String> owner) {
        cluster.broker()
                .ifPresent(broker ->
                        broker.onFatal(cause -> owner.accept("the embedded Kafka has stopped: " + cause.getMessage())));
        flows.forEach(flow -> flow.onFailure(owner));
    }

    /** Lets the routes finish what they have begun, then stops everything; within 10 seconds. */
    @Override
    public void close() {
        closing.close();
    }
}
