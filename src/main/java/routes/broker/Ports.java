package routes.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import routes.settings.ConfigurationException;

/** Chooses the port that the broker listens on. */
final class Ports {
    static final String LOOPBACK = "127.0.0.1";
    /** How many ports after a taken one are tried. */
    static final int TRIES = 20;

    private Ports() {}

    /**
     * The port to listen on: the one asked for, or, where it may give way, the first free one of the next
     * {@value #TRIES}. 0 stays 0.
     *
     * @throws ConfigurationException if none of them is free
     */
    static int choose(int port, boolean mayGiveWay) {
        if (isFree(port)) {
            return port;
        }
        if (!mayGiveWay) {
            throw new ConfigurationException("Port " + port + " on " + LOOPBACK
                    + " for the embedded Kafka is in use by another program; stop that program or set another port.");
        }
        int last = Math.min(port + TRIES, 65535);
        return IntStream.rangeClosed(port + 1, last)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new ConfigurationException("Ports " + port + " to " + last + " on " + LOOPBACK
                        + " for the embedded Kafka are all in use; set another port."));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
