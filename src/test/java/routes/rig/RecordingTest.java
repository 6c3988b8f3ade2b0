package routes.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.settings.ConfigurationException;
import routes.telemetry.Telemetry;

class RecordingTest {
    private static final Path SAMPLE = Path.of("src/test/resources/recordings/invented-log.csv");

    private final List<String> problems = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void playsTheUsableRowsOfADirtyLogInOrder() {
        Recording recording = Recording.load(SAMPLE, 1, false, problems::add);

        assertThat(recording.rig()).isEqualTo("REC-001");
        assertThat(recording.rows()).isEqualTo(12);
        assertThat(recording.at(12)).isEmpty();
        Telemetry first = recording.at(0).orElseThrow();
        assertThat(first.rig()).isEqualTo("REC-001");
        assertThat(first.well()).isEqualTo("invented-log");
        assertThat(first.seq()).isZero();
        assertThat(first.names().names())
                .containsExactly("DBTM", "DMEA", "HKLA", "SPPA", "GASA", "GS_ACTC", "ACTC", "TVA");
        assertThat(values(first)).containsExactly("1500.10", "1500.10", "74.7", "18250", "0.45", "2", "2", "61.350");
        assertThat(LongStream.range(0, 12).map(recording::elapsedMillis))
                .containsExactly(
                        0L, 1_000L, 2_000L, 4_000L, 7_000L, 9_000L, 11_000L, 12_000L, 13_000L, 14_000L, 16_000L,
                        19_000L);
    }

    @Test
    void reportsEveryLineThatItSkipsWithFileAndLine() {
        Recording recording = Recording.load(SAMPLE, 1, false, problems::add);

        assertThat(recording.skippedLines()).isEqualTo(7).isEqualTo(problems.size());
        assertThat(problems).allMatch(problem -> problem.endsWith("; the line is skipped"));
        assertThat(problems.stream().map(problem -> problem.replace("; the line is skipped", "")))
                .containsExactly(
                        SAMPLE + ":6: 4 cells, expected 9 as in row 1",
                        SAMPLE + ":8: 'abc' in column HKLA, expected a decimal number below 10^18, -999.25 or nothing",
                        SAMPLE + ":9: time 'yesterday', expected ISO 8601 as 2026-11-20T10:00:00Z",
                        SAMPLE + ":18: a quoted cell is not closed, or goes on after its quotation mark",
                        SAMPLE + ":19: 10 cells, expected 9 as in row 1",
                        SAMPLE
                                + ":21: '1e30' in column DBTM, expected a decimal number below 10^18, -999.25 or nothing",
                        SAMPLE + ":11: time 2026-03-01T06:00:06Z is before 2026-03-01 06:00:07 of line 10");
    }

    @Test
    void emptyCellsAndTheAbsentValueAreNull() {
        Recording recording = Recording.load(SAMPLE, 1, false, problems::add);

        assertThat(values(recording.at(1).orElseThrow()))
                .containsExactly("1500.11", "1500.11", "74.7", "18240", "null", "2", "null", "61.350");
        assertThat(values(recording.at(2).orElseThrow())).endsWith("null", "2", "null");
        assertThat(values(recording.at(3).orElseThrow()))
                .containsExactly("1500.14", "1500.14", "74.6", "18251", "null", "null", "null", "61.351");
    }

    @Test
    void takesTheActivityFromTheFirstOfTheTwoColumnsThatHasOne() {
        Recording recording = Recording.load(SAMPLE, 1, false, problems::add);

        assertThat(LongStream.range(0, 12)
                        .map(seq -> recording.at(seq).orElseThrow().activity()))
                .containsExactly(2L, 2L, 2L, 0L, 2L, 3L, 0L, 0L, 7L, 9L, 9L, 9L);
    }

    @Test
    void readsEveryWayOfWritingANumberAndATime() {
        Recording recording = Recording.load(SAMPLE, 1, false, problems::add);

        assertThat(values(recording.at(4).orElseThrow())).contains("18252", "0.46");
        assertThat(values(recording.at(8).orElseThrow())).startsWith("1480.1234567890124", "1500.18", "0");
        assertThat(values(recording.at(9).orElseThrow())).startsWith("1471", "1500.18", "0.5", "250");
        assertThat(values(recording.at(10).orElseThrow())).startsWith("0.000000000000000123");
        assertThat(recording.recordedTime(1)).contains("2026-03-01T06:00:01.0000000+00:00");
        assertThat(recording.recordedTime(9)).contains("2026-03-01T07:00:14+01:00");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0,0",
        "-0.00,0,2",
        "1.50,150,2",
        "+7,7,0",
        "1E3,1000,0",
        "-2.5e-3,-25,4",
        "999999999999999999,999999999999999999,0",
        "1.00000000000000000000,1,0",
        "0.0000000000000000001,0,18",
        "0e99,0,0",
        "1e-400,0,1",
        "123456789012345678.9,123456789012345680,0",
        "0.1234567890123456789,12345678901234568,17"
    })
    void aNumberIsKeptExactlyWhereAMessageCanHoldIt(String cell, long unscaled, int decimals) {
        assertThat(RecordingNumber.parse(cell)).isEqualTo(BigDecimal.valueOf(unscaled, decimals));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e18", "-1000000000000000000", "1e999999999", "NaN", "Infinity", "1,5", "0x10", "1 2", "-"})
    void refusesANumberThatNoMessageCanHold(String cell) {
        assertThatThrownBy(() -> RecordingNumber.parse(cell)).isInstanceOf(NumberFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999.25", "-999.250", "-9.9925e2", "-99925E-2"})
    void theAbsentValueIsRecognisedByItsValue(String cell) {
        assertThat(RecordingNumber.parse(cell)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:01Z,1000",
        "1970-01-01T00:00:01.2399999,1239",
        "1970-01-01 00:00:01.5,1500",
        "1970-01-01T00:01,60000",
        "1970-01-01T01:00:00.001+01:00,1",
        "1970-01-01T01:00:00+0100,0",
        "1969-12-31T23:00:00-01,0"
    })
    void readsIsoTimesAndTakesThemAsUtcWithoutAnOffset(String cell, long millis) {
        assertThat(RecordingTime.millis(cell)).hasValue(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "1970-01-0100:00:01",
                "1970-13-01T00:00:01Z",
                "01.01.1970 00:00",
                "1970-01-01",
                "+999999999-01-01T00:00:00Z"
            })
    void whatIsNoTimeIsNone(String cell) {
        assertThat(RecordingTime.millis(cell)).isEmpty();
    }

    @Test
    void isAPureFunctionOfSeq() throws IOException {
        Recording recording = Recording.load(log("TIME,A", "s,m", row(0, "1"), row(1, "2")), 1, true, problems::add);

        List<String> forward =
                LongStream.range(0, 6).mapToObj(seq -> valueAt(recording, seq)).toList();
        List<String> again = LongStream.of(5, 4, 3, 2, 1, 0)
                .mapToObj(seq -> valueAt(recording, seq))
                .toList();

        assertThat(forward).containsExactly("0 1", "1 2", "2 1", "3 2", "4 1", "5 2");
        assertThat(again).containsExactlyElementsOf(reversed(forward));
    }

    @Test
    void aLoopStartsAgainOneTypicalStepAfterItsLastRow() throws IOException {
        Path log = log("TIME,A", "s,m", row(0, "1"), row(2, "2"), row(4, "3"), row(9, "4"));

        Recording recording = Recording.load(log, 1, true, problems::add);

        assertThat(LongStream.range(0, 9).map(recording::elapsedMillis))
                .containsExactly(0L, 2_000L, 4_000L, 9_000L, 11_000L, 13_000L, 15_000L, 20_000L, 22_000L);
        assertThat(recording.recordedTime(5)).isEqualTo(recording.recordedTime(1));
    }

    @Test
    void aLoopOfOneRowTakesASecond() throws IOException {
        Recording recording = Recording.load(log("TIME,A", "s,m", row(0, "1")), 1, true, problems::add);

        assertThat(LongStream.range(0, 3).map(recording::elapsedMillis)).containsExactly(0L, 1_000L, 2_000L);
    }

    @ParameterizedTest
    @CsvSource({"2,500", "0.5,2000", "1000,1", "3,333"})
    void speedShortensTheTimeBetweenRows(double speed, long expected) throws IOException {
        Path log = log("TIME,A", "s,m", row(0, "1"), row(1, "2"));

        assertThat(Recording.load(log, speed, false, problems::add).elapsedMillis(1))
                .isEqualTo(expected);
    }

    @Test
    void aLogThatIsStoredNewestFirstIsTurnedRound() throws IOException {
        Path log = log("TIME,A", "s,m", row(5, "3"), row(2, "2"), row(2, "1"), row(0, "0"));

        Recording recording = Recording.load(log, 1, false, problems::add);

        assertThat(LongStream.range(0, 4).mapToObj(seq -> valueAt(recording, seq)))
                .containsExactly("0 0", "1 1", "2 2", "3 3");
        assertThat(recording.elapsedMillis(3)).isEqualTo(5_000);
        assertThat(problems).isEmpty();
    }

    @Test
    void theTimeColumnIsFoundByItsNameAndElseIsTheFirst() throws IOException {
        Path named = log("A,time,B", "m,s,m", "1,2026-01-01T00:00:00Z,2");
        Path first = Files.writeString(folder.resolve("first.csv"), "WHEN,A\ns,m\n2026-01-01T00:00:00Z,7\n");

        Telemetry byName = Recording.load(named, 1, false, problems::add).at(0).orElseThrow();
        Telemetry byPlace = Recording.load(first, 1, false, problems::add).at(0).orElseThrow();

        assertThat(byName.names().names()).containsExactly("A", "B");
        assertThat(values(byName)).containsExactly("1", "2");
        assertThat(byPlace.names().names()).containsExactly("A");
        assertThat(values(byPlace)).containsExactly("7");
    }

    @Test
    void understandsQuotedCells() throws IOException {
        Path log =
                log("\"TIME\",\"GAS, total\",B", "s,\"%\nof \"\"volume\"\"\",m", "\"2026-01-01T00:00:00Z\",\"1.5\",");

        Telemetry only = Recording.load(log, 1, false, problems::add).at(0).orElseThrow();

        assertThat(only.names().names()).containsExactly("GAS, total", "B");
        assertThat(values(only)).containsExactly("1.5", "null");
        assertThat(problems).isEmpty();
    }

    @Test
    void aLongFileNameIsCutToWhatAWellMayBe() throws IOException {
        Path log = Files.writeString(folder.resolve("w".repeat(80) + ".csv"), "TIME,A\ns,m\n2026-01-01T00:00:00Z,7\n");

        assertThat(Recording.load(log, 1, false, problems::add)
                        .at(0)
                        .orElseThrow()
                        .well())
                .isEqualTo("w".repeat(64));
    }

    @Test
    void unusableFilesAreRefusedInOneSentence() throws IOException {
        assertRefused(folder.resolve("missing.csv"), "there is no such file");
        assertRefused(folder, "there is no such file");
        assertRefused(log(""), "no row of mnemonics");
        assertRefused(log("TIME,A"), "no row of units");
        assertRefused(log("TIME,A", "s,m"), "no usable row");
        assertRefused(log("TIME,A", "s,m", "never,1", "never,2"), "no usable row", "2 lines are skipped");
        assertRefused(log("TIME,A", row(0, "1"), row(1, "2")), "row 2 begins the data");
        assertRefused(log("TIME", "s", "2026-01-01T00:00:00Z"), "one column");
        assertRefused(log("TIME,A,B,A", "s,m,m,m", row(0, "1,2,3")), "column 4 is named 'A', as one before it");
        assertRefused(log("TIME,A\u00b0", "s,m", row(0, "1")), "column 2", "printable ASCII");
        assertRefused(log("TIME,A,", "s,m,m", row(0, "1,2")), "column 3 is named ''", "printable ASCII");
        assertRefused(log("TIME,\"A", "s,m", row(0, "1")), "no row of mnemonics");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesASpeedThatIsNone(double speed) {
        assertThatThrownBy(() -> Recording.load(SAMPLE, speed, false, problems::add))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("speed " + speed)
                .hasMessageContaining("above 0");
    }

    @Test
    void aNumberOfAHundredThousandsOfDigitsIsSkippedAtOnce() throws IOException {
        String line = "2026-11-20T10:00:00Z," + "9".repeat(900_000) + "\n";
        Path file = folder.resolve("digits.csv");
        Files.writeString(file, "TIME,A\n,m\n2026-11-20T10:00:00Z,1\n" + line.repeat(10));

        List<String> said = new ArrayList<>();
        Recording log =
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Recording.load(file, 1, false, said::add));

        assertThat(log.rows()).isEqualTo(1);
        assertThat(said).hasSize(10).allMatch(problem -> problem.length() < 500);
    }

    @Test
    void refusesALogThatDoesNotFitIntoMemory() throws IOException {
        Path log = log("TIME,A", "s,m", row(0, "1"), row(1, "2"), row(2, "3"));

        assertThat(RecordingFile.read(log, problems::add, 3 * 218).rows()).hasSize(3);
        assertThatThrownBy(() -> RecordingFile.read(log, problems::add, 3 * 218 - 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("first 3 rows")
                .hasMessageContaining("-Xmx");
    }

    private void assertRefused(Path file, String... words) {
        assertThatThrownBy(() -> Recording.load(file, 1, false, problems::add))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining(file.toString())
                .satisfies(
                        e -> assertThat(((ConfigurationException) e).problems()).hasSize(1));
    }

    private Path log(String... lines) throws IOException {
        String text = String.join("\r\n", lines) + "\r\n";
        return Files.write(folder.resolve("log.csv"), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String row(int second, String cells) {
        return String.format("2026-01-01T00:00:%02dZ,%s", second, cells);
    }

    private static String valueAt(Recording recording, long seq) {
        Telemetry telemetry = recording.at(seq).orElseThrow();
        return telemetry.seq() + " " + values(telemetry).get(0);
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    static List<String> values(Telemetry telemetry) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < telemetry.names().size(); i++) {
            long unscaled = telemetry.unscaled()[i];
            BigDecimal value = BigDecimal.valueOf(unscaled, telemetry.decimals()[i]);
            values.add(unscaled == Telemetry.NULL ? "null" : value.toPlainString());
        }
        return values;
    }
}
