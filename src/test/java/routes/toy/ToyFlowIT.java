package routes.toy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.application.Cases;
import routes.application.Routes;
import routes.application.TestApplication;
import routes.cases.CaseReport;
import routes.cases.RouteCases;
import routes.flow.Flow;
import routes.flow.Flows;
import routes.settings.ConfigurationException;
import routes.settings.Given;
import routes.settings.Settings;

/** A flow needs no other file changed: a folder, topics and one class, here of the tests. */
class ToyFlowIT {
    @TempDir
    private Path data;

    private static Settings settings(String flows) {
        return Settings.load(new Given(
                Given.DEFAULT_PROFILE, Map.of(), List.of(), List.of(new Given.Choice("flows", flows, "--flows"))));
    }

    @Test
    void itRunsBesideTheRigsAndIsRoutedByWhatItsRecordsSay() throws Exception {
        try (TestApplication app = TestApplication.start(data, Map.of("flows", "rigs,toy", "rigs.count", "2"))) {
            List<String> loud = app.await(5, "toy.loud").stream()
                    .map(record -> new String(record.value(), UTF_8))
                    .toList();

            assertThat(loud)
                    .startsWith(IntStream.of(1, 3, 5, 7, 9)
                            .mapToObj(number -> "{\"number\":" + number + ",\"loud\":true}")
                            .toArray(String[]::new));
            app.await(2, "rig.telemetry");
        }
    }

    @Test
    void aloneItBringsNoTopicOfAnotherFlowAndIsCountedAsComingIn() throws Exception {
        try (TestApplication app = TestApplication.start(data, Map.of("flows", "toy"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", app.bootstrapServers()))) {
            app.await(5, "toy.loud");

            assertThat(admin.listTopics().names().get())
                    .contains("toy.greetings", "toy.loud")
                    .noneMatch(name -> name.startsWith("rig.telemetry"));
            assertThat(app.application().snapshot().recordsIn()).isPositive();
        }
    }

    @Test
    void itsRoutesAreCheckedAndItsCasesPass() {
        Settings settings = settings("toy");

        assertThat(Routes.check(settings).problems(Routes.texts(settings))).isEmpty();
        RouteCases cases = Cases.of(settings, Routes.texts(settings), Cases.texts(settings));
        assertThat(cases.problems()).isEmpty();
        CaseReport report = Cases.run(settings, cases);
        assertThat(report.failures()).isEmpty();
        assertThat(report.cases()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aFlowThatIsNamedTwiceRunsOnce() {
        assertThat(Flows.chosen(settings("toy,rigs,toy")))
                .extracting(Flow::name)
                .containsExactly("toy", "rigs");
    }

    @Test
    void aFlowThatIsNotThereIsNamedWithThoseThatAre() {
        assertThatThrownBy(() -> Flows.chosen(settings("rigs,tooy")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("tooy")
                .hasMessageContaining("rigs, toy");
    }
}
