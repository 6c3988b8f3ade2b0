package routes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.settings.Given;
import routes.settings.Settings;

class LoggingTest {
    @TempDir
    private Path folder;

    @AfterEach
    void asBefore() {
        Configurator.reconfigure();
    }

    @Test
    void everyEventIsOneLineAtTheLevelsThatAreSet() throws IOException {
        Path file = folder.resolve("logs/app.log");
        Logger ours = LoggerFactory.getLogger("routes.rig.Fleet");
        Logger library = LoggerFactory.getLogger("org.apache.camel.Something");
        Logger another = LoggerFactory.getLogger("some.other.Library");

        Logging.apply(settings(
                "log.file", file.toString(), "log.level", "DEBUG", "log.levels", "org.apache.camel=INFO,some=ERROR"));
        ours.debug("two\nlines");
        ours.trace("too fine");
        ours.error("failed", new IllegalStateException("outer", new IOException("the cause")));
        library.info("as asked");
        library.debug("too fine");
        another.warn("too fine");

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) DEBUG Fleet two \\| lines");
        assertThat(lines.get(1))
                .contains(
                        "ERROR Fleet failed java.io.IOException: the cause | ",
                        "Wrapped by: java.lang.IllegalStateException: outer | at ");
        assertThat(lines.get(1)).doesNotEndWith("| ");
        assertThat(lines.get(2)).endsWith(" INFO  Something as asked");
    }

    @Test
    void noLineHasASecretInItsMessageItsExceptionOrItsName() throws IOException {
        Path file = folder.resolve("app.log");
        Logger library = LoggerFactory.getLogger("some.other.Library");
        Set<String> secrets = Set.of("pass-$1-word", "AccountKey=pass-$1-word", "line-of-a-key");

        Logging.mask(secrets);
        Logging.apply(settings("log.file", file.toString(), "log.levels", "some=TRACE"));
        library.trace("login with {} at {}", "pass-$1-word", "a.example");
        library.error(
                "failed",
                new IllegalStateException("AccountKey=pass-$1-word", new IOException("BEGIN\nline-of-a-key")));
        LoggerFactory.getLogger("some.pass-$1-word").warn("a name");

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(3).noneMatch(line -> secrets.stream().anyMatch(line::contains));
        assertThat(lines.get(0)).endsWith("login with ****** at a.example");
        assertThat(lines.get(1)).contains("IOException: BEGIN | ****** |", "IllegalStateException: ****** | at");
    }

    @Test
    void whatCouldDoSomethingToATerminalIsEscaped() throws IOException {
        Path file = folder.resolve("app.log");

        Logging.mask(Set.of());
        Logging.apply(settings("log.file", file.toString()));
        LoggerFactory.getLogger("routes.rig.Fleet").warn("{}", "a\u001b[31mb\u009b2Jc\u202ed\te");

        assertThat(Files.readAllLines(file)).singleElement().asString().endsWith("a\\u001b[31mb\\u009b2Jc\\u202ed\te");
    }

    @Test
    void aLineOfManyBlanksTakesNoLongerThanAnother() throws IOException {
        Path file = folder.resolve("app.log");
        Logging.apply(settings("log.file", file.toString()));

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> LoggerFactory.getLogger("routes.rig.Fleet")
                .warn("{}", " ".repeat(900_000)));
    }

    /** While Kafka is away its clients say so without end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.clients.NetworkClient",
                "org.apache.kafka.clients.producer.internals.Sender",
                "org.apache.camel.component.timer.TimerConsumer"
            })
    void whatIsSaidWithoutEndIsCutAndErrorsAreNot(String name) throws IOException {
        Path file = folder.resolve("app.log");
        Logger library = LoggerFactory.getLogger(name);

        Logging.apply(settings("log.file", file.toString()));
        for (int i = 0; i < 1_000; i++) {
            library.warn("Kafka is away");
        }
        library.error("this is another matter");

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSizeBetween(2, 12);
        assertThat(lines.get(0)).endsWith("Kafka is away");
        assertThat(lines.get(lines.size() - 1)).endsWith("this is another matter");
    }

    private static Settings settings(String... keysAndValues) {
        List<Given.Choice> chosen = new java.util.ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            chosen.add(new Given.Choice(keysAndValues[i], keysAndValues[i + 1], "--set"));
        }
        return Settings.load(new Given("embedded", Map.of(), List.of(), chosen));
    }
}
