package routes.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import routes.application.Application;
import routes.settings.Settings;

/**
 * The application itself, with its own YAML, beans, settings, meters and MBeans, but without rigs, and with no other
 * routes than those named, so that they are not in each other's way.
 */
final class Shipped implements Contender {
    private final Settings settings;
    private Application application;

    /**
     * @param routes resources of the class path
     * @param different settings that are not as shipped
     */
    Shipped(String bootstrapServers, Path folder, List<String> routes, Map<String, String> different)
            throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("routes.dir", copy(routes, folder.resolve("routes")).toString());
        all.put("data.dir", folder.resolve("data").toString());
        all.putAll(different);
        this.settings = AppSettings.load(bootstrapServers, all);
    }

    private static Path copy(List<String> resources, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String resource : resources) {
            try (InputStream yaml = Shipped.class.getClassLoader().getResourceAsStream(resource)) {
                Files.copy(
                        Objects.requireNonNull(yaml, resource),
                        folder.resolve(Path.of(resource).getFileName()));
            }
        }
        return folder;
    }

    @Override
    public void start() throws Exception {
        application = Application.start(settings);
    }

    @Override
    public void stop() {
        application.close();
    }
}
