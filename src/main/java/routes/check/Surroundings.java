package routes.check;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/**
 * What there is for routes to refer to.
 *
 * @param beans that routes may use, by name
 * @param settings all of them, with their values
 * @param secrets the keys of those whose value must not be taken into a route
 * @param ownSettings the user's own settings, each with the place where it was set
 * @param camelSettings the keys of what is set for Camel itself, each with the place where it was set
 * @param channels all names that a condition may use
 * @param topics all topics of the catalogue and of the settings
 * @param unknownTopics says which of the names it is given are no topics
 * @param allowed what routes may use besides the {@link Vocabulary}; {@code class} for class names
 * @param reserved ids of routes that are not those of files
 * @param functions makes what conditions can say known to a context
 */
public record Surroundings(
        Map<String, ?> beans,
        Properties settings,
        Set<String> secrets,
        Map<String, String> ownSettings,
        Map<String, String> camelSettings,
        Set<String> channels,
        Set<String> topics,
        UnaryOperator<Set<String>> unknownTopics,
        Set<String> allowed,
        Set<String> reserved,
        Consumer<CamelContext> functions) {
    private static final Pattern THREAD_POOL = Pattern.compile("camel\\.threadpool\\.config\\[([^\\]]+)].*");

    /** The names of the thread pools that the settings describe. */
    Set<String> threadPools() {
        return settings.stringPropertyNames().stream()
                .map(THREAD_POOL::matcher)
                .filter(Matcher::matches)
                .map(pool -> pool.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of all that can run the records of a split. */
    Set<String> executors() {
        Set<String> names = threadPools();
        beans.forEach((name, bean) -> {
            if (bean instanceof ExecutorService) {
                names.add(name);
            }
        });
        return names;
    }

    /** The value of a setting as text, null if there is none. */
    String setting(String key) {
        return settings.getProperty(key);
    }
}
