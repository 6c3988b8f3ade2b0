package routes.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import routes.audit.Audit.Limits;
import routes.audit.AuditFlow.Output;
import routes.audit.Copies.Copy;
import routes.kafka.OffsetRange;

/** Source records of one rig in one partition; their bytes are stood for by a number of one's own. */
class MatchingTest {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int LETTERS = 2;
    private static final int CHOSEN = 3;
    private static final int ROUTE = 0;
    private static final List<Output> OUTPUTS = List.of(
            new Output("left", ROUTE, Output.Kind.WHOLE, 0),
            new Output("right", ROUTE, Output.Kind.WHOLE, 0),
            new Output("letters", ROUTE, Output.Kind.LETTER, 0),
            new Output("chosen", 2, Output.Kind.CHOSEN, 0));

    private final List<StageCount> counts = OUTPUTS.stream()
            .map(output -> new StageCount("source", output.topic()))
            .toList();
    private final RigProgress rig = new RigProgress("R-1", OUTPUTS.size());
    private final List<OutputLog> logs = new ArrayList<>();
    private Matching matching = matching(false, new Limits(100, 100, 1000, 10));
    private long copies;

    private Matching matching(boolean expired, Limits limits) {
        logs.clear();
        for (int i = 0; i < OUTPUTS.size(); i++) {
            TopicPartition partition = new TopicPartition(OUTPUTS.get(i).topic(), 0);
            logs.add(new OutputLog(i, partition, new OffsetRange(expired ? 50 : 0, 1000), expired, 1));
        }
        return new Matching(OUTPUTS, counts, logs, limits);
    }

    @Test
    void whatStandsWhereItBelongsIsGood() {
        for (int i = 0; i < 5; i++) {
            source(i, LEFT);
            copy(i, LEFT);
        }

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 5, 0, 0, 0, 0, 0, 0));
        assertThat(stage(RIGHT)).isEqualTo(stage("right", 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aMissingCopyIsLost() {
        source(0, LEFT);
        source(1, LEFT);
        copy(0, LEFT);

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 2, 1, 0, 0, 0, 0, 0));
        assertThat(sentences(LEFT)).containsExactly("R-1 seq 1 (rig.telemetry/0/1) is not on left");
    }

    @Test
    void aRepetitionIsDoubledAndNeverOutOfOrder() {
        for (int i = 0; i < 4; i++) {
            source(i, LEFT);
        }
        List.of(0, 1, 2, 0, 1, 2, 3).forEach(i -> copy(i, LEFT));

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 4, 0, 3, 0, 0, 0, 0));
        assertThat(sentences(LEFT)).first().isEqualTo("R-1 seq 0 (rig.telemetry/0/0) stands again at left/0/3");
    }

    @Test
    void aFirstOccurrenceBehindALaterOneIsOutOfOrder() {
        for (int i = 0; i < 4; i++) {
            source(i, LEFT);
        }
        List.of(0, 2, 1, 3).forEach(i -> copy(i, LEFT));

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 4, 0, 0, 1, 0, 0, 0));
        assertThat(sentences(LEFT)).containsExactly("R-1 seq 1 (rig.telemetry/0/1) stands at left/0/2 behind seq 2");
    }

    @Test
    void recordsThatWereSentAgainNeedNotStandInOrder() {
        source(0, LEFT);
        source(1, LEFT);
        matching.source(record(2, 0, false, 1L << LEFT));
        List.of(0, 1, 2).forEach(i -> copy(i, LEFT));

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 3, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aCopyOnAnotherTopicIsMisroutedThereAndLostHere() {
        source(0, LEFT);
        copy(0, RIGHT);

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 1, 1, 0, 0, 0, 0, 0));
        assertThat(stage(RIGHT)).isEqualTo(stage("right", 0, 0, 0, 0, 0, 1, 0));
        assertThat(sentences(RIGHT))
                .containsExactly("R-1 seq 0 (rig.telemetry/0/0) stands at right/0/0 but belongs on left");
    }

    @Test
    void aCopyWithAnotherContentIsAlteredAndTheRecordLost() {
        source(0, LEFT);
        copy(0, LEFT, 99);

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 1, 1, 0, 0, 0, 0, 1));
    }

    @Test
    void anAlteredCopyBesideAGoodOneIsStillNamed() {
        source(0, LEFT);
        copy(0, LEFT, 99);
        copy(0, LEFT);

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 1, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void aDeadLetterOfItsRouteAccountsForARecord() {
        source(0, LEFT);
        letter(0, ROUTE, false);

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 0, 0, 0, 0, 0, 0, 0));
        assertThat(stage(LETTERS)).isEqualTo(stage("letters", 1, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void aDeadLetterOfAnotherRouteDoesNot() {
        source(0, LEFT);
        letter(0, 1, false);

        matching.finish();

        assertThat(stage(LEFT).lost()).isOne();
        assertThat(stage(LETTERS).records()).isOne();
    }

    @Test
    void aMessageThatIsDeadLetteredAsNoneIsMisrouted() {
        source(0, LEFT);
        letter(0, ROUTE, true);

        matching.finish();

        assertThat(stage(LEFT).lost()).isZero();
        assertThat(stage(LETTERS)).isEqualTo(stage("letters", 1, 0, 0, 0, 0, 1, 0));
    }

    @Test
    void whatIsNoMessageBelongsOnTheDeadLettersAndNowhereElse() {
        matching.source(noMessage(0));
        matching.source(noMessage(1));
        matching.source(noMessage(2));
        letter(0, ROUTE, true);
        letter(0, ROUTE, true);
        copy(1, CHOSEN);

        matching.finish();

        assertThat(stage(LETTERS)).isEqualTo(stage("letters", 3, 2, 1, 0, 0, 0, 0));
        assertThat(stage(CHOSEN).misrouted()).isOne();
        assertThat(sentences(LETTERS)).contains("rig.telemetry/0/2, which is no message, is not on letters");
    }

    @Test
    void ofWhatAConditionChoseOnlyWhatIsThereIsCounted() {
        for (int i = 0; i < 4; i++) {
            source(i, LEFT);
            copy(i, LEFT);
        }
        List.of(2, 0, 0).forEach(i -> copy(i, CHOSEN));
        copy(1, CHOSEN, 99);

        matching.finish();

        assertThat(stage(CHOSEN)).isEqualTo(stage("chosen", 2, 0, 1, 1, 2, 0, 1));
    }

    @Test
    void whatMayHaveExpiredIsNotCalledLost() {
        matching = matching(true, new Limits(100, 100, 1000, 10));
        for (int i = 0; i < 4; i++) {
            source(i, LEFT);
        }
        copy(1, LEFT);
        copy(3, LEFT);

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 4, 1, 0, 0, 1, 0, 0));
        assertThat(sentences(LEFT))
                .containsExactlyInAnyOrder(
                        "R-1 seq 0 (rig.telemetry/0/0) may have stood on left and expired",
                        "R-1 seq 2 (rig.telemetry/0/2) is not on left");
    }

    @Test
    void aRepetitionWhoseFirstOccurrenceMayHaveExpiredIsNotCalledOutOfOrder() {
        matching = matching(true, new Limits(100, 100, 1000, 10));
        for (int i = 0; i < 4; i++) {
            source(i, LEFT);
        }
        List.of(2, 0, 1, 2, 3).forEach(i -> copy(i, LEFT));

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 4, 0, 1, 0, 2, 0, 0));
    }

    @Test
    void faultsAreSeenHoweverFarApartRecordAndCopyAre() {
        matching = matching(false, new Limits(2, 100, 1000, 10));
        for (int i = 0; i < 20; i++) {
            source(i, LEFT);
            if (i != 5 && i != 6) {
                copy(i, LEFT);
            }
        }
        copy(6, LEFT); // late, but the same
        copy(0, LEFT); // again, its bytes are forgotten
        copy(1, RIGHT);

        matching.finish();

        assertThat(stage(LEFT)).isEqualTo(stage("left", 20, 1, 1, 1, 1, 0, 0));
        assertThat(stage(RIGHT).misrouted()).isOne();
    }

    @Test
    void moreMissingThanFitsIsASentence() {
        matching = matching(false, new Limits(1, 3, 1000, 10));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        source(i, LEFT);
                    }
                })
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("more than 3 records lack a copy")
                .hasMessageContaining("--since");
    }

    private void source(long seq, int output) {
        matching.source(record(seq, seq, true, 1L << output | 1L << CHOSEN));
    }

    private SourceRecord record(long offset, long seq, boolean ordered, long expected) {
        return new SourceRecord(0, offset, new byte[0], rig, seq, ordered, expected, new long[] {print(offset)});
    }

    private static SourceRecord noMessage(long offset) {
        return new SourceRecord(0, offset, null, null, -1, false, 1L << LETTERS, new long[] {print(offset), 0});
    }

    private static long print(long offset) {
        return 1000 + offset;
    }

    private void copy(long offset, int output) {
        copy(offset, output, print(offset));
    }

    private void copy(long offset, int output, long print) {
        logs.get(output).saw(0, offset);
        matching.copy(new Copy(
                logs.get(output),
                copies++,
                0,
                offset,
                print,
                Copy.Content.WHOLE,
                OUTPUTS.get(output).route(),
                false));
    }

    private void letter(long offset, int route, boolean refused) {
        matching.copy(
                new Copy(logs.get(LETTERS), copies++, 0, offset, print(offset), Copy.Content.WHOLE, route, refused));
    }

    private AuditReport.Stage stage(int output) {
        return counts.get(output).stage();
    }

    private static AuditReport.Stage stage(String to, long... n) {
        return new AuditReport.Stage("source", to, n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
    }

    private List<String> sentences(int output) {
        return counts.get(output).findings().stream()
                .map(AuditReport.Finding::sentence)
                .toList();
    }
}
