package routes.dashboard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RouteController;
import routes.check.CheckedResource;
import routes.kafka.GroupRewind;
import routes.kafka.KafkaCluster;
import routes.kafka.RewindPoint;
import routes.settings.ConfigurationException;
import routes.settings.Nearest;

/** The routes of a running Camel context, the API's own left out: what they do, and how they are stopped and started. */
final class RunningRoutes {
    private final CamelContext camel;
    private final String own;
    private final MeterRegistry meters;
    private final GroupLags lags;
    private final Map<String, Object> kafka;

    /**
     * @param own the id of the route that is not to be operated, since it serves the requests to do so
     * @param kafka how a client reaches the cluster
     */
    RunningRoutes(CamelContext camel, String own, MeterRegistry meters, GroupLags lags, Map<String, Object> kafka) {
        this.camel = camel;
        this.own = own;
        this.meters = meters;
        this.lags = lags;
        this.kafka = kafka;
    }

    /** All of them, by id; those that do not run as well. */
    List<RouteInfo> all() {
        return routes().stream().map(this::info).toList();
    }

    /** @throws RefusedException if there is no such route */
    RouteInfo one(String id) {
        Route route = find(id);
        return info(route).withYaml(text(route));
    }

    /**
     * Lets a route finish what it has begun, and stops it. A route that does not run is left alone.
     *
     * @throws RefusedException if there is no such route
     */
    synchronized Change stop(String id) throws Exception {
        return change(id, ServiceStatus.Stopped, RouteController::stopRoute);
    }

    /**
     * Starts a route; a Kafka consumer goes on behind what its group has committed. A route that runs is left alone.
     *
     * @throws RefusedException if there is no such route
     */
    synchronized Change start(String id) throws Exception {
        return change(id, ServiceStatus.Started, RouteController::startRoute);
    }

    /**
     * Has a route that does not run go on from another place in its topics, once it is started.
     *
     * @throws RefusedException if there is no such route or place, or it reads no topic, or still reads
     */
    synchronized Rewound rewind(String id, String to) {
        if (!(find(id).getEndpoint() instanceof KafkaEndpoint endpoint)) {
            throw new RefusedException(
                    409, "route " + id + " reads no topic; expected one that does, and hands its records to this one");
        }
        if (!status(id).isStopped()) {
            throw new RefusedException(
                    409, "route " + id + " is " + status(id) + "; expected it to be stopped first: routes stop " + id);
        }
        KafkaConfiguration consumer = endpoint.getConfiguration();
        try (KafkaCluster cluster = new KafkaCluster(kafka)) {
            Stream<String> topics = consumer.isTopicIsPattern()
                    ? cluster.names().stream().filter(name -> name.matches(consumer.getTopic()))
                    : Stream.of(consumer.getTopic().split("\\s*,\\s*"));
            RewindPoint point = RewindPoint.parse(to, Clock.systemUTC());
            return Rewound.of(
                    id,
                    consumer.getGroupId(),
                    GroupRewind.move(cluster, consumer.getGroupId(), topics.toList(), point));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, e.getMessage());
        } catch (IllegalStateException e) {
            throw new RefusedException(409, e.getMessage());
        } catch (ConfigurationException e) {
            throw new RefusedException(503, e.getMessage());
        }
    }

    private interface Step {
        void apply(RouteController controller, String id) throws Exception;
    }

    private Change change(String id, ServiceStatus wanted, Step step) throws Exception {
        find(id);
        ServiceStatus was = status(id);
        if (was == wanted) {
            return new Change(id, was.name(), was.name(), false, true, 0);
        }
        long begun = System.nanoTime();
        step.apply(camel.getRouteController(), id);
        boolean finished =
                wanted == ServiceStatus.Started || !camel.getShutdownStrategy().isTimeoutOccurred();
        return new Change(
                id, was.name(), status(id).name(), true, finished, (System.nanoTime() - begun) / 1_000_000 / 1e3);
    }

    private List<Route> routes() {
        return camel.getRoutes().stream()
                .filter(route -> !route.getId().equals(own))
                .sorted(Comparator.comparing(Route::getId))
                .toList();
    }

    private Route find(String id) {
        List<Route> routes = routes();
        return routes.stream()
                .filter(route -> route.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        404,
                        "there is no route '" + id + "'"
                                + Nearest.to(
                                                id,
                                                routes.stream()
                                                        .map(Route::getId)
                                                        .toList())
                                        .map(near -> "; the nearest is " + near)
                                        .orElse("")));
    }

    private ServiceStatus status(String id) {
        return camel.getRouteController().getRouteStatus(id);
    }

    private RouteInfo info(Route route) {
        KafkaConfiguration kafka =
                route.getEndpoint() instanceof KafkaEndpoint endpoint ? endpoint.getConfiguration() : null;
        boolean named = kafka != null && !kafka.isTopicIsPattern();
        ServiceStatus status = status(route.getId());
        return new RouteInfo(
                route.getId(),
                route.getDescription(),
                file(route),
                status.name(),
                from(route),
                kafka == null ? null : kafka.getTopic(),
                kafka == null || named ? null : true,
                kafka == null ? null : kafka.getGroupId(),
                named ? lags.of(kafka.getGroupId(), kafka.getTopic()) : null,
                exchanges(route.getId()),
                records(route.getId()),
                status.isStarted() ? route.getUptimeMillis() / 1e3 : 0,
                null);
    }

    /** Options are left out, as one of them may be a password. */
    private static String from(Route route) {
        return route.getEndpoint()
                .getEndpointBaseUri()
                .replaceFirst("\\?.*$", "")
                .replaceFirst("://", ":");
    }

    private static String file(Route route) {
        Resource resource = route.getSourceResource();
        return resource == null ? null : resource.getLocation().replaceFirst("^(.*!/|(classpath|file):(//)?)", "");
    }

    private static String text(Route route) {
        Resource resource = route.getSourceResource();
        if (resource == null) {
            return null;
        }
        if (resource instanceof CheckedResource checked) {
            return checked.written();
        }
        try (InputStream in = resource.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RefusedException(
                    410, "the file " + file(route) + " of route " + route.getId() + " cannot be read any more: " + e);
        }
    }

    private RouteInfo.Exchanges exchanges(String id) {
        ManagedCamelContext managed = camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        ManagedRouteMBean route = managed == null ? null : managed.getManagedRoute(id);
        try {
            return route == null
                    ? null
                    : new RouteInfo.Exchanges(
                            route.getExchangesTotal(), route.getExchangesFailed(), route.getExchangesInflight());
        } catch (Exception e) {
            throw new IllegalStateException("Camel does not tell what route " + id + " was given", e);
        }
    }

    private Map<String, Long> records(String id) {
        Map<String, Long> byOutcome = new TreeMap<>();
        for (Counter counter : meters.find("rig.records").tag("route", id).counters()) {
            byOutcome.merge(counter.getId().getTag("outcome"), (long) counter.count(), Long::sum);
        }
        return byOutcome.isEmpty() ? null : byOutcome;
    }
}
