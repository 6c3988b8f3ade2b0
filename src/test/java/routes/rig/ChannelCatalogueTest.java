package routes.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import routes.settings.ConfigurationException;

class ChannelCatalogueTest {
    private static final Path RECORDED_LOG = Path.of("../shared/data/recorded-time-log.csv");
    private static final Path WITS_ITEMS = Path.of("../shared/data/wits-items.csv");
    private static final String HEADER = "id,wits,aliases,description,unit,min,max,resolution,period,subsystem\n";

    private final ChannelCatalogue catalogue = ChannelCatalogue.builtIn();

    @Test
    void has23SubsystemsInOrderWithTheirChannelsTogether() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        catalogue.channels().forEach(channel -> counts.merge(channel.subsystem(), 1, Integer::sum));

        assertThat(catalogue.subsystems()).hasSize(23);
        assertThat(counts.keySet()).containsExactlyElementsOf(catalogue.subsystems());
        assertThat(counts.values())
                .containsExactly(
                        30, 45, 45, 60, 88, 35, 20, 50, 50, 30, 30, 60, 60, 50, 40, 75, 130, 45, 25, 25, 75, 45, 25);
    }

    @Test
    void aFloaterHas1138ChannelsAndALandRigAllButThoseOfTheVessel() {
        ChannelCatalogue land = catalogue.landRig();

        assertThat(catalogue.channels()).hasSize(1138);
        assertThat(land.channels()).hasSize(1063).noneMatch(channel -> channel.subsystem()
                .equals("vessel"));
        assertThat(land.subsystems()).hasSize(23);
        assertThat(land.names().names()).hasSize(1063).startsWith("ACTC", "DMEA", "DBTM");
    }

    @Test
    void hasWhatEveryRigSends() {
        String least = "DBTM DMEA BPOS ROPA HKLA HKLX WOBA WOBX TQA TQX RPMA SPPA CHKP SPM1 SPM2 SPM3 TVA TVCA MFOP"
                + " MFOA MFIA MDOA MDIA MTOA MTIA STKC GASA";

        assertThat(least.split(" ")).allSatisfy(id -> assertThat(catalogue.find(id))
                .hasValueSatisfying(channel -> assertThat(channel.wits()).isEqualTo(id)));
    }

    @Test
    void describesEveryChannelInItsOwnWords() {
        Set<String> descriptions = new HashSet<>();

        assertThat(catalogue.channels()).allSatisfy(channel -> assertThat(descriptions.add(channel.description()))
                .as(channel.description())
                .isTrue());
    }

    @Test
    void findsAChannelByEachOfItsNames() {
        assertThat(catalogue.find("GS_HKLD")).isEqualTo(catalogue.find("HKLA")).isPresent();
        assertThat(catalogue.find("NO_SUCH")).isEmpty();
        assertThat(catalogue.subsystemByName())
                .containsEntry("GS_HKLD", "hoisting")
                .containsEntry("HKLA", "hoisting")
                .containsEntry("GS_ACTC", "drilling")
                .containsEntry("HEAV", "vessel");
    }

    @Test
    void knowsEveryColumnOfTheRecordedLog() throws IOException {
        assumeTrue(Files.exists(RECORDED_LOG), RECORDED_LOG + " is missing");
        List<String> mnemonics = columns(RECORDED_LOG, 1).get(0);

        assertThat(mnemonics).hasSizeGreaterThan(50).startsWith("TIME");
        assertThat(mnemonics.subList(1, mnemonics.size()))
                .allSatisfy(name -> assertThat(catalogue.subsystemByName()).containsKey(name));
    }

    @Test
    void namesWitsItemsAsWitsDoes() throws IOException {
        assumeTrue(Files.exists(WITS_ITEMS), WITS_ITEMS + " is missing");
        Set<String> items = new HashSet<>();
        columns(WITS_ITEMS, Integer.MAX_VALUE).forEach(row -> items.add(row.get(4)));
        List<String> used = catalogue.channels().stream()
                .map(Channel::wits)
                .filter(wits -> !wits.isEmpty())
                .toList();

        assertThat(used).hasSizeGreaterThan(150).allSatisfy(wits -> assertThat(items)
                .contains(wits));
    }

    @Test
    void namesEveryProblemOfAFileAtOnce() {
        String file = HEADER
                + "HKLA,HKLA,GS_HKLD,Hookload,t,0,500,0.5,1,hoisting\n"
                + "# a comment does not count, its line does\n"
                + "HKLA,,,Again,t,0,500,0.5,1,hoisting\n"
                + "hook load,,GS_HKLD,Bad names,t,0,500,0.5,1,hoisting\n"
                + "RANGE,,,Bad range,t,5,0,0,2,hoist\n"
                + "WORDS,,,,,low,high,fine,1,hoisting\n"
                + "SHORT,,,Too few cells\n";

        ConfigurationException thrown = catchThrowableOfType(ConfigurationException.class, () -> read(file));

        assertThat(thrown.problems())
                .hasSize(13)
                .contains(
                        "rigs.csv:8: found 4 cells, expected 10"
                                + " (id,wits,aliases,description,unit,min,max,resolution,period,subsystem)",
                        "rigs.csv:4: found name 'HKLA' a second time, expected it only at rigs.csv:2",
                        "rigs.csv:5: found name 'hook load', expected [A-Z0-9_]{2,16}",
                        "rigs.csv:5: found name 'GS_HKLD' a second time, expected it only at rigs.csv:2",
                        "rigs.csv:6: found min 5 above max 0, expected min ≤ max",
                        "rigs.csv:6: found resolution 0, expected more than 0",
                        "rigs.csv:6: found period '2', expected 1, 5, 10, 30 or 60 seconds",
                        "rigs.csv:7: found no description, expected one",
                        "rigs.csv:7: found no unit, expected one, or unitless",
                        "rigs.csv:7: found min 'low', expected a number",
                        "rigs.csv:7: found resolution 'fine', expected a number");
        assertThat(thrown)
                .hasMessageContaining("rigs.csv:6: found subsystem 'hoist', expected one of drilling, hoisting");
    }

    @Test
    void refusesSubsystemsThatAreTornApart() {
        String file = HEADER
                + "AAA,,,First,t,0,1,1,1,hoisting\n"
                + "BBB,,,Second,t,0,1,1,1,drilling\n"
                + "CCC,,,Third,t,0,1,1,1,hoisting\n";

        ConfigurationException thrown = catchThrowableOfType(ConfigurationException.class, () -> read(file));

        assertThat(thrown.problems())
                .containsExactly("rigs.csv:4: found subsystem 'hoisting' again, expected its rows to stand together");
    }

    @Test
    void refusesAFileWithoutChannels() {
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> read(""))
                        .problems())
                .containsExactly("rigs.csv:1: found no header row, expected " + HEADER.strip());
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> read(HEADER))
                        .problems())
                .containsExactly("rigs.csv: found no channels, expected at least one row below the header");
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> read("id,name\n"))
                        .problems())
                .containsExactly("rigs.csv:1: found the header id,name, expected " + HEADER.strip());
    }

    @Test
    void keepsCommasInQuotationMarks() {
        ChannelCatalogue read = read(HEADER + "DMEA,DMEA,A_1 A_2,\"Hole depth, measured\",m,0,9000,0.01,1,drilling\n");

        assertThat(read.channels()).singleElement().satisfies(channel -> {
            assertThat(channel.description()).isEqualTo("Hole depth, measured");
            assertThat(channel.aliases()).containsExactly("A_1", "A_2");
            assertThat(channel.period()).hasSeconds(1);
            assertThat(channel.resolution()).isEqualByComparingTo("0.01");
        });
    }

    private static ChannelCatalogue read(String file) {
        return ChannelCatalogue.read(new StringReader(file), "rigs.csv");
    }

    private static List<List<String>> columns(Path csv, long rows) throws IOException {
        try (Stream<String> lines = Files.lines(csv)) {
            return lines.limit(rows).map(line -> Arrays.asList(line.split(","))).toList();
        }
    }
}
