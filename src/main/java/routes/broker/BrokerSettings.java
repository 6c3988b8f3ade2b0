package routes.broker;

import java.nio.file.Path;

/**
 * Where the embedded broker lies and listens. It always listens on the loopback address alone, because it knows no
 * authentication.
 *
 * @param folder everything the broker keeps; made if it does not exist
 * @param port what clients connect to; 0 means any free one
 * @param portMayGiveWay whether the next free port may be taken instead when {@code port} is in use
 */
public record BrokerSettings(Path folder, int port, boolean portMayGiveWay) {
    /** The port of Kafka. */
    public static final int DEFAULT_PORT = 9092;

    public BrokerSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + ": expected 0 to 65535");
        }
        folder = folder.toAbsolutePath().normalize();
    }
}
