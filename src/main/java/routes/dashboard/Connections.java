package routes.dashboard;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The open connections of one HTTP server: no more than some, none for long without a request, and no request for long
 * without an answer. Who opens many and sends nothing, or little by little, keeps nobody out: when there are too many, the
 * one that has been waiting longest for a request makes room.
 */
final class Connections {
    /** Each has one request at a time at most, so this bounds those as well. */
    static final int MOST = 32;

    private final Vertx vertx;
    private final Duration toAsk;
    private final Duration toAnswer;
    /** With the timer of each; the longest waiting first. */
    private final Map<HttpConnection, Long> waiting = new LinkedHashMap<>();

    private final Map<HttpConnection, Long> answering = new HashMap<>();

    /**
     * @param toAsk from the opening, or the end of an answer, until the head of the next request is whole
     * @param toAnswer from there until the body of the request has come and the answer has been taken
     */
    Connections(Vertx vertx, Duration toAsk, Duration toAnswer) {
        this.vertx = vertx;
        this.toAsk = toAsk;
        this.toAnswer = toAnswer;
    }

    /** A new server with these limits, which has yet to be given what {@linkplain #asked is asked}. */
    HttpServer server(HttpServerOptions options) {
        // HTTP/2 allows many requests on a connection; and while Vert.x waits to learn which it is, we know of no
        // connection.
        return vertx.createHttpServer(options.setHttp2ClearTextEnabled(false)).connectionHandler(this::opened);
    }

    private synchronized void opened(HttpConnection connection) {
        if (waiting.size() + answering.size() >= MOST && !makeRoom()) {
            connection.close();
            return;
        }
        connection.closeHandler(closed -> forget(connection));
        waiting.put(connection, closeIn(toAsk, connection));
    }

    private boolean makeRoom() {
        Optional<HttpConnection> longest = waiting.keySet().stream().findFirst();
        longest.ifPresent(connection -> {
            forget(connection);
            connection.close();
        });
        return longest.isPresent();
    }

    void asked(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        move(connection, waiting, answering, toAnswer);
        request.response().endHandler(answered -> move(connection, answering, waiting, toAsk));
    }

    private synchronized void move(
            HttpConnection connection, Map<HttpConnection, Long> from, Map<HttpConnection, Long> to, Duration time) {
        Long timer = from.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
            to.put(connection, closeIn(time, connection));
        }
    }

    private long closeIn(Duration time, HttpConnection connection) {
        return vertx.setTimer(time.toMillis(), over -> connection.close());
    }

    private synchronized void forget(HttpConnection connection) {
        Stream.of(waiting.remove(connection), answering.remove(connection))
                .filter(Objects::nonNull)
                .forEach(vertx::cancelTimer);
    }
}
