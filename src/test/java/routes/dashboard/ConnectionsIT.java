package routes.dashboard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limits on connections, before a real server with much shorter times. */
class ConnectionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<HttpServerRequest> unanswered = new CopyOnWriteArrayList<>();
    private HttpServer server;

    private void serve(Duration toAsk, Duration toAnswer) {
        Connections connections = new Connections(vertx, toAsk, toAnswer);
        server = connections
                .server(new HttpServerOptions())
                .requestHandler(request -> {
                    connections.asked(request);
                    if (request.path().equals("/slow")) {
                        unanswered.add(request);
                    } else {
                        request.response().end("answer");
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Socket open(String sent) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.actualPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        sockets.add(socket);
        socket.getOutputStream().write(sent.getBytes(US_ASCII));
        return socket;
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private Asked ask() throws IOException {
        return Asked.of(URI.create("http://127.0.0.1:" + server.actualPort()), "GET", "/");
    }

    @Test
    void whoSendsNothingOrHalfARequestKeepsNobodyOut() throws Exception {
        serve(LONG, LONG);

        for (int i = 0; i < 10 * Connections.MOST; i++) {
            open(i % 2 == 0 ? "" : "GET / HT");
            assertThat(ask().text()).isEqualTo("answer");
        }
        long closed = 0;
        for (Socket socket : sockets.subList(0, 9 * Connections.MOST)) {
            closed += isClosed(socket) ? 1 : 0;
        }
        assertThat(closed).isEqualTo(9L * Connections.MOST);
    }

    @Test
    void noMoreRequestsAreInHandThanThereMayBeConnections() throws Exception {
        serve(LONG, LONG);

        for (int i = 1; i <= Connections.MOST; i++) {
            open("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            int inHand = i;
            Awaitility.await().atMost(PATIENCE).until(() -> unanswered.size() == inHand);
        }

        assertThat(isClosed(open(""))).isTrue();
        assertThat(isClosed(open("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))).isTrue();
        unanswered.forEach(request -> request.response().end("answer"));
        Awaitility.await("others are let in again").atMost(PATIENCE).until(() -> ask().text()
                .equals("answer"));
    }

    @Test
    void whoTakesNoAnswerKeepsNobodyOut() throws Exception {
        serve(SHORT, LONG);
        List<Socket> slow = new ArrayList<>();
        for (int i = 1; i <= Connections.MOST; i++) {
            slow.add(open("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"));
            int inHand = i;
            Awaitility.await().atMost(PATIENCE).until(() -> unanswered.size() == inHand);
        }

        Awaitility.await("somebody else is let in")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> ask().text().equals("answer"));
        assertThat(isClosed(slow.get(0))).isTrue();
    }

    @Test
    void whoSendsItsRequestLittleByLittleIsCutOff() throws Exception {
        serve(SHORT, LONG);
        Socket slow = open("GET / HTTP/1.1\r\nX: ");

        Awaitility.await().atMost(PATIENCE).pollInterval(SHORT.dividedBy(10)).until(() -> {
            try {
                slow.getOutputStream().write('x');
                return false;
            } catch (SocketException cutOff) {
                return true;
            }
        });
    }

    @Test
    void whoAsksNothingMoreIsCutOffAndSoIsWhoIsNotAnswered() throws Exception {
        serve(SHORT, SHORT);
        Socket idle = open("");
        Socket answered = open("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Socket waiting = open("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(isClosed(idle)).isTrue();
        assertThat(new String(answered.getInputStream().readAllBytes(), US_ASCII))
                .endsWith("answer");
        assertThat(isClosed(waiting)).isTrue();
    }
}
