package routes.cli;

import java.util.Set;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.apache.logging.log4j.core.appender.rolling.CompositeTriggeringPolicy;
import org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.appender.rolling.TimeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import routes.settings.ConfigurationException;
import routes.settings.Settings;

/** Puts what the settings say of logging into effect, on top of {@code log4j2.xml}. */
final class Logging {
    private static final String OURS = "routes";
    private static final String CONSOLE = "console";
    private static final String FILE_SIZE = "100MB";
    private static final String FILES = "10";

    private Logging() {}

    /** @throws ConfigurationException if the file cannot be written */
    static void apply(Settings settings) {
        settings.optionalPath("log.file").ifPresent(file -> writeTo(file.toString()));
        Configurator.setLevel(OURS, Level.valueOf(settings.text("log.level")));
        settings.list("log.levels").stream()
                .sorted() // a logger before those below it
                .map(level -> level.split("="))
                .forEach(level -> Configurator.setAllLevels(level[0], Level.valueOf(level[1])));
    }

    /** For a command that says itself, in one sentence, when Kafka cannot be reached. */
    static void keepKafkaQuiet() {
        Configurator.setAllLevels("org.apache.kafka", Level.ERROR);
    }

    /** For a command that says itself what is wrong with a route. */
    static void keepCamelQuiet() {
        Configurator.setAllLevels("org.apache.camel", Level.ERROR);
    }

    /** While a case makes steps fail, that they do is not worth a word; faults still are. */
    static <T> T withoutWarnings(Supplier<T> work) {
        Level before = LogManager.getLogger(OURS).getLevel();
        Configurator.setLevel(OURS, Level.ERROR);
        try {
            return work.get();
        } finally {
            Configurator.setLevel(OURS, before);
        }
    }

    /** From now on no line that is written has any of these texts; a file that is added writes with the console's layout. */
    static void mask(Set<String> secrets) {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Configuration configuration = context.getConfiguration();
        Appender plain = configuration.getAppender(CONSOLE);
        Appender masked = ConsoleAppender.newBuilder()
                .setName(CONSOLE)
                .setConfiguration(configuration)
                .setTarget(ConsoleAppender.Target.SYSTEM_ERR)
                .setLayout(new MaskedLayout(configuration, (StringLayout) plain.getLayout(), secrets))
                .build();
        masked.start();
        // Of two with one name the first would stay.
        ((AbstractConfiguration) configuration).removeAppender(CONSOLE);
        configuration.addAppender(masked);
        configuration.getRootLogger().addAppender(masked, null, null);
        context.updateLoggers();
    }

    private static void writeTo(String file) {
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        Configuration configuration = context.getConfiguration();
        Appender appender = rolling(configuration, file);
        if (appender == null) {
            throw new ConfigurationException("log.file=" + file + ": cannot be written; expected a file that can");
        }
        appender.start();
        configuration.addAppender(appender);
        configuration.getRootLogger().addAppender(appender, null, null);
        context.updateLoggers();
    }

    private static Appender rolling(Configuration configuration, String file) {
        return RollingFileAppender.newBuilder()
                .setName("file")
                .setConfiguration(configuration)
                .setLayout(configuration.getAppender(CONSOLE).getLayout())
                .withFileName(file)
                .withFilePattern(file + ".%d{yyyy-MM-dd}.%i")
                .withPolicy(CompositeTriggeringPolicy.createPolicy(
                        TimeBasedTriggeringPolicy.newBuilder().build(),
                        SizeBasedTriggeringPolicy.createPolicy(FILE_SIZE)))
                .withStrategy(DefaultRolloverStrategy.newBuilder()
                        .withMax(FILES)
                        .withConfig(configuration)
                        .build())
                .build();
    }
}
