package routes.dashboard;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API with which a running instance is operated.
 *
 * <pre>
 * GET  /api/routes             all routes
 * GET  /api/routes/{id}        one of them, with its YAML
 * POST /api/routes/{id}/stop   lets it finish what it has begun, and stops it
 * POST /api/routes/{id}/start  starts it
 * POST /api/routes/{id}/rewind/{to}  has it go on from another place in its topic, once it is started
 * </pre>
 *
 * Every answer is JSON; what is refused has {@code {"error": "a sentence"}}. Who may ask has been seen to by {@link Gate}, before Camel had
 * the request.
 *
 * <p>A Java route, not YAML, since users are not meant to edit it: who may stop a route is not a matter of taste, and the
 * route that serves the requests cannot be replaced by one of them.
 */
final class RoutesApi extends RouteBuilder {
    static final String ID = "serve-routes";

    private static final Logger LOG = LoggerFactory.getLogger(RoutesApi.class);
    private static final String PATH = "/api/routes";

    private final MeterRegistry meters;
    private final GroupLags lags;
    private final Map<String, Object> kafka;
    private RunningRoutes routes;

    /** @param kafka how a client reaches the cluster */
    RoutesApi(MeterRegistry meters, GroupLags lags, Map<String, Object> kafka) {
        this.meters = meters;
        this.lags = lags;
        this.kafka = kafka;
    }

    @Override
    public void configure() {
        routes = new RunningRoutes(getContext(), ID, meters, lags, kafka);
        from("platform-http:" + PATH + "?matchOnUriPrefix=true")
                .routeId(ID)
                .routeDescription("Serves the API with which routes are listed, stopped and started")
                .process(this::serve)
                .marshal()
                .json(JsonLibrary.Jackson);
    }

    private void serve(Exchange exchange) {
        HttpMessage message = exchange.getMessage(HttpMessage.class);
        Answer answer = answer(message.getRequest());
        // Whatever stands among the headers would be sent back: those of the request.
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        answer.headers().forEach(message::setHeader);
        message.setBody(answer.body());
    }

    private Answer answer(HttpServerRequest asked) {
        try {
            Request request = Request.of(asked);
            return handle(request, segments(request.path()));
        } catch (RefusedException e) {
            return e.answer();
        } catch (Exception e) {
            LOG.error("{} {} failed", asked.method(), Request.plain(asked.uri()), e);
            return Answer.error(500, "this failed: " + e + "; the log says more");
        }
    }

    private Answer handle(Request request, List<String> segments) throws Exception {
        String what = segments.size() > 1 ? segments.get(1) : "";
        boolean rewinds = what.equals("rewind") && segments.size() == 3;
        boolean changes = rewinds || segments.size() == 2 && (what.equals("stop") || what.equals("start"));
        if (segments.size() > 1 && !changes) {
            throw new RefusedException(
                    404,
                    "nothing is served at " + request.path() + "; expected " + PATH + ", " + PATH + "/{id}, " + PATH
                            + "/{id}/stop, " + PATH + "/{id}/start or " + PATH + "/{id}/rewind/{to}");
        }
        requireMethod(request, changes ? "POST" : "GET");
        if (segments.isEmpty()) {
            return Answer.ok(Map.of("routes", routes.all()));
        }
        String id = segments.get(0);
        if (rewinds) {
            return Answer.ok(rewind(request, id, segments.get(2)));
        }
        return Answer.ok(changes ? change(request, what, id) : routes.one(id));
    }

    private Change change(Request request, String what, String id) throws Exception {
        Change change = what.equals("stop") ? routes.stop(id) : routes.start(id);
        LOG.info(
                "{} of route {} by {}: {} -> {} in {} s{}",
                what,
                id,
                request.client(),
                change.was(),
                change.state(),
                change.seconds(),
                change.finished() ? "" : "; what it had begun was not finished and is read again");
        return change;
    }

    private Rewound rewind(Request request, String id, String to) {
        Rewound rewound = routes.rewind(id, to);
        LOG.info("rewind of route {} to {} by {}: {}", id, Request.plain(to), request.client(), rewound.partitions());
        return rewound;
    }

    private static void requireMethod(Request request, String expected) {
        if (!request.method().equals(expected)) {
            throw new RefusedException(Answer.error(
                    405,
                    request.method() + " is not served at " + request.path() + "; expected " + expected,
                    "Allow",
                    expected));
        }
    }

    /** What follows {@code /api/routes}, decoded. */
    private static List<String> segments(String path) {
        String rest = path.substring(Math.min(PATH.length(), path.length()));
        if (!path.startsWith(PATH) || !rest.isEmpty() && !rest.startsWith("/")) {
            throw new RefusedException(404, "nothing is served at " + path + "; expected " + PATH);
        }
        String[] segments = rest.replaceFirst("^/", "").split("/");
        return rest.length() < 2
                ? List.of()
                : List.of(segments).stream().map(RoutesApi::decoded).toList();
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
