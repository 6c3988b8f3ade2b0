package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import routes.rig.ChannelCatalogue;
import routes.rig.Rig;
import routes.rig.Rigs;
import routes.telemetry.InvalidTelemetryException;
import routes.telemetry.Reason;
import routes.telemetry.TelemetryReader;
import routes.telemetry.TelemetryWriter;

/** What the generator calls malformed is so, for the reason that it says. */
class MalformedTest {
    private static final long SEED = 20_261_120;

    @Test
    void eachIsRefusedForItsReason() {
        Rig rig = new Rigs(1, Duration.ofSeconds(1), ChannelCatalogue.builtIn().landRig()).rig(1);
        byte[] key = rig.rig().getBytes(UTF_8);
        TelemetryWriter writer = new TelemetryWriter();
        TelemetryReader reader = new TelemetryReader();
        Random random = new Random(SEED);
        Set<Reason> made = EnumSet.noneOf(Reason.class);
        for (int seq = 0; seq < 2_000; seq++) {
            Malformed malformed = Malformed.of(key, writer.write(rig.at(seq).orElseThrow(), seq, false), random);

            assertThatExceptionOfType(InvalidTelemetryException.class)
                    .as("seed %d, number %d: %s", SEED, seq, malformed)
                    .isThrownBy(() -> reader.read(malformed.value(), malformed.key()))
                    .satisfies(refusal -> assertThat(refusal.reason())
                            .as("number %s: %s", refusal.getMessage(), malformed)
                            .isEqualTo(malformed.reason()));
            made.add(malformed.reason());
        }
        assertThat(made).containsExactlyInAnyOrder(Reason.values());
    }
}
