package routes.kafka;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Adds passwords and keys to what Camel asks a Kafka client for, if the client is for our cluster: so they are no options
 * of Camel, which it would log, show, and give to an endpoint that names other brokers.
 */
public final class KafkaLogin implements KafkaClientFactory {
    private final KafkaClientFactory clients;
    private final String brokers;
    private final Map<String, Object> login;

    /**
     * @param brokers the addresses of our cluster, as Camel is told them
     * @param login by Kafka's names; not to be printed
     */
    public KafkaLogin(KafkaClientFactory clients, String brokers, Map<String, Object> login) {
        this.clients = clients;
        this.brokers = brokers;
        this.login = Map.copyOf(login);
    }

    @Override
    public Producer<?, ?> getProducer(Properties settings) {
        return clients.getProducer(loggedIn(settings));
    }

    @Override
    public Consumer<?, ?> getConsumer(Properties settings) {
        return clients.getConsumer(loggedIn(settings));
    }

    private Properties loggedIn(Properties settings) {
        Properties all = (Properties) settings.clone();
        if (brokers.equals(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG))) {
            all.putAll(login);
        }
        return all;
    }

    @Override
    public String getBrokers(KafkaConfiguration configuration) {
        return clients.getBrokers(configuration);
    }
}
