package routes.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class NameTableTest {
    /** The published test vector of SipHash-1-3: key 00 01 … 0f, the message one byte shorter than each result. */
    @Test
    void hashIsSipHash13() {
        SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        byte[] message = new byte[16];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) i;
        }

        assertThat(hash.hash(message, 0, 0)).isEqualTo(0xabac0158050fc4dcL);
        assertThat(hash.hash(message, 0, 1)).isEqualTo(0xc9f49bf37d57ca93L);
    }

    @Test
    void findsEveryNameAndNoOther() {
        NameTable table = new NameTable(SipHash.secret(), 0, 0);
        for (int i = 0; i < 10_000; i++) {
            byte[] name = ("NAME" + i).getBytes(UTF_8);
            assertThat(table.add(name, 0, name.length)).isTrue();
            assertThat(table.add(name, 0, name.length)).isFalse();
        }

        Set<Integer> found = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] name = ("NAME" + i).getBytes(UTF_8);
            found.add(table.indexOf(name, 0, name.length));
        }

        assertThat(table.size()).isEqualTo(10_000);
        assertThat(found).hasSize(10_001).contains(-1, 0, 9_999);
    }

    /** 16,384 names that are all equal to {@link String#hashCode}, as channels and as names of an unknown object. */
    @Test
    void manyNamesOfOneHashCodeAreNoBurden() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 1 << 14; i++) {
            names.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 14; bit++) {
                names.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            names.append("\":1");
        }
        String envelope =
                "\"rig\":\"R\",\"well\":\"\",\"time\":\"2026-11-20T10:00:00Z\",\"seq\":1,\"activity\":1,\"late\":false";
        byte[] channels = ("{" + envelope + ",\"channels\":{" + names + "}}").getBytes(UTF_8);
        byte[] unknown = ("{" + envelope + ",\"note\":{" + names + "},\"channels\":{}}").getBytes(UTF_8);
        TelemetryReader reader = new TelemetryReader();

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            for (int i = 0; i < 5; i++) {
                assertThat(reader.read(channels, new byte[] {'R'}).channelCount())
                        .isEqualTo(1 << 14);
                assertThat(reader.read(unknown, new byte[] {'R'}).channelCount())
                        .isZero();
            }
        });
    }
}
