package routes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import routes.JarProcess;
import routes.audit.AuditFlow;
import routes.audit.AuditReport;
import routes.rig.ChannelCatalogue;

/**
 * What every fault is judged by: the tests' own audit, and the program's, in the long form as its command {@code audit}.
 * Of a cluster that works again, while it works.
 */
final class Audit {
    private static final Duration ENDS = Duration.ofMinutes(10);
    private static final String SLICES = "rig.channels.";

    private final FaultCluster cluster;
    private final Evidence evidence;
    private final Form form;
    private final Optional<ArchivePlace> archive;

    /** @param archive empty if the instances archive each to a place of its own, which is not looked at */
    Audit(FaultCluster cluster, Evidence evidence, Form form, Optional<ArchivePlace> archive) {
        this.cluster = cluster;
        this.evidence = evidence;
        this.form = form;
        this.archive = archive;
    }

    /** By the tests' own reading. */
    Findings findings() {
        return OwnAudit.of(cluster.bootstrap(), evidence);
    }

    /** That the program finds nothing wrong either, and has examined what there is. */
    void assertTheProgramFindsNothingWrong() {
        AuditReport report = form.wholeCommands() ? ofTheCommand() : ofTheClass();

        assertThat(report.isGood()).as("%s", report.lines()).isTrue();
        assertThat(report.stages()).as("stages").hasSizeGreaterThan(30);
        assertThat(report.stages().stream().filter(stage -> stage.records() > 0))
                .as("stages with records: %s", report.lines())
                .hasSizeGreaterThan(23);
        archive.ifPresent(place -> assertThat(report.stages())
                .as("the stage of the archive: %s", report.lines())
                .anySatisfy(stage -> {
                    assertThat(stage.to()).isEqualTo("archive");
                    assertThat(stage.records()).isPositive();
                    assertThat(stage.doubled()).isZero();
                    assertThat(stage.unverifiable()).isZero();
                }));
    }

    private AuditReport ofTheClass() {
        return new routes.audit.Audit(
                        Map.of("bootstrap.servers", cluster.bootstrap()),
                        AuditFlow.of(ChannelCatalogue.builtIn(), SLICES),
                        archive.map(ArchivePlace::audited))
                .run(null, progress -> {});
    }

    private AuditReport ofTheCommand() {
        try {
            Path folder = Files.createDirectories(cluster.folder("audit"));
            Map<String, String> settings = new HashMap<>(AppProcess.elsewhere(cluster.bootstrap()));
            settings.putAll(archive.map(ArchivePlace::settings).orElse(Map.of("archive.enabled", "false")));
            String[] arguments = Stream.concat(
                            Stream.of("audit", "--json", "--profile", "kafka"), Form.arguments(settings).stream())
                    .toArray(String[]::new);
            Map<String, String> environment =
                    archive.map(ArchivePlace::environment).orElse(Map.of());
            try (JarProcess audit = JarProcess.start(JarProcess.jar(), folder, environment, arguments)) {
                assertThat(audit.exitCode(ENDS)).as(audit.toString()).isZero();
                return new ObjectMapper()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .readValue(audit.out(), AuditReport.class);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
