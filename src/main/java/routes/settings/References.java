package routes.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts values in the place of references: <code>{{key}}</code> of another setting, <code>{{env:NAME}}</code> of a
 * variable or of the file that {@code NAME_FILE} names, <code>{{host:key}}</code> of an Event Hubs namespace's host.
 * What refers to a secret is one.
 */
final class References {
    /**
     * A setting's final text.
     *
     * @param secret whether it must not be shown
     * @param usable false if a reference led nowhere, which has been reported
     */
    record Resolved(String text, boolean secret, boolean usable) {}

    private static final Pattern REFERENCE = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final String EVENT_HUBS = ".servicebus.windows.net";

    private final Map<String, Entry> entries;
    private final Map<String, String> environment;
    private final Predicate<String> isSecret;
    private final List<String> problems;
    private final Map<String, Resolved> resolved = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> secretVariables = new HashSet<>();

    /** @param problems to which what cannot be resolved is added, a sentence each */
    References(Layers layers, Map<String, String> environment, List<String> problems) {
        this.entries = layers.entries();
        this.isSecret = layers::isSecret;
        this.environment = environment;
        this.problems = problems;
    }

    Resolved resolve(String key) {
        Resolved known = resolved.get(key);
        if (known != null) {
            return known;
        }
        open.add(key);
        Resolved result = replaceAll(key, entries.get(key));
        open.remove(key);
        resolved.put(key, result);
        return result;
    }

    private Resolved replaceAll(String key, Entry entry) {
        boolean secret = isSecret.test(key);
        boolean usable = true;
        StringBuilder text = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(entry.text());
        while (matcher.find()) {
            Resolved target = follow(matcher.group(1).strip(), key, entry.source());
            secret |= target.secret();
            usable &= target.usable();
            matcher.appendReplacement(text, Matcher.quoteReplacement(quoted(key, target.text())));
        }
        matcher.appendTail(text);
        return new Resolved(text.toString(), secret, usable);
    }

    /** In a JAAS configuration values stand in quotation marks. */
    private static String quoted(String key, String value) {
        boolean jaas = key.toLowerCase(Locale.ROOT).replace(".", "").endsWith("jaasconfig");
        return jaas ? value.replace("\\", "\\\\").replace("\"", "\\\"") : value;
    }

    private Resolved follow(String reference, String key, String source) {
        if (reference.startsWith("env:")) {
            return variable(reference.substring(4), key, source);
        }
        boolean host = reference.startsWith("host:");
        String target = host ? reference.substring(5) : reference;
        if (!entries.containsKey(target)) {
            return unusable(key + " (from " + source + "): there is no setting {{" + target + "}} to refer to");
        }
        if (open.contains(target)) {
            return unusable(key + " (from " + source + "): refers to itself through " + String.join(", ", open));
        }
        Resolved found = resolve(target);
        return host ? new Resolved(host(found.text()), found.secret(), found.usable()) : found;
    }

    private static String host(String namespace) {
        return namespace.isEmpty() || namespace.contains(".") ? namespace : namespace + EVENT_HUBS;
    }

    private Resolved variable(String name, String key, String source) {
        String value = environment.getOrDefault(name, "");
        String file = environment.getOrDefault(name + Layers.FILE, "");
        Optional<String> found = Optional.of(value).filter(v -> !v.isEmpty());
        if (found.isEmpty() && file.isEmpty()) {
            return unusable(name + " is not set in the environment: " + key + " (from " + source + ") needs it;"
                    + " set it, or set " + name + "_FILE to a file that holds it");
        }
        String text = found.or(() -> content(file)).map(String::strip).orElse(null);
        if (text == null) {
            return unusable(name + "_FILE=" + file + " (from the environment): expected a readable text file");
        }
        if (text.isEmpty() || text.contains("{{")) {
            return unusable((found.isPresent() ? name : name + "_FILE=" + file)
                    + " (from the environment): empty, or with '{{' in it, which a setting cannot hold");
        }
        if (isSecret.test(key)) {
            secretVariables.add(text);
        }
        return new Resolved(text, false, true);
    }

    /** What secrets were made of: the values of variables and files, as they are. */
    Set<String> secretVariables() {
        return secretVariables;
    }

    private static Optional<String> content(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Resolved unusable(String problem) {
        problems.add(problem);
        return new Resolved("", false, false);
    }
}
