package routes.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The topics that routes read: those they name, and those that their patterns match. */
public final class ReadTopics implements Predicate<String> {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

    private final Set<String> names = new HashSet<>();
    private final List<Pattern> patterns = new ArrayList<>();

    /**
     * Of files that are wrong, what can be read.
     *
     * @throws java.util.regex.PatternSyntaxException if a route's pattern is none
     */
    public static ReadTopics of(List<RouteText> texts, Properties settings) {
        ReadTopics topics = new ReadTopics();
        Problems problems = new Problems(texts);
        for (RouteText text : texts) {
            YamlReader.read(text, problems).ifPresent(file -> file.routes().forEach(route -> {
                Endpoint from = Endpoint.of(route.path("from"));
                if (from.isKafka()) {
                    Endpoint.Option pattern = from.options().get("topicIsPattern");
                    topics.add(
                            resolved(from.path(), settings),
                            pattern != null
                                    && resolved(pattern.text(), settings).equalsIgnoreCase("true"));
                }
            }));
        }
        return topics;
    }

    private static String resolved(String text, Properties settings) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        settings.getProperty(found.group(1).strip(), "")));
    }

    /** @param topics as in a route: separated by commas, or one regular expression */
    public void add(String topics, boolean pattern) {
        if (pattern) {
            patterns.add(Pattern.compile(topics));
        } else {
            names.addAll(Arrays.asList(topics.strip().split("\\s*,\\s*")));
        }
    }

    @Override
    public boolean test(String topic) {
        return names.contains(topic)
                || patterns.stream().anyMatch(pattern -> pattern.matcher(topic).matches());
    }
}
