package routes.settings;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the application was told: every setting with its checked value and where it comes from. Immutable.
 *
 * <p>The accessors take the keys of the built-in {@code application.properties} and throw
 * {@link IllegalArgumentException} for a key that is not declared there, or not with that type: a fault of the program.
 */
public final class Settings {
    private final String profile;
    private final Map<String, Value> values;
    private final List<String> warnings;
    private final Set<String> secretTexts;

    /** @param parsed null for Camel's settings and the user's own */
    private record Value(Object parsed, String text, String source, boolean secret) {}

    private Settings(String profile, Map<String, Value> values, List<String> warnings, Collection<String> variables) {
        this.profile = profile;
        this.values = values;
        this.warnings = List.copyOf(warnings);
        this.secretTexts = SecretTexts.of(Stream.concat(
                variables.stream(),
                values.values().stream().filter(Value::secret).map(Value::text)));
    }

    /** @throws ConfigurationException with a sentence for each thing that is wrong; none holds a secret */
    public static Settings load(Given given) {
        Catalogue catalogue = Catalogue.parse(Layers.builtIn("application.properties"));
        Layers layers = new Layers(catalogue, given);
        List<String> problems = new ArrayList<>(layers.problems());
        References references = new References(layers, given.environment(), problems);
        Map<String, Value> values = new LinkedHashMap<>();
        layers.entries().forEach((key, entry) -> {
            References.Resolved resolved = references.resolve(key);
            if (resolved.usable()) {
                parse(catalogue, key, entry, resolved, problems).ifPresent(value -> values.put(key, value));
            }
        });
        Settings settings = new Settings(given.profile(), values, layers.warnings(), references.secretVariables());
        problems.addAll(new Checks(settings).problems());
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }

    private static Optional<Value> parse(
            Catalogue catalogue, String key, Entry entry, References.Resolved resolved, List<String> problems) {
        Kind kind = catalogue.ours(key).map(Setting::kind).orElse(null);
        try {
            Object parsed = kind == null ? null : kind.parse(resolved.text());
            return Optional.of(new Value(parsed, resolved.text(), entry.source(), resolved.secret()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            String found = resolved.secret() ? key : key + "=" + resolved.text();
            problems.add(found + " (from " + entry.source() + "): expected " + kind.expected());
            return Optional.empty();
        }
    }

    /**
     * A duration as settings write it: {@code 500ms}, {@code 1s}, {@code 15m}, {@code 24h}, {@code 7d}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Duration parseDuration(String text) {
        return Kind.duration(text);
    }

    /** The profile these are of. */
    public String profile() {
        return profile;
    }

    /** What does not stop the start, but may be a mistake; one sentence each. */
    public List<String> warnings() {
        return warnings;
    }

    /** Where a setting's value comes from: {@code default}, {@code --set}, the environment with the variable, or a file. */
    public String source(String key) {
        return value(key).source();
    }

    /** Whether nobody has set it. */
    public boolean isDefault(String key) {
        return source(key).equals(Entry.BY_DEFAULT);
    }

    public String text(String key) {
        return typed(key, String.class);
    }

    public int integer(String key) {
        return typed(key, Integer.class);
    }

    public long longValue(String key) {
        return typed(key, Long.class);
    }

    public double decimal(String key) {
        return typed(key, BigDecimal.class).doubleValue();
    }

    public boolean flag(String key) {
        return typed(key, Boolean.class);
    }

    public Duration duration(String key) {
        return typed(key, Duration.class);
    }

    /** A size in bytes. */
    public long bytes(String key) {
        return typed(key, Long.class);
    }

    /** How long a consumer may take between two polls before its group gives its partitions to others. */
    public Duration maxPollInterval() {
        return millis(Checks.MAX_POLL_INTERVAL);
    }

    /** How long a consumer that died without a word keeps its place in its group. */
    public Duration sessionTimeout() {
        return millis(Checks.SESSION_TIMEOUT);
    }

    private Duration millis(String key) {
        return Duration.ofMillis(Long.parseLong(values.get(key).text()));
    }

    public Path path(String key) {
        return typed(key, Path.class);
    }

    /** A path that may be left empty. */
    public Optional<Path> optionalPath(String key) {
        return optional(key, Path.class);
    }

    /** A duration that may be left empty. */
    public Optional<Duration> optionalDuration(String key) {
        return optional(key, Duration.class);
    }

    /** A size in bytes that may be left empty. */
    public Optional<Long> optionalBytes(String key) {
        return optional(key, Long.class);
    }

    private <T> Optional<T> optional(String key, Class<T> type) {
        return value(key).parsed().equals("") ? Optional.empty() : Optional.of(typed(key, type));
    }

    /** The elements of a list, in the order in which they were given. */
    public List<String> list(String key) {
        return ((List<?>) typed(key, List.class))
                .stream().map(String.class::cast).toList();
    }

    /**
     * Everything for Camel, references resolved: its own settings, and ours, so that routes may refer to them. Without
     * secrets, but for those that only a component of Camel itself can use.
     *
     * @return a new copy
     */
    public Properties forCamel() {
        return properties(key -> !values.get(key).secret() || Catalogue.isCamel(key) && !KafkaClient.isLogin(key));
    }

    private Properties properties(Predicate<String> chosen) {
        Properties properties = new Properties();
        values.forEach((key, value) -> {
            if (chosen.test(key) && !(Catalogue.isCamel(key) && value.text().isEmpty())) {
                properties.setProperty(key, value.text());
            }
        });
        return properties;
    }

    /**
     * How any Kafka client reaches the cluster: address, encryption, login and time limits, as they are set for Camel's
     * component. Without {@code bootstrap.servers} in a profile with the embedded broker. Holds secrets: not to be printed.
     *
     * @return a new copy
     */
    public Map<String, Object> kafkaClient() {
        return KafkaClient.of(properties(Catalogue::isCamel), duration("kafka.wait"));
    }

    /**
     * What of the login to Kafka is secret, by Kafka's own names: passwords, keys, JAAS configurations. Camel is not told;
     * its Kafka clients are given it. Not to be printed.
     */
    public Map<String, Object> kafkaLogin() {
        Map<String, String> login = new HashMap<>();
        values.forEach((key, value) -> {
            if (value.secret() && !value.text().isEmpty() && KafkaClient.isLogin(key)) {
                login.put(key, value.text());
            }
        });
        return KafkaClient.login(login);
    }

    /** The texts of all secrets, whole and in parts, that must not be seen anywhere. Not to be printed. */
    public Set<String> secretTexts() {
        return secretTexts;
    }

    /** The keys of all settings whose value must not be shown. */
    public Set<String> secrets() {
        return values.keySet().stream().filter(key -> values.get(key).secret()).collect(Collectors.toSet());
    }

    /** What is set for Camel itself, as {@code camel.component.kafka.lingerMs}; each key with its source. */
    public Map<String, String> ofCamel() {
        Map<String, String> camel = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (Catalogue.isCamel(key) && !value.text().isEmpty()) {
                camel.put(key, value.source());
            }
        });
        return camel;
    }

    /** The user's own settings, to which routes may refer, each with its source. */
    public Map<String, String> own() {
        Map<String, String> own = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(Layers.USERS_OWN)) {
                own.put(key, value.source());
            }
        });
        return own;
    }

    /** Whether the setting is there and its value passed its own check. */
    boolean isUsable(String key) {
        return values.containsKey(key);
    }

    /** How a message names a setting: with its value, unless that is a secret, and with its source. */
    String shown(String key) {
        Value value = value(key);
        return (value.secret() ? key : key + "=" + value.text()) + " (from " + value.source() + ")";
    }

    private Value value(String key) {
        Value value = values.get(key);
        if (value == null || value.parsed() == null) {
            throw new IllegalArgumentException("'" + key + "' is not declared in application.properties");
        }
        return value;
    }

    private <T> T typed(String key, Class<T> type) {
        Object parsed = value(key).parsed();
        if (!type.isInstance(parsed)) {
            throw new IllegalArgumentException("'" + key + "' is not declared as " + type.getSimpleName());
        }
        return type.cast(parsed);
    }

    /** The keys and where their values come from; no values, as some are secret. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("profile " + profile);
        values.forEach(
                (key, value) -> text.append(", ").append(key).append(" from ").append(value.source()));
        return text.toString();
    }
}
