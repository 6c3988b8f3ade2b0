package routes.dashboard;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import routes.settings.Ports;
import routes.settings.Settings;

/**
 * The HTTP servers of this process, by port, with a gate before each. What is let in is passed to Camel without the headers
 * that it has no use for: they would be taken for its own.
 *
 * <p>Camel's two servers have no setting for any of this and make the options of Vert.x themselves. But they take a Vert.x
 * that they are given, so it is there that each new server gets its limits and its gate.
 */
public final class HttpServers implements AutoCloseable {
    private static final Duration TO_ASK = Duration.ofSeconds(30);
    private static final Duration TO_ANSWER = Duration.ofMinutes(5);
    private static final Duration TO_CLOSE = Duration.ofSeconds(5);
    private static final int EVENT_LOOPS = 2;
    private static final Set<String> PASSED_ON =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "accept", "user-agent");

    private final Map<Integer, Gate> gates;
    private final Map<String, String> forCamel;
    private final String observation;
    private final Vertx vertx;

    private HttpServers(Map<Integer, Gate> gates, Map<String, String> forCamel, String observation) {
        this.gates = gates;
        this.forCamel = forCamel;
        this.observation = observation;
        // Workers for all requests that there can be: those to one server cannot hold up the other's.
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(gates.size() * Connections.MOST));
    }

    /**
     * The API's server, and that of metrics and health.
     *
     * @throws routes.settings.ConfigurationException if the port that the user has set is taken
     */
    public static HttpServers of(Settings settings, Api api) {
        String host = settings.text("observe.host");
        int port = Ports.chooseKnown(
                "metrics and health", host, settings.integer("observe.port"), settings.isDefault("observe.port"));
        List<Token> tokens = Stream.of("observe.token", "api.token")
                .map(settings::text)
                .filter(text -> !text.isEmpty())
                .map(Token::of)
                .toList();
        Map<String, String> forCamel = new LinkedHashMap<>(api.forCamel());
        forCamel.putAll(observation(host, port));
        return new HttpServers(
                Map.of(api.port(), api.gate(), port, Gate.ofObservation(settings, tokens)),
                forCamel,
                Ports.url(host, port));
    }

    /** Paths and answers of metrics and health; users may not set any of it, or they could open it to everybody. */
    private static Map<String, String> observation(String host, int port) {
        return Map.of(
                "camel.management.enabled", "true",
                "camel.management.host", host,
                "camel.management.port", Integer.toString(port),
                "camel.management.healthCheckEnabled", "true",
                "camel.management.metricsEnabled", "true");
    }

    /** What Camel is to be told of its servers, besides {@link #vertx}. */
    public Map<String, String> forCamel() {
        return forCamel;
    }

    /** Where metrics and health are served, without a path. */
    public String observationUrl() {
        return observation;
    }

    /** For Camel, in place of one that it would make. */
    public Vertx vertx() {
        return instead(Vertx.class, vertx, "createHttpServer", options -> server((HttpServerOptions) options));
    }

    private HttpServer server(HttpServerOptions options) {
        Connections connections = new Connections(vertx, TO_ASK, TO_ANSWER);
        HttpServer server = connections.server(options);
        return instead(
                HttpServer.class,
                server,
                "requestHandler",
                camel -> server.requestHandler(request -> {
                    connections.asked(request);
                    serve(request, (Router) camel);
                }));
    }

    private void serve(HttpServerRequest request, Handler<HttpServerRequest> camel) {
        // Camel's own filter keeps Cache-Control back.
        request.response().putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        try {
            gates.get(request.localAddress().port()).admit(Request.of(request));
            requireNoBody(request.headers());
        } catch (RefusedException e) {
            refuse(request, e.answer());
            return;
        }
        MultiMap headers = request.headers();
        Set.copyOf(headers.names()).stream()
                .filter(name -> !PASSED_ON.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(headers::remove);
        camel.handle(request);
    }

    /** Who sends one little by little would hold a place among the few that there are. */
    private static void requireNoBody(MultiMap headers) {
        boolean empty = headers.getAll("Content-Length").stream().allMatch("0"::equals);
        if (!empty || headers.contains("Transfer-Encoding")) {
            throw new RefusedException(413, "nothing here takes a body; expected none");
        }
    }

    /** And closes the connection: nobody will read what may follow of the request. */
    private static void refuse(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response().setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close")
                .end(Json.encode(answer.body()))
                .onComplete(sent -> request.connection().close());
    }

    /** What a thing does, but for one method with one argument. */
    private static <T> T instead(Class<T> type, T thing, String method, Function<Object, Object> other) {
        InvocationHandler handler = (self, called, arguments) -> {
            if (called.getName().equals(method) && arguments != null && arguments.length == 1) {
                return other.apply(arguments[0]);
            }
            try {
                return called.invoke(thing, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TO_CLOSE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
