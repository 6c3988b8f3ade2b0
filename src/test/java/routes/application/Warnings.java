package routes.application;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class warns of, from making this to closing it. */
public final class Warnings implements AutoCloseable {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AbstractAppender appender;

    private Warnings(Logger logger) {
        this.logger = logger;
        this.appender = new AbstractAppender("warnings", null, null, false, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                if (event.getLevel().isMoreSpecificThan(Level.WARN)) {
                    StringWriter trace = new StringWriter();
                    if (event.getThrown() != null) {
                        event.getThrown().printStackTrace(new PrintWriter(trace, true));
                    }
                    texts.add(event.getMessage().getFormattedMessage() + trace);
                }
            }
        };
        appender.start();
        logger.addAppender(appender);
    }

    /** Those of all loggers that write anything, with their stack traces. */
    public static Warnings ofAll() {
        return new Warnings((Logger) LogManager.getRootLogger());
    }

    public static Warnings of(Class<?> type) {
        return new Warnings((Logger) LogManager.getLogger(type));
    }

    public List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public void close() {
        logger.removeAppender(appender);
        appender.stop();
    }
}
