package routes.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.IntStream;

/** Chooses the ports that the application listens on. */
public final class Ports {
    /** The address that only this machine reaches. */
    public static final String LOOPBACK = "127.0.0.1";
    /** How many ports after a taken one are tried. */
    static final int TRIES = 20;
    /** Below the ports that Linux, macOS and Windows give to clients and to who asks for any. */
    private static final int FREE_FROM = 20_000;

    private static final int FREE_TO = 32_000;
    private static final int FREE_TRIES = 1_000;

    private Ports() {}

    /**
     * The port to listen on: the one asked for, or, where it may give way, the first free one of the next
     * {@value #TRIES}. 0 stays 0.
     *
     * @param what listens there, as in {@code the embedded Kafka}
     * @throws ConfigurationException if none of them is free
     */
    public static int choose(String what, String host, int port, boolean mayGiveWay) {
        if (isFree(host, port)) {
            return port;
        }
        if (!mayGiveWay) {
            throw new ConfigurationException("Port " + port + " on " + host + " for " + what
                    + " is in use by another program; stop that program or set another port.");
        }
        int last = Math.min(port + TRIES, 65535);
        return IntStream.rangeClosed(port + 1, last)
                .filter(next -> isFree(host, next))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException("Ports " + port + " to " + last + " on " + host + " for "
                        + what + " are all in use; set another port."));
    }

    /**
     * As {@link #choose}, for a server that does not tell which port it took: instead of 0 one that is free now, and that
     * systems do not give to others by themselves until it is taken.
     *
     * @throws ConfigurationException if none of them is free
     */
    public static int chooseKnown(String what, String host, int port, boolean mayGiveWay) {
        int chosen = choose(what, host, port, mayGiveWay);
        if (chosen != 0) {
            return chosen;
        }
        return new SecureRandom()
                .ints(FREE_FROM, FREE_TO)
                .limit(FREE_TRIES)
                .filter(next -> isFree(host, next))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "No port from " + FREE_FROM + " to " + FREE_TO + " on " + host + " is free for " + what + "."));
    }

    /** Whether only this machine reaches a host; not if it is unknown. */
    public static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The address of an HTTP server, without a path. */
    public static String url(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The address by which this machine reaches an HTTP server that listens on a host, on every address for instance. */
    public static String urlFromHere(String host, int port) {
        return url(Set.of("0.0.0.0", "::").contains(host) ? LOOPBACK : host, port);
    }

    private static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
