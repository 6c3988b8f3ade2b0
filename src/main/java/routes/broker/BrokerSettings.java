package routes.broker;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import routes.settings.ConfigurationException;

/**
 * Where the embedded broker lies and listens. It always listens on the loopback address alone, because it knows no
 * authentication.
 *
 * @param folder everything the broker keeps; made if it does not exist
 * @param port what clients connect to; 0 means any free one
 * @param portMayGiveWay whether the next free port may be taken instead when {@code port} is in use
 * @param advertised the address, host:port, that clients are told to come back to, where it is not the broker's own
 */
public record BrokerSettings(Path folder, int port, boolean portMayGiveWay, Optional<String> advertised) {
    /** The port of Kafka. */
    public static final int DEFAULT_PORT = 9092;

    private static final Pattern ADDRESS = Pattern.compile("[^\\s:,/]+:\\d{1,5}");

    /** @throws ConfigurationException if the advertised address is none */
    public BrokerSettings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + ": expected 0 to 65535");
        }
        advertised.filter(address -> !ADDRESS.matcher(address).matches()).ifPresent(address -> {
            throw new ConfigurationException("broker.advertised=" + address + " is no address; expected host:port.");
        });
        folder = folder.toAbsolutePath().normalize();
    }

    /** As above, of a broker that clients reach at its own address. */
    public BrokerSettings(Path folder, int port, boolean portMayGiveWay) {
        this(folder, port, portMayGiveWay, Optional.empty());
    }
}
