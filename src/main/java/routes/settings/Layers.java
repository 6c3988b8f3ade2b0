package routes.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lays the sources of settings over one another; the last to name a key wins. Collects what is wrong with them. */
final class Layers {
    private static final Set<String> PROFILES = Set.of(Given.DEFAULT_PROFILE, "kafka", "eventhubs");
    /** Keys that belong to the user's own routes, which may refer to them. */
    static final String USERS_OWN = "my.";
    /** The end of the name of a variable that names a file. */
    static final String FILE = "_FILE";

    /** What Camel knows of its two HTTP servers: the start prints where they listen and says who is let in, so that is ours. */
    private static final Map<String, String> SERVERS = Map.of("camel.server.", "api.", "camel.management.", "observe.");

    private static final String OF_SETTINGS = "settings come from the layers of this program alone";
    private static final String OF_ROUTES = "routes come from routes.dir alone, and are checked";

    /** What would let in settings or routes that nobody has checked, or open a port: how its keys begin, and why not. */
    private static final Map<String, String> PAST_US = Map.ofEntries(
            Map.entry("camel.component.properties.", OF_SETTINGS),
            Map.entry("camel.main.autoConfiguration", OF_SETTINGS),
            Map.entry("camel.main.cloudProperties", OF_SETTINGS),
            Map.entry("camel.main.fileConfigurations", OF_SETTINGS),
            Map.entry("camel.main.initialProperties", OF_SETTINGS),
            Map.entry("camel.main.overrideProperties", OF_SETTINGS),
            Map.entry("camel.main.profile", OF_SETTINGS + "; use --profile"),
            Map.entry("camel.main.propertyPlaceholder", OF_SETTINGS),
            Map.entry("camel.main.contextReload", OF_ROUTES),
            Map.entry("camel.main.javaRoutes", OF_ROUTES),
            Map.entry("camel.main.routes", OF_ROUTES),
            Map.entry("camel.debug", "it opens a port; use JMX, docs/operating.md says how"),
            Map.entry("camel.main.devConsole", "it shows more than this program does"));

    private static final Pattern SENSITIVE =
            Pattern.compile("(password|passphrase|secret|token|jaasconfig|connectionstring|userinfo|credentials?"
                    + "|(access|account|shared|private|keystore|api)key)$");
    private static final Pattern HUMP = Pattern.compile("-([a-z])");

    private final Catalogue catalogue;
    private final Given given;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Layers(Catalogue catalogue, Given given) {
        this.catalogue = catalogue;
        this.given = given;
        catalogue.settings().values().forEach(s -> entries.put(s.key(), new Entry(s.byDefault(), Entry.BY_DEFAULT)));
        addProfile();
        given.folders().forEach(folder -> addFile(folder.resolve("application.properties")));
        addEnvironment();
        given.chosen().forEach(this::addChoice);
    }

    /** Every key with what the highest layer says of it. */
    Map<String, Entry> entries() {
        return entries;
    }

    List<String> problems() {
        return problems;
    }

    /** What does not stop the start, but may be a mistake: variables whose name is nearly that of a setting. */
    List<String> warnings() {
        return warnings;
    }

    private void addProfile() {
        String name = "application-" + given.profile() + ".properties";
        List<Path> files = given.folders().stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .toList();
        if (!PROFILES.contains(given.profile()) && files.isEmpty()) {
            problems.add("profile '" + given.profile() + "': expected one of " + new TreeSet<>(PROFILES)
                    + ", or a file config/" + name);
            return;
        }
        if (PROFILES.contains(given.profile()) && !given.profile().equals(Given.DEFAULT_PROFILE)) {
            addAll(new StringReader(builtIn(name)), name);
        }
        files.forEach(this::addFile);
    }

    /** The text of a file that stands in the program itself. */
    static String builtIn(String name) {
        try (InputStream in = Layers.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program's own file " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addFile(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            addAll(reader, file.toString());
        } catch (IOException e) {
            problems.add(
                    file + ": cannot be read as UTF-8 text (" + e.getClass().getSimpleName() + ")");
        }
    }

    private void addAll(Reader reader, String source) {
        OnceEach properties = new OnceEach();
        try {
            properties.load(reader);
        } catch (IOException e) {
            problems.add(
                    source + ": cannot be read as UTF-8 text (" + e.getClass().getSimpleName() + ")");
        } catch (IllegalArgumentException e) {
            problems.add(source + ": not a properties file: " + e.getMessage());
        }
        properties.twice.forEach(key -> problems.add(key + " stands twice in " + source));
        properties.inOrder.forEach((key, value) -> add(key, value, source));
    }

    private void add(String key, String value, String source) {
        String known = canonical(key);
        Optional<String> reserved = reserved(key);
        if (reserved.isPresent()) {
            refuse(key, source, reserved.get());
        } else if (isKnown(known)) {
            entries.put(known, new Entry(value.strip(), source));
        } else {
            problems.add(key + " (from " + source + "): no such setting" + nearest(key));
        }
    }

    /** How the key, or the variable, of something begins that is ours alone, however Camel would take it to be written. */
    private static Optional<String> reserved(String name) {
        return Stream.concat(SERVERS.keySet().stream(), PAST_US.keySet().stream())
                .filter(begin -> letters(name).startsWith(letters(begin)))
                .findFirst();
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    private void refuse(String key, String source, String begin) {
        if (PAST_US.containsKey(begin)) {
            problems.add(key + " (from " + source + "): " + PAST_US.get(begin));
            return;
        }
        String ours = SERVERS.get(begin);
        String last = key.replaceFirst(".*[._-]", "");
        String use = Set.of("host", "port").contains(last)
                ? ours + last
                : ours + "host, " + ours + "port and " + ours + "token";
        problems.add(key + " (from " + source + "): Camel's HTTP servers are set up by this program alone; use " + use);
    }

    private boolean isKnown(String key) {
        return Catalogue.isCamel(key)
                || key.startsWith(USERS_OWN)
                || catalogue.ours(key).isPresent();
    }

    private String nearest(String key) {
        return Nearest.to(key, catalogue.settings().keySet())
                .map(found -> "; the nearest is " + found)
                .orElse("");
    }

    /** Camel takes {@code shutdown-timeout} for {@code shutdownTimeout}: one key, or the layers would both count. */
    private static String canonical(String key) {
        if (!Catalogue.isCamel(key) || key.contains("additionalProperties")) {
            return key;
        }
        int last = key.lastIndexOf('.') + 1;
        Matcher humps = HUMP.matcher(key.substring(last));
        return key.substring(0, last) + humps.replaceAll(hump -> hump.group(1).toUpperCase(Locale.ROOT));
    }

    private void addEnvironment() {
        Map<String, String> names =
                entries.keySet().stream().collect(Collectors.toMap(Layers::variable, key -> key, (a, b) -> a));
        new TreeSet<>(given.environment().keySet()).forEach(name -> {
            String key = names.get(name);
            String value = given.environment().get(name);
            Optional<String> reserved = reserved(name).filter(begin -> !value.isEmpty());
            if (reserved.isPresent()) {
                refuse(name.toLowerCase(Locale.ROOT).replace('_', '.'), "the environment, " + name, reserved.get());
            } else if (isFileOfSecret(name, names)) {
                String variable = withoutFile(name);
                entries.put(names.get(variable), new Entry("{{env:" + variable + "}}", "the environment, " + name));
            } else if (key == null) {
                warnIfNearlyASetting(name, names.keySet());
            } else if (!value.isEmpty()) {
                entries.put(key, new Entry(value.strip(), "the environment, " + name));
            }
        });
    }

    /** Whether a variable names a file for a secret that does not stand in the environment itself. */
    private boolean isFileOfSecret(String name, Map<String, String> names) {
        String variable = withoutFile(name);
        return !variable.equals(name)
                && names.containsKey(variable)
                && isSecret(names.get(variable))
                && given.environment().getOrDefault(variable, "").isEmpty()
                && !given.environment().get(name).isEmpty();
    }

    private static String withoutFile(String name) {
        return name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
    }

    /** The variable of the environment that sets a key: upper case, {@code .} and {@code -} become {@code _}. */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private void warnIfNearlyASetting(String name, Set<String> names) {
        int room = name.indexOf('_') + 1;
        Nearest.to(name, names)
                .filter(near ->
                        room > 0 && near.startsWith(name.substring(0, room)) && Nearest.distance(name, near) <= 2)
                .ifPresent(near ->
                        warnings.add("the environment's " + name + " sets nothing; did you mean " + near + "?"));
    }

    private void addChoice(Given.Choice choice) {
        String key = canonical(choice.key());
        if (isSecret(key)) {
            String here =
                    catalogue.ours(key).isEmpty() ? "" : " set it in the environment as " + variable(key) + ", or";
            problems.add(
                    choice.key() + " (from " + choice.option() + "): a secret is never taken from the command line;"
                            + here + " write {{env:NAME}} for it in config/application.properties and set NAME, or"
                            + " NAME_FILE to a file that holds it");
        } else {
            add(choice.key(), choice.value(), choice.option());
        }
    }

    /** Whether a key holds what must not be seen: by its declaration, its name, or where it comes from. */
    boolean isSecret(String key) {
        return catalogue.ours(key).map(Setting::isSecret).orElseGet(() -> {
            Entry entry = entries.get(key);
            return isSecretByName(key) || entry != null && entry.readsEnvironment();
        });
    }

    /** Whether what Camel, a library or a user calls a setting says that it is a secret. */
    static boolean isSecretByName(String key) {
        String letters = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return SENSITIVE.matcher(letters).find();
    }

    /** Properties that remember their order and which keys occurred more than once. */
    private static final class OnceEach extends Properties {
        private final transient Map<String, String> inOrder = new LinkedHashMap<>();
        private final transient List<String> twice = new ArrayList<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            if (inOrder.put((String) key, (String) value) != null) {
                twice.add((String) key);
            }
            return super.put(key, value);
        }
    }
}
