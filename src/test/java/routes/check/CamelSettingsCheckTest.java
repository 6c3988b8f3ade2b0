package routes.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.application.Routes;
import routes.settings.Given;
import routes.settings.Settings;

/** What is set for Camel itself is held against the catalogue, and found at its own place. */
class CamelSettingsCheckTest {
    @TempDir
    private Path folder;

    @Test
    void everyWrongSettingIsNamedAtItsPlaceInTheFile() throws IOException {
        Path file = folder.resolve("application.properties");
        Files.writeString(
                file,
                """
                # mine
                camel.component.kafka.linger-ms=abc
                camel.component.kafka.lingrMs=4
                camel.component.kafak.lingerMs=4
                camel.component.kafka.compressionCodec = gzp
                camel.component.kafka.pollTimeoutMs=soon
                camel.component.kafka.additionalProperties.linger.ms=5
                camel.component.kafka.enableIdempotence=yess
                camel.main.shutdwnTimeout=5
                camel.threadpool.config[pipeline].pool-size=1
                camel.component.kafka.saslJaasConfig=anything
                camel.main.shutdownTimeout=five
                """);

        assertThat(problems())
                .extracting(
                        problem -> problem.toString().substring(file.toString().length() + 1))
                .containsExactly(
                        "2:33: camel.component.kafka.lingerMs: its value is 'abc'; expected a whole number",
                        "3:31: camel.component.kafka.lingrMs: the component kafka has no option 'lingrMs'; expected one of"
                                + " 127 others; the nearest name is lingerMs",
                        "4:32: camel.component.kafak.lingerMs: there is no component 'kafak'; expected one of 4 others;"
                                + " the nearest name is kafka",
                        "5:42: camel.component.kafka.compressionCodec: its value is 'gzp'; expected one of gzip, lz4,"
                                + " none, snappy, zstd; the nearest name is gzip",
                        "6:37: camel.component.kafka.pollTimeoutMs: its value is 'soon'; expected a time in milliseconds,"
                                + " or as in 500ms, 5s or 1m30s",
                        "8:41: camel.component.kafka.enableIdempotence: its value is 'yess'; expected true or false",
                        "9:27: camel.main.shutdwnTimeout: Camel has no setting of this name; expected one of 423 others;"
                                + " the nearest name is camel.main.shutdownTimeout",
                        "12:28: camel.main.shutdownTimeout: its value is 'five'; expected a whole number");
    }

    /** The line is not shown either: it could hold a secret. */
    @Test
    void aSecretIsNotShown() throws IOException {
        Files.writeString(
                folder.resolve("application.properties"), "camel.component.kafka.lingerMs={{env:LINGER_SECRET}}\n");

        assertThat(problems())
                .singleElement()
                .asString()
                .endsWith(":1:32: camel.component.kafka.lingerMs: its value is not usable; expected a whole number");
    }

    private List<RouteProblem> problems() {
        Settings settings =
                Settings.load(new Given("embedded", Map.of("LINGER_SECRET", "hush"), List.of(folder), List.of()));
        return Routes.check(settings).problems(BuiltInRoutes.ofThisProgram().texts());
    }
}
