package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TopicFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new TimeoutException("Timed out waiting for a node assignment."),
                        "Kafka at host:9092 cannot be reached or does not answer; check the address and that it runs"
                                + " (Timed out waiting for a node assignment)."),
                Arguments.of(
                        new SaslAuthenticationException("Authentication failed."),
                        "Kafka at host:9092 refuses the login; check the credentials (Authentication failed)."),
                Arguments.of(
                        new TopicAuthorizationException(Set.of("rig.kpi")),
                        "Kafka at host:9092 does not allow this user to see or create the topics; ask for the rights"
                                + " to describe and create them (Not authorized to access topics: [rig.kpi])."),
                Arguments.of(
                        new KafkaException("Failed to create new KafkaAdminClient", new ConfigException("No url.")),
                        "Kafka at host:9092 cannot be asked about its topics: No url."));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void becomesOneSentenceWithTheAddress(Exception cause, String sentence) {
        assertThat(TopicFailure.of(cause, "host:9092").problems()).containsExactly(sentence);
    }
}
