package routes.settings;

import java.util.List;

/**
 * The application cannot start with what it was told: one sentence per problem, each saying what was found, what was
 * expected, where, and what to do. The command line prints them all and ends with exit code 78.
 */
public class ConfigurationException extends RuntimeException {
    private final transient List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public ConfigurationException(String problem) {
        this(List.of(problem));
    }

    public List<String> problems() {
        return problems;
    }
}
