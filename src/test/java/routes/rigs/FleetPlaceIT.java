package routes.rigs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import routes.FreePort;
import routes.broker.BrokerExtension;
import routes.broker.TestBroker;
import routes.settings.ConfigurationException;
import routes.settings.UnreachableException;

/** One at a time; what a halted process does is tried with real processes in the fault tests. */
@ExtendWith(BrokerExtension.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FleetPlaceIT {
    private static final Duration SESSION = Duration.ofSeconds(6);

    private final TestBroker broker;
    private final Map<String, Object> client;
    private final List<FleetPlace> places = new ArrayList<>();
    private String topic;

    FleetPlaceIT(TestBroker broker) {
        this.broker = broker;
        this.client = Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    @BeforeEach
    void createTopic() {
        topic = broker.newTopic("fleet", 1);
    }

    @AfterEach
    void close() {
        places.forEach(FleetPlace::close);
    }

    private FleetPlace take(int instance) {
        FleetPlace place = FleetPlace.take(client, topic, topic, instance, SESSION);
        places.add(place);
        return place;
    }

    @Test
    void aSecondOneWaitsAndIsRefusedAndTheFirstGoesOn() {
        FleetPlace first = take(1);
        CompletableFuture<String> lost = new CompletableFuture<>();
        first.onLost(lost::complete);
        long start = System.nanoTime();

        assertThatThrownBy(() -> take(1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "another process runs the rigs of instance 1 of the fleet " + topic + ": rig-streams-")
                .hasMessageContaining("rigs.instance");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(SESSION.plusSeconds(5));
        assertThat(lost).isNotDone();
        Awaitility.await().atMost(SESSION).until(first::isHeld);
    }

    @Test
    void otherInstancesHaveAPlaceOfTheirOwn() {
        assertThat(take(1).isHeld()).isTrue();
        assertThat(take(2).isHeld()).isTrue();
    }

    @Test
    void onceItIsClosedItIsNotHeldAndTheNextGetsItAtOnce() {
        FleetPlace first = take(1);
        first.close();
        long start = System.nanoTime();

        FleetPlace second = take(1);

        assertThat(first.isHeld()).isFalse();
        assertThat(second.isHeld()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SESSION);
    }

    @Test
    void withoutABrokerItEndsInTime() {
        Map<String, Object> nowhere =
                Map.of("bootstrap.servers", "127.0.0.1:" + FreePort.next(), "default.api.timeout.ms", 2_000);

        assertThatThrownBy(() -> FleetPlace.take(nowhere, topic, topic, 1, SESSION))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("cannot be reached or does not answer");
    }

    @Test
    void aMissingTopicIsNamed() {
        assertThatThrownBy(() -> FleetPlace.take(client, "fleet-that-is-not", topic, 1, SESSION))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("fleet-that-is-not");
    }
}
