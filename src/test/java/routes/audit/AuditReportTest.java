package routes.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditReportTest {
    @ParameterizedTest
    @CsvSource({
        "LOST, false",
        "REORDERED, false",
        "MISROUTED, false",
        "ALTERED, false",
        "DOUBLED, true",
        "UNVERIFIABLE, true",
    })
    void onlyABrokenPromiseIsNotGood(Fault fault, boolean good) {
        StageCount count = new StageCount("a", "b");
        count.records(5);
        count.count(fault, 1);

        AuditReport report = report(List.of(count.stage()), List.of(), List.of());

        assertThat(report.isGood()).isEqualTo(good);
    }

    @Test
    void aProblemIsNotGood() {
        AuditReport report = report(List.of(), List.of(), List.of("nothing was examined"));

        assertThat(report.isGood()).isFalse();
        assertThat(report.lines())
                .endsWith(
                        "problem: nothing was examined",
                        "not good: 0 lost, 0 reordered, 0 misrouted, 0 altered, 0 unverifiable, 1 problem(s)");
    }

    @Test
    void peopleSeeEveryStageBeforeMoreOfOneAndTheWorstFirst() {
        List<AuditReport.Finding> findings = new ArrayList<>();
        for (int stage = 0; stage < 8; stage++) {
            for (int i = 0; i < 5; i++) {
                findings.add(finding(Fault.DOUBLED, "s" + stage, i));
            }
        }
        findings.add(finding(Fault.LOST, "s7", 0));

        List<String> lines = report(List.of(), findings, List.of()).lines();

        assertThat(lines.subList(1, lines.size() - 1))
                .containsExactly(
                        "lost: s7 0",
                        "doubled: s0 0",
                        "doubled: s1 0",
                        "doubled: s2 0",
                        "doubled: s3 0",
                        "doubled: s4 0",
                        "doubled: s5 0",
                        "doubled: s6 0",
                        "doubled: s7 0",
                        "doubled: s0 1",
                        "doubled: s1 1");
    }

    private static AuditReport.Finding finding(Fault kind, String to, int i) {
        return new AuditReport.Finding("a", to, kind, "R-1", (long) i, null, null, to + " " + i);
    }

    private static AuditReport report(
            List<AuditReport.Stage> stages, List<AuditReport.Finding> findings, List<String> problems) {
        return new AuditReport("127.0.0.1:1", null, stages, findings, List.of(), problems);
    }
}
