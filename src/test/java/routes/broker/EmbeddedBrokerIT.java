package routes.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrokerExtension.class)
class EmbeddedBrokerIT {
    @Test
    void servesTopics(TestBroker broker) throws Exception {
        String topic = broker.newTopic("first", 3);
        assertThat(broker.admin().listTopics().names().get()).contains(topic);
    }
}
