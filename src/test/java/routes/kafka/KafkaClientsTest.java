package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
    private final KafkaClients clients = new KafkaClients(
            new SimpleMeterRegistry(),
            new CommitPolicy(500, Duration.ofSeconds(1)),
            new ConsumerTroubles(new SimpleMeterRegistry()));

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void endpointsWithTheSameSettingsShareOneProducer() {
        Producer<?, ?> first = clients.getProducer(settings("lz4"));

        assertThat(clients.getProducer(settings("lz4"))).isSameAs(first);
        assertThat(clients.getProducer(settings("lz4")))
                .as("the third time, too")
                .isSameAs(first);
        assertThat(clients.getProducer(settings("zstd"))).isNotSameAs(first);
    }

    @Test
    void aProducerThatNobodyUsesAnyMoreIsClosedWhenAnotherIsMade() {
        Producer<?, ?> former = clients.getProducer(settings("lz4"));
        Producer<?, ?> inUse = clients.getProducer(settings("gzip"));
        clients.getProducer(settings("gzip"));
        former.close();
        inUse.close();

        clients.getProducer(settings("zstd"));

        assertThatThrownBy(former::flush).isInstanceOf(NotSentException.class);
        assertThat(clients.getProducer(settings("lz4"))).isNotSameAs(former);
        assertThat(clients.getProducer(settings("gzip")))
                .as("one of its two endpoints still uses it")
                .isSameAs(inUse);
    }

    private static Properties settings(String compression) {
        Properties settings = new Properties();
        // Nobody listens there: a producer that sends nothing needs nobody.
        settings.put("bootstrap.servers", "127.0.0.1:1");
        settings.put("compression.type", compression);
        settings.put("key.serializer", ByteArraySerializer.class.getName());
        settings.put("value.serializer", ByteArraySerializer.class.getName());
        return settings;
    }
}
