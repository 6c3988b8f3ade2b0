package routes.dashboard;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import routes.settings.ConfigurationException;
import routes.settings.Ports;
import routes.settings.Settings;

/** The API of a running instance, as the settings have it: where it listens, and who may ask what. */
public final class Api implements AutoCloseable {
    /** The id of the route that serves it. */
    public static final String ROUTE = RoutesApi.ID;

    private static final String LARGEST_BODY = "65536";

    private final String host;
    private final int port;
    private final Path dataFolder;
    private final Optional<Token> chosen;
    private final Token token;
    private GroupLags lags;
    private InstanceFiles files;

    private Api(String host, int port, Path dataFolder, Optional<Token> chosen) {
        this.host = host;
        this.port = port;
        this.dataFolder = dataFolder;
        this.chosen = chosen;
        this.token = chosen.orElseGet(Token::random);
    }

    /** @throws ConfigurationException if the port that the user has set is taken */
    public static Api of(Settings settings) {
        String host = settings.text("api.host");
        int port = Ports.chooseKnown("the API", host, settings.integer("api.port"), settings.isDefault("api.port"));
        return new Api(
                host,
                port,
                settings.path("data.dir"),
                Optional.of(settings.text("api.token"))
                        .filter(text -> !text.isEmpty())
                        .map(Token::of));
    }

    public int port() {
        return port;
    }

    /** Where it answers, without a path. */
    public String url() {
        return Ports.url(host, port);
    }

    /** What Camel is to be told of the server. */
    Map<String, String> forCamel() {
        return Map.of(
                "camel.server.enabled",
                "true",
                "camel.server.host",
                host,
                "camel.server.port",
                Integer.toString(port),
                // No request has a body that is read, and Camel would write what a request uploads to disk.
                "camel.server.maxBodySize",
                LARGEST_BODY,
                "camel.server.fileUploadEnabled",
                "false");
    }

    Gate gate() {
        return Gate.ofApi(host, token);
    }

    /**
     * What it serves, for the Camel context whose routes are operated.
     *
     * @param kafka how a client reaches the cluster, to ask how far consumer groups are behind
     */
    public RoutesBuilder routes(MeterRegistry meters, Map<String, Object> kafka) {
        lags = new GroupLags(kafka);
        return new RoutesApi(meters, lags, kafka);
    }

    /**
     * Leaves word for the commands of this machine's user, once it answers.
     *
     * @throws ConfigurationException if the server did not get its port, or the data folder cannot be written
     */
    public void announce(CamelContext camel) {
        PlatformHttpEngine engine = camel.getRegistry()
                .lookupByNameAndType(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, PlatformHttpEngine.class);
        if (engine == null || engine.getServerPort() != port) {
            throw new ConfigurationException("Port " + port + " on " + host
                    + " for the API was taken by another program meanwhile; start again, or set another api.port.");
        }
        files = InstanceFiles.write(
                dataFolder, Ports.urlFromHere(host, port), chosen.isPresent() ? Optional.empty() : Optional.of(token));
    }

    @Override
    public void close() throws IOException {
        if (files != null) {
            files.close();
        }
        if (lags != null) {
            lags.close();
        }
    }
}
