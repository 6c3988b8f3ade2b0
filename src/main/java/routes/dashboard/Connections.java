package routes.dashboard;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The open connections of one HTTP server: no more than some, none for long without a request, and no request for long
 * without an answer. Who opens many and sends nothing, or little by little, or takes no answer, keeps nobody out: when
 * there are too many, the one that has been waiting longest for a request makes room, or else the one whose answer has
 * been under way longest, if that is long.
 */
final class Connections {
    /** Each has one request at a time at most, so this bounds those as well. */
    static final int MOST = 32;

    private final Vertx vertx;
    private final Duration toAsk;
    private final Duration toAnswer;
    /** The longest waiting first. */
    private final Map<HttpConnection, Since> waiting = new LinkedHashMap<>();

    /** The longest answering first. */
    private final Map<HttpConnection, Since> answering = new LinkedHashMap<>();

    /**
     * @param nanos when it began
     * @param timer that ends it
     */
    private record Since(long nanos, long timer) {
        boolean isOver(Duration time) {
            return System.nanoTime() - nanos > time.toNanos();
        }
    }

    /**
     * @param toAsk from the opening, or the end of an answer, until the head of the next request is whole; an answer may
     *     take longer only as long as nobody lacks the connection
     * @param toAnswer from there until the answer has been taken
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
        Optional<HttpConnection> longest = waiting.keySet().stream().findFirst().or(() -> answering.entrySet().stream()
                .findFirst()
                .filter(first -> first.getValue().isOver(toAsk))
                .map(Map.Entry::getKey));
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
            HttpConnection connection, Map<HttpConnection, Since> from, Map<HttpConnection, Since> to, Duration time) {
        Since before = from.remove(connection);
        if (before != null) {
            vertx.cancelTimer(before.timer());
            to.put(connection, closeIn(time, connection));
        }
    }

    private Since closeIn(Duration time, HttpConnection connection) {
        return new Since(System.nanoTime(), vertx.setTimer(time.toMillis(), over -> connection.close()));
    }

    private synchronized void forget(HttpConnection connection) {
        Stream.of(waiting.remove(connection), answering.remove(connection))
                .filter(Objects::nonNull)
                .forEach(since -> vertx.cancelTimer(since.timer()));
    }
}
