package routes;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which room of the house, that is which package, may know which other. Every rule is held against the product, whose
 * classes are counted, and against the classes of {@code routes.fixtures}, which break it.
 */
class ArchitectureTest {
    private static final String ROOT = "routes";
    private static final String BROKEN_ROOT = "routes.fixtures";
    private static final Path CLASSES = folderOf(RigStreams.class);
    private static final JavaClasses PRODUCT = new ClassFileImporter().importPath(CLASSES);
    private static final JavaClasses BROKEN =
            new ClassFileImporter().importPath(folderOf(ArchitectureTest.class).resolve(BROKEN_ROOT.replace('.', '/')));

    /**
     * @param rule for the rooms under the given package
     * @param breakers the fixtures that must fail it
     */
    private record Rule(String name, Function<String, ArchRule> rule, String... breakers) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "rig, telemetry, json and alarm are plain Java",
                        root -> noClasses()
                                .that()
                                .resideInAnyPackage(
                                        root + ".rig..", root + ".telemetry..", root + ".json..", root + ".alarm..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.apache.camel..", "org.apache.kafka..", "com.azure..", "io.micrometer.."),
                        "rig.RigThatSends",
                        "rig.RigInARoute",
                        "telemetry.CountingMessage",
                        "json.JsonOfARecord"),
                new Rule(
                        "telemetry knows no other room",
                        root -> onlyKnows(root, "telemetry"),
                        "telemetry.MessageWithSettings"),
                new Rule(
                        "json knows telemetry only",
                        root -> onlyKnows(root, "json", "telemetry"),
                        "json.JsonOfARecord"),
                new Rule(
                        "rig knows telemetry and settings only",
                        root -> onlyKnows(root, "rig", "telemetry", "settings"),
                        "rig.RigWithABroker"),
                new Rule(
                        "nothing but the main class depends on cli",
                        root -> noClasses()
                                .that()
                                .resideOutsideOfPackage(root + ".cli..")
                                .and()
                                .doNotHaveFullyQualifiedName(RigStreams.class.getName())
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(root + ".cli.."),
                        "kafka.TopicOnScreen"),
                new Rule(
                        "application, cli, kafka and reload know flows only as Flow",
                        root -> noClasses()
                                .that()
                                .resideInAnyPackage(
                                        root + ".application..", root + ".cli..", root + ".kafka..", root + ".reload..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(root + ".rigs..", root + ".rig.."),
                        "kafka.TopicOfARig"),
                new Rule(
                        "who asks, reads or fills Kafka does so through a KafkaCluster; the clients of the routes are Camel's",
                        root -> noClasses()
                                .that()
                                .resideInAPackage(root + "..")
                                .and()
                                .haveNameNotMatching(".*\\.kafka\\.(KafkaCluster|RouteConsumer|SharedProducer)(\\$.*)?")
                                .should()
                                .dependOnClassesThat()
                                .haveNameMatching("org\\.apache\\.kafka\\.clients\\.(consumer\\.KafkaConsumer"
                                        + "|producer\\.KafkaProducer|admin\\.(Kafka)?Admin(Client)?)"),
                        "settings.SettingThatAsks"),
                new Rule(
                        "the rooms are free of cycles",
                        root -> slices().matching(root + ".(*)..").should().beFreeOfCycles(),
                        "kafka.TopicOnScreen",
                        "broker.Ring"),
                new Rule(
                        "the product needs nothing that only tests and benchmarks have",
                        root -> noClasses()
                                .that()
                                .resideInAPackage(root + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "org.junit..",
                                        "org.assertj..",
                                        "org.awaitility..",
                                        "org.openjdk.jmh..",
                                        "com.tngtech.archunit..",
                                        "org.apache.camel.test..",
                                        "org.apache.kafka.streams.."),
                        "settings.SettingThatAsserts"));
    }

    private static ArchRule onlyKnows(String root, String room, String... others) {
        String[] known = Stream.concat(Stream.of(room), Stream.of(others))
                .map(name -> root + "." + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(root + "." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(root + "..").and(resideOutsideOfPackages(known)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theProductKeepsTheRule(Rule rule) {
        rule.rule().apply(ROOT).check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void whatBreaksTheRuleIsNoticed(Rule rule) {
        EvaluationResult result = rule.rule().apply(BROKEN_ROOT).evaluate(BROKEN);

        assertThat(result.hasViolation()).isTrue();
        for (String breaker : rule.breakers()) {
            assertThat(result.getFailureReport().toString()).contains(BROKEN_ROOT + "." + breaker);
        }
    }

    @Test
    void everyClassOnDiskIsChecked() throws IOException {
        Map<String, Long> checked = PRODUCT.stream()
                .filter(type -> !type.isArray())
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));

        Map<String, Long> onDisk;
        try (Stream<Path> files = Files.walk(CLASSES)) {
            onDisk = files.filter(file -> file.toString().endsWith(".class"))
                    .collect(Collectors.groupingBy(ArchitectureTest::packageOf, TreeMap::new, Collectors.counting()));
        }
        assertThat(checked).isEqualTo(onDisk);
        assertThat(checked)
                .containsKeys(
                        "routes", "routes.cli", "routes.rig", "routes.telemetry", "routes.kafka", "routes.settings");
    }

    private static String packageOf(Path classFile) {
        return CLASSES.relativize(classFile.getParent()).toString().replace('/', '.');
    }

    private static Path folderOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
