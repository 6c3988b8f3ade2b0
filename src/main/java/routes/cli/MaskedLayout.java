package routes.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.layout.AbstractStringLayout;
import routes.kafka.FailureText;

/**
 * Another layout's lines, with a mask in place of every secret, in whatever message, exception or name it stands, and with
 * escapes in place of what could do something to a terminal.
 */
final class MaskedLayout extends AbstractStringLayout {
    static final String MASK = "******";

    private final StringLayout plain;
    private final List<String> secrets;

    MaskedLayout(Configuration configuration, StringLayout plain, Set<String> secrets) {
        super(configuration, plain.getCharset(), null, null);
        this.plain = plain;
        // One that is part of another would leave the rest of that one.
        this.secrets = secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    @Override
    public String toSerializable(LogEvent event) {
        String line = plain.toSerializable(event).toString();
        for (String secret : secrets) {
            line = line.replace(secret, MASK);
        }
        return FailureText.escaped(line, "\t\r\n");
    }
}
