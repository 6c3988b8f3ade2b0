package routes.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much there is of each fault: little in every build, the whole with {@code mvn verify -Pfaults}.
 *
 * @param period between two messages of one rig
 * @param aWhile before and after a fault, in which all works
 * @param applicationStopped how long the application is stopped; longer than any time after which a group moves on
 * @param changes of the number of instances
 * @param betweenChanges the least time between two of them
 * @param networkFault how long each fault of the network lasts
 * @param bad malformed messages, and as many good ones
 * @param environment of every process that is started
 * @param clients settings of the applications' Kafka clients
 * @param patience how long anything that must happen may take
 */
record Form(
        String name,
        int rigs,
        Duration period,
        Duration aWhile,
        int applicationKills,
        Duration applicationStopped,
        int changes,
        Duration betweenChanges,
        int brokerKills,
        Duration brokerStopped,
        Duration brokerGone,
        Duration networkFault,
        int bad,
        Map<String, String> environment,
        Map<String, String> clients,
        Duration patience) {

    /** Clients that give up within seconds, so that a short fault outlasts them as a long one does those of a user. */
    static final Map<String, String> HASTY = Map.of(
            "deadletters.redeliveries", "1",
            "camel.component.kafka.requestTimeoutMs", "2000",
            "camel.component.kafka.consumerRequestTimeoutMs", "2000",
            "camel.component.kafka.deliveryTimeoutMs", "4000",
            "camel.component.kafka.maxBlockMs", "2000",
            "camel.component.kafka.sessionTimeoutMs", "6000",
            "camel.component.kafka.heartbeatIntervalMs", "1000",
            "camel.component.kafka.maxPollIntervalMs", "8000");

    private static final Form SHORT = new Form(
            "short",
            20,
            Duration.ofMillis(400),
            Duration.ofMillis(500),
            3,
            Duration.ofSeconds(11),
            4,
            Duration.ZERO,
            1,
            Duration.ofSeconds(10),
            Duration.ofSeconds(12),
            Duration.ofSeconds(5),
            1_000,
            // Processes that live for seconds need no more of the compiler than starts them soonest.
            Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"),
            HASTY,
            Duration.ofSeconds(120));

    private static final Form LONG = new Form(
            "long",
            200,
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            20,
            Duration.ofSeconds(60),
            12,
            Duration.ofSeconds(10),
            5,
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(60),
            10_000,
            Map.of(),
            Map.of(),
            Duration.ofMinutes(10));

    /** The one that the build asks for. */
    static Form chosen() {
        String name = System.getProperty("faults.form", SHORT.name());
        return List.of(SHORT, LONG).stream()
                .filter(form -> form.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("faults.form is " + name + "; expected short or long"));
    }

    /** Whether what can be had within this JVM is done by the program's own commands, too. */
    boolean wholeCommands() {
        return this == LONG;
    }

    /** Arguments of the command line that give these settings. */
    static List<String> arguments(Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        return arguments;
    }
}
