package routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.settings.ConfigurationException;

class BrokerSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "host:", ":9092", "kafka://host:9092", "a:1,b:2", "host:90 92"})
    void whatIsNoAddressIsRefused(String advertised) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new BrokerSettings(Path.of("x"), 0, false, Optional.of(advertised)))
                .withMessage("broker.advertised=" + advertised + " is no address; expected host:port.");
    }

    @Test
    void anAddressIsTaken() {
        assertThat(new BrokerSettings(Path.of("x"), 0, false, Optional.of("127.0.0.1:1234")).advertised())
                .hasValue("127.0.0.1:1234");
        assertThat(new BrokerSettings(Path.of("x"), 0, false).advertised()).isEmpty();
    }
}
