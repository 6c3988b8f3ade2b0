package routes.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import routes.dashboard.InstanceFiles;
import routes.settings.Ports;
import routes.settings.Settings;

/** The options by which a command finds the running instance that it talks to. */
final class InstanceOptions {
    /** Where an instance answers unless it was told otherwise. */
    private static final int USUAL_PORT = 8080;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "Where the instance answers, as in http://127.0.0.1:8080. Default: where the one with the"
                    + " data.dir of these settings says that it does.")
    private URI url;

    @Mixin
    private SettingsOptions settings;

    /** Takes what stands before a path. */
    static final class UrlConverter implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                URI given = new URI(text);
                if (given.getHost() != null && String.valueOf(given.getScheme()).matches("https?")) {
                    return new URI(given.getScheme(), given.getAuthority(), null, null, null);
                }
            } catch (URISyntaxException e) {
                throw new TypeConversionException("'" + text + "' is not a URL: " + e.getReason());
            }
            throw new TypeConversionException("'" + text + "' is not a URL as in http://127.0.0.1:8080");
        }
    }

    /** @throws routes.settings.ConfigurationException if a setting is unusable */
    InstanceClient open() {
        Settings loaded = settings.load();
        Path data = loaded.path("data.dir");
        URI instance = url == null ? URI.create(InstanceFiles.url(data).orElseGet(usual(loaded))) : url;
        return new InstanceClient(instance, token(loaded, data, instance));
    }

    /** The instance with this data folder; empty if it does not say where it answers, or not any more. */
    static Optional<InstanceClient> known(Settings settings) {
        Path data = settings.path("data.dir");
        return InstanceFiles.url(data)
                .map(URI::create)
                .map(instance -> new InstanceClient(instance, token(settings, data, instance)));
    }

    private static Supplier<String> usual(Settings settings) {
        int port = settings.integer("api.port");
        return () -> Ports.urlFromHere(settings.text("api.host"), port == 0 ? USUAL_PORT : port);
    }

    /** The token in the data folder is that of an instance on this machine, and is shown to no other. */
    private static Optional<String> token(Settings settings, Path data, URI instance) {
        String chosen = settings.text("api.token");
        if (!chosen.isEmpty()) {
            return Optional.of(chosen);
        }
        boolean known = InstanceFiles.url(data)
                .map(URI::create)
                .filter(own -> isSame(own, instance))
                .isPresent();
        return known ? InstanceFiles.token(data) : Optional.empty();
    }

    private static boolean isSame(URI one, URI other) {
        boolean sameHost = one.getHost().equals(other.getHost())
                || Ports.isLoopback(one.getHost()) && Ports.isLoopback(other.getHost());
        return sameHost && one.getPort() == other.getPort();
    }
}
