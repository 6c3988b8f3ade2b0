package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import routes.FreePort;

/** The network of the fault tests does what it is told: in front of a server that sends back what it gets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TcpProxyTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private ServerSocket echo;
    private TcpProxy network;
    private int port;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 10, LOOPBACK);
        Thread server = new Thread(this::serve);
        server.setDaemon(true);
        server.start();
        port = FreePort.next();
        network = new TcpProxy(port, echo.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        network.close();
        echo.close();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                Thread thread = new Thread(() -> answer(client));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException reset) {
            // What some tests want.
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(LOOPBACK, port);
        socket.setSoTimeout(500);
        return socket;
    }

    private static String ask(Socket socket, String question) throws IOException {
        socket.getOutputStream().write(question.getBytes());
        byte[] answer = socket.getInputStream().readNBytes(question.length());
        if (answer.length < question.length()) {
            throw new SocketException("ended");
        }
        return new String(answer);
    }

    @Test
    void passes() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket, "hello")).isEqualTo("hello");
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(network.passed()).isEqualTo(10);
        assertThat(network.swallowed()).isZero();
    }

    @Test
    void cutsAndTakesNoConnectionUntilItIsMended() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, "hello");
            network.cut();

            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> ask(socket, "hello"));
            assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
        }
        network.pass();
        try (Socket socket = connect()) {
            assertThat(ask(socket, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void resetsAndTakesNewConnections() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, "hello");
            network.reset();

            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> ask(socket, "hello"));
            assertThat(network.ended()).isEqualTo(1);
        }
        try (Socket socket = connect()) {
            assertThat(ask(socket, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void swallowsAndResetsWhatHasAHoleOnceItIsMended() throws IOException {
        network.swallow();
        try (Socket socket = connect()) {
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> ask(socket, "hello"));
            assertThat(network.swallowed()).isEqualTo(5);
            assertThat(network.passed()).isZero();

            network.pass();

            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> ask(socket, "hello"));
        }
    }

    @Test
    void swallowsAnswersOnly() throws IOException {
        network.swallowAnswers();
        try (Socket socket = connect()) {
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> ask(socket, "hello"));

            assertThat(network.passed()).isEqualTo(5);
            assertThat(network.swallowed()).isEqualTo(5);
        }
    }

    @Test
    void slowsDown() throws IOException {
        network.slow(1_000);
        try (Socket socket = connect()) {
            socket.setSoTimeout(20_000);
            long from = System.nanoTime();

            ask(socket, "x".repeat(500));

            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void endsTheOtherSideWhenNobodyIsThere() throws IOException {
        echo.close();

        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            try (Socket socket = connect()) {
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                    if (socket.getInputStream().read() < 0) {
                        throw new IOException("ended");
                    }
                });
            }
        });
    }
}
