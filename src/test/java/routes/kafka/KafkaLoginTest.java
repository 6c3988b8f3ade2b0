package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

class KafkaLoginTest {
    private static final String OURS = "a:9092,b:9092";

    private final List<Properties> asked = new ArrayList<>();
    private final KafkaClientFactory login =
            new KafkaLogin(new Remembering(), OURS, Map.of("sasl.jaas.config", "the login"));

    private final class Remembering implements KafkaClientFactory {
        @Override
        public Producer<?, ?> getProducer(Properties settings) {
            asked.add(settings);
            return null;
        }

        @Override
        public Consumer<?, ?> getConsumer(Properties settings) {
            asked.add(settings);
            return null;
        }

        @Override
        public String getBrokers(KafkaConfiguration configuration) {
            return configuration.getBrokers();
        }
    }

    private static Properties of(String brokers) {
        Properties settings = new Properties();
        settings.setProperty("bootstrap.servers", brokers);
        return settings;
    }

    @Test
    void clientsOfOurClusterGetTheLoginAndWhatCamelAskedForDoesNot() {
        Properties producer = of(OURS);
        Properties consumer = of(OURS);

        login.getProducer(producer);
        login.getConsumer(consumer);

        assertThat(asked).hasSize(2).allSatisfy(settings -> assertThat(settings)
                .containsEntry("sasl.jaas.config", "the login")
                .containsEntry("bootstrap.servers", OURS));
        assertThat(producer).doesNotContainKey("sasl.jaas.config");
        assertThat(consumer).doesNotContainKey("sasl.jaas.config");
    }

    @Test
    void noOtherBrokerGetsIt() {
        for (String foreign : List.of("evil.example:9092", "a:9092", OURS + ",evil.example:9092", "")) {
            login.getProducer(of(foreign));
            login.getConsumer(of(foreign));
        }

        assertThat(asked).hasSize(8).noneMatch(settings -> settings.containsKey("sasl.jaas.config"));
    }
}
