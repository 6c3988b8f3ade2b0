package routes.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import routes.telemetry.Slicer.Slice;
import routes.telemetry.Slicer.Slices;

class SlicerTest {
    private static final long SEED = 22;
    private static final String HEAD = "{\"rig\":\"RIG-007\",\"well\":\"W\",\"time\":\"2026-11-20T10:00:00.1234Z\","
            + "\"seq\":7,\"activity\":2,\"late\":true,\"channels\":";

    private final TelemetryReader reader = new TelemetryReader();
    private final Slicer slicer =
            new Slicer(Map.of("DBTM", "drilling", "DMEA", "drilling", "GASA", "gas", "\u00c5", "gas"));

    @Test
    void cutsOneMessageForEachSubsystemThatOccurs() {
        Slices slices = slice(HEAD + "{\"DBTM\":4291.70,\"GASA\":null,\"X\":1,\"DMEA\":4.2917e3}}");

        assertThat(texts(slices))
                .containsExactly(
                        "drilling " + HEAD + "{\"DBTM\":4291.70,\"DMEA\":4.2917e3}}",
                        "gas " + HEAD + "{\"GASA\":null}}");
        assertThat(slices.unknown()).isEqualTo(1);
    }

    @Test
    void envelopeIsPutInOrderWithItsValuesAsTheyStand() {
        Slices slices =
                slice("{ \"channels\" : { \"DBTM\" : 1.0 ,\n\"DMEA\" : 2 , \"GASA\":3 } ,\"note\":[1], \"late\":true,"
                        + "\"activity\": 2 ,\"seq\":7,\"time\":\"2026-11-20T10:00:00.1234Z\",\"well\":\"\\u0057\","
                        + "\"rig\":\"RIG\\u002d007\"}\n");

        String head = HEAD.replace("\"W\"", "\"\\u0057\"").replace("RIG-007", "RIG\\u002d007");
        assertThat(texts(slices))
                .containsExactly(
                        "drilling " + head + "{\"DBTM\" : 1.0 ,\n\"DMEA\" : 2}}", "gas " + head + "{\"GASA\":3}}");
    }

    @Test
    void namesAreComparedByWhatTheyMean() {
        Slices slices = slice(HEAD + "{\"\\u00c5\":1,\"D\\u0042TM\":2,\"\u00e5\":3}}");

        assertThat(texts(slices))
                .containsExactly("gas " + HEAD + "{\"\\u00c5\":1}}", "drilling " + HEAD + "{\"D\\u0042TM\":2}}");
        assertThat(slices.unknown()).isEqualTo(1);
    }

    @Test
    void nothingKnownGivesNoSlice() {
        assertThat(slice(HEAD + "{}}")).isEqualTo(new Slices(List.of(), 0));
        assertThat(slice(HEAD + "{\"X\":1,\"Y\":2}}")).isEqualTo(new Slices(List.of(), 2));
    }

    /** The names of a shorter message are the beginning of a longer one's, so both are cut by one plan. */
    @Test
    void aMessageThatEndsEarlyIsCutAtItsEnd() {
        slice(HEAD + "{\"DBTM\":1,\"DMEA\":2,\"GASA\":3,\"X\":4}}");

        assertThat(texts(slice(HEAD + "{\"DBTM\":1}}"))).containsExactly("drilling " + HEAD + "{\"DBTM\":1}}");
        assertThat(slice(HEAD + "{\"DBTM\":1,\"DMEA\":2,\"GASA\":3}}").unknown())
                .isZero();
        assertThat(slice(HEAD + "{\"DBTM\":1,\"DMEA\":2,\"GASA\":3,\"X\":4}}").unknown())
                .isEqualTo(1);
    }

    /** In catalogue order and in any other, with all channels or some: the slices hold what the message holds. */
    @Test
    void slicesTogetherAreTheMessagesKnownChannels() {
        Map<String, String> catalogue = new HashMap<>(Samples.catalogue());
        catalogue.values().removeIf("gas"::equals);
        Slicer whole = new Slicer(catalogue);
        Random random = new Random(SEED);
        List<String> names = new ArrayList<>(Samples.catalogue().keySet());
        for (int i = 0; i < 200; i++) {
            if (i % 3 == 2) {
                Collections.shuffle(names, random);
            }
            ChannelNames some = new ChannelNames(names.subList(0, i % 2 == 0 ? names.size() : random.nextInt(1_000)));
            TelemetryMessage message = reader.read(Samples.message(some, i), Samples.RIG.getBytes(UTF_8));

            Slices slices = whole.slice(message);

            assertTogether(slices, message, some, catalogue);
        }
    }

    private static void assertTogether(
            Slices slices, TelemetryMessage message, ChannelNames names, Map<String, String> catalogue) {
        Map<String, String> expected = new TreeMap<>();
        names.names().stream()
                .filter(catalogue::containsKey)
                .forEach(name -> expected.put(name, catalogue.get(name) + " " + message.channel(name)));
        Map<String, String> found = new TreeMap<>();
        for (Slice slice : slices.slices()) {
            TelemetryMessage part = new TelemetryReader().read(slice.value(), Samples.RIG.getBytes(UTF_8));
            assertThat(part.seq()).isEqualTo(message.seq());
            assertThat(part.timeMillis()).isEqualTo(message.timeMillis());
            assertThat(part.channelCount()).isPositive();
            names.names().stream()
                    .filter(part::hasChannel)
                    .forEach(name -> found.put(name, slice.subsystem() + " " + part.channel(name)));
        }
        int cut = slices.slices().stream()
                .mapToInt(slice -> new TelemetryReader()
                        .read(slice.value(), Samples.RIG.getBytes(UTF_8))
                        .channelCount())
                .sum();
        assertThat(found).isEqualTo(expected);
        assertThat(cut).isEqualTo(expected.size());
        assertThat(slices.unknown()).isEqualTo(names.size() - expected.size());
    }

    private Slices slice(String json) {
        return slicer.slice(reader.read(json.getBytes(UTF_8), "RIG-007".getBytes(UTF_8)));
    }

    private static List<String> texts(Slices slices) {
        return slices.slices().stream()
                .map(slice -> slice.subsystem() + " " + new String(slice.value(), UTF_8))
                .toList();
    }
}
