package routes.settings;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** What settings must be to one another and to the machine. A check is left out when what it needs is itself unusable. */
final class Checks {
    private static final Pattern ADDRESSES = Pattern.compile("[^\\s:,/]+:\\d{1,5}(\\s*,\\s*[^\\s:,/]+:\\d{1,5})*");
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z][A-Za-z0-9-]{1,49}(\\.[A-Za-z0-9.-]+)?");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,200}(:[1-9]\\d{0,2})?");
    private static final Pattern MILLIS = Pattern.compile("[1-9]\\d{3,8}");
    private static final Pattern LEVEL = Pattern.compile("[\\w.$]+=(TRACE|DEBUG|INFO|WARN|ERROR|OFF)");

    /** What may follow {@code Bearer} (RFC 6750, section 2.1), and is too long to be guessed. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{16,}");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    static final String MAX_POLL_INTERVAL = "camel.component.kafka.maxPollIntervalMs";
    static final String SESSION_TIMEOUT = "camel.component.kafka.sessionTimeoutMs";

    private final Settings settings;
    private final List<String> problems = new ArrayList<>();

    Checks(Settings settings) {
        this.settings = settings;
        rigs();
        isMillis(SESSION_TIMEOUT);
        deadLetters();
        folders();
        if (settings.isUsable("archive.store") && settings.text("archive.store").equals("blob")) {
            new BlobChecks(settings, problems).check();
        }
        kafka();
        eventHubs();
        observation();
        api();
    }

    List<String> problems() {
        return problems;
    }

    private void rigs() {
        require(
                "rigs.instance",
                () -> settings.integer("rigs.instance") <= settings.integer("rigs.instances"),
                "expected at most rigs.instances",
                "rigs.instances");
        require(
                "rigs.tick",
                () -> settings.duration("rigs.tick").compareTo(settings.duration("rigs.period")) <= 0,
                "expected at most rigs.period",
                "rigs.period");
        require(
                "rigs.recording",
                () -> settings.optionalPath("rigs.recording")
                        .map(file -> Files.isRegularFile(file) && Files.isReadable(file))
                        .orElse(true),
                "expected a readable file");
    }

    /** Redelivery holds up the records behind it; the group must not take the partitions away meanwhile. */
    private void deadLetters() {
        if (!isMillis(MAX_POLL_INTERVAL)) {
            return;
        }
        require(
                "deadletters.redeliveries",
                () -> longestRedelivery().multipliedBy(2).compareTo(settings.maxPollInterval()) <= 0,
                "trying again may hold up a batch for (deadletters.failed-max + 1) times the sum of its delays;"
                        + " expected at most half of " + MAX_POLL_INTERVAL
                        + ", so that the group does not give the partitions to others meanwhile",
                "deadletters.redelivery-delay",
                "deadletters.redelivery-delay-max",
                "deadletters.failed-max");
    }

    private boolean isMillis(String key) {
        boolean millis =
                MILLIS.matcher(settings.forCamel().getProperty(key, "")).matches();
        if (!millis) {
            problems.add(settings.shown(key) + ": expected milliseconds, from 1000 to 999999999");
        }
        return millis;
    }

    /** Each record of a batch that may fail, and the one that fails the batch, is tried again as often as is set. */
    private Duration longestRedelivery() {
        Duration sum = Duration.ZERO;
        Duration delay = settings.duration("deadletters.redelivery-delay");
        Duration longest = settings.duration("deadletters.redelivery-delay-max");
        for (int i = 0; i < settings.integer("deadletters.redeliveries"); i++) {
            sum = sum.plus(delay.compareTo(longest) < 0 ? delay : longest);
            delay = delay.multipliedBy(2);
        }
        return sum.multipliedBy(settings.integer("deadletters.failed-max") + 1L);
    }

    private void folders() {
        require(
                "routes.dir",
                () -> settings.optionalPath("routes.dir")
                        .map(Files::isDirectory)
                        .orElse(true),
                "expected a folder; write one with `routes export DIR`");
        require(
                "data.dir",
                () -> Files.isDirectory(settings.path("data.dir")) || !Files.exists(settings.path("data.dir")),
                "expected a folder");
        require(
                "log.file",
                () -> settings.optionalPath("log.file")
                        .map(file -> !Files.isDirectory(file))
                        .orElse(true),
                "expected a file, this is a folder");
        require(
                "log.levels",
                () -> settings.list("log.levels").stream()
                        .allMatch(e -> LEVEL.matcher(e).matches()),
                "expected logger=LEVEL,logger=LEVEL with one of TRACE, DEBUG, INFO, WARN, ERROR, OFF");
    }

    private void kafka() {
        require(
                "kafka.min-isr",
                () -> settings.integer("kafka.min-isr") <= settings.integer("kafka.replication"),
                "expected at most kafka.replication",
                "kafka.replication");
        require(
                "kafka.topics",
                () -> settings.list("kafka.topics").stream()
                        .allMatch(topic -> TOPIC.matcher(topic).matches()),
                "expected NAME or NAME:PARTITIONS, separated by commas; names of letters, digits, '.', '_' and '-'");
        if (!settings.isUsable("broker.embedded")) {
            return;
        }
        if (settings.flag("broker.embedded")) {
            require(
                    "kafka.bootstrap",
                    () -> settings.text("kafka.bootstrap").isEmpty(),
                    "profile " + settings.profile() + " runs its own broker; use --profile kafka for another cluster");
            require(
                    "kafka.replication",
                    () -> settings.integer("kafka.replication") == 1,
                    "expected 1, as the embedded Kafka is a single broker");
        } else {
            require(
                    "kafka.bootstrap",
                    () -> ADDRESSES.matcher(settings.text("kafka.bootstrap")).matches(),
                    "expected host:port, several separated by commas; set KAFKA_BOOTSTRAP or --set kafka.bootstrap=host:port");
        }
        settings.ofCamel().keySet().stream()
                .filter(KafkaClient::isCamelsOwnLogin)
                .forEach(key -> problems.add(key + ": expected saslMechanism and saslJaasConfig instead,"
                        + " which all Kafka clients of this program understand"));
    }

    private void eventHubs() {
        require(
                "eventhubs.namespace",
                () -> matchesOrEmpty(NAMESPACE, settings.text("eventhubs.namespace")),
                "expected a namespace, as in my-namespace, or its host name, as in my-namespace.servicebus.windows.net");
        if (settings.isUsable("eventhubs.connection-string")) {
            connectionString(settings.text("eventhubs.connection-string"));
        }
    }

    /** Says which part is wrong and never what stands there. */
    private void connectionString(String text) {
        List<String> parts = Arrays.asList(text.split(";"));
        boolean whole = Set.of("Endpoint=sb://", "SharedAccessKeyName=", "SharedAccessKey=").stream()
                .allMatch(start ->
                        parts.stream().anyMatch(part -> part.startsWith(start) && part.length() > start.length()));
        boolean clean = text.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '\'');
        if (!text.isEmpty() && !(whole && clean)) {
            problems.add(settings.shown("eventhubs.connection-string")
                    + ": expected Endpoint=sb://HOST/;SharedAccessKeyName=NAME;SharedAccessKey=KEY"
                    + " without blanks, quotation marks or line breaks");
        }
    }

    private void observation() {
        require(
                "observe.port",
                () -> !settings.flag("broker.embedded")
                        || settings.integer("observe.port") == 0
                        || settings.integer("observe.port") != settings.integer("broker.port"),
                "expected another port than broker.port",
                "broker.port",
                "broker.embedded");
        require(
                "observe.hosts",
                () -> settings.list("observe.hosts").stream()
                        .allMatch(name -> HOST.matcher(name).matches()),
                "expected names or addresses without port, separated by commas");
        token("observe.token");
        require(
                "observe.host",
                () -> Ports.isLoopback(settings.text("observe.host"))
                        || !settings.text("observe.token").isEmpty()
                        || !settings.text("api.token").isEmpty(),
                "only a loopback address is served without a token of yours; to serve others set OBSERVE_TOKEN,"
                        + " or OBSERVE_TOKEN_FILE to a file that holds it",
                "observe.token",
                "api.token");
    }

    private void token(String key) {
        require(
                key,
                () -> matchesOrEmpty(TOKEN, settings.text(key)),
                "expected at least 16 characters, of letters, digits and -._~+/=, as `openssl rand -hex 32` makes it");
    }

    private void api() {
        for (String other : List.of("observe.port", "broker.port")) {
            require(
                    "api.port",
                    () -> other.equals("broker.port") && !settings.flag("broker.embedded")
                            || settings.integer("api.port") == 0
                            || settings.integer("api.port") != settings.integer(other),
                    "expected another port than " + other,
                    other,
                    "broker.embedded");
        }
        token("api.token");
        require(
                "api.host",
                () -> Ports.isLoopback(settings.text("api.host"))
                        || !settings.text("api.token").isEmpty(),
                "only a loopback address is served without a token of yours; to serve others set API_TOKEN,"
                        + " or API_TOKEN_FILE to a file that holds it",
                "api.token");
    }

    private static boolean matchesOrEmpty(Pattern pattern, String text) {
        return text.isEmpty() || pattern.matcher(text).matches();
    }

    private void require(String key, BooleanSupplier holds, String expected, String... alsoNeeded) {
        boolean usable = settings.isUsable(key) && Arrays.stream(alsoNeeded).allMatch(settings::isUsable);
        if (usable && !holds.getAsBoolean()) {
            problems.add(settings.shown(key) + ": " + expected);
        }
    }
}
