package routes.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import routes.settings.ConfigurationException;

/** Reads {@code meta.properties}, by which Kafka knows a folder as one of its own. */
final class MetaPropertiesCheck {
    private static final String VERSION = "1";

    private final Path file;
    private final Properties properties;

    private MetaPropertiesCheck(Path file, Properties properties) {
        this.file = file;
        this.properties = properties;
    }

    /** @throws ConfigurationException if the file is damaged, or of a version or node that is not this broker's */
    static void of(Path file) throws IOException {
        new MetaPropertiesCheck(file, read(file)).check();
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            properties.load(reader);
            return properties;
        } catch (IllegalArgumentException malformedEscape) {
            throw DataFolder.damaged(file.getParent(), file.getFileName() + " is not a properties file");
        }
    }

    private void check() {
        String version = value("version");
        if (!version.equals(VERSION)) {
            throw DataFolder.otherVersion(
                    file.getParent(), file.getFileName() + " has version " + version + ", expected " + VERSION);
        }
        value("cluster.id");
        String node = value("node.id");
        if (!node.equals(String.valueOf(BrokerConfig.NODE_ID))) {
            throw damaged("has node.id " + node + ", expected " + BrokerConfig.NODE_ID);
        }
    }

    private String value(String key) {
        String value = properties.getProperty(key, "").strip();
        if (value.isEmpty()) {
            throw damaged("has no " + key);
        }
        return value;
    }

    private ConfigurationException damaged(String what) {
        return DataFolder.damaged(file.getParent(), file.getFileName() + " " + what);
    }
}
