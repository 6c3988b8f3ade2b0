package routes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import routes.docs.LibrariesPart.Library;

/** What the jar is made of: known by name, and with the licence texts that have to go with it. */
class LibrariesTest {
    private static final String OURS = "Apache-2.0";
    /** Their native libraries are under other licences than they. */
    private static final Set<String> WITH_NATIVE_LIBRARIES = Set.of("at.yawk.lz4", "org.xerial.snappy");

    private static final Pattern LICENCE = Pattern.compile(
            "(?s).*(Permission is hereby granted|Redistribution and use|released to the public domain).*");

    private final List<Library> libraries = LibrariesPart.libraries();

    @Test
    void everyLineOfTheListIsALibrary() {
        String list = LibrariesPart.read("LIBRARIES.txt").orElseThrow();

        assertThat(libraries).hasSizeGreaterThan(100);
        assertThat(list).contains("Lists of " + libraries.size() + " third-party dependencies.");
        assertThat(libraries).allSatisfy(library -> assertThat(library.licences())
                .isSubsetOf(
                        OURS,
                        "MIT",
                        "MIT-0",
                        "BSD-2-Clause",
                        "BSD-3-Clause",
                        "EDL-1.0",
                        "EPL-1.0",
                        "EPL-2.0",
                        "CC0-1.0"));
    }

    @Test
    void theTextOfEveryLicenceButOursGoesWithTheJar() throws Exception {
        Set<String> groups = libraries.stream()
                .filter(library -> !library.licences().contains(OURS))
                .map(Library::group)
                .collect(Collectors.toCollection(TreeSet::new));
        groups.addAll(WITH_NATIVE_LIBRARIES);
        Path folder = Path.of("src/main/resources" + LibrariesPart.FOLDER);

        try (Stream<Path> texts = Files.list(folder)) {
            assertThat(texts.map(text -> text.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            groups.stream().map(group -> group + ".txt").toList());
        }
        assertThat(libraries.stream().filter(library -> groups.contains(library.group())))
                .hasSizeGreaterThan(20)
                .allSatisfy(library -> assertThat(library.text())
                        .hasValueSatisfying(text -> assertThat(text).matches(LICENCE)));
    }

    /** Of two libraries with the same classes the order of the jar would choose. */
    @Test
    void nothingIsThereInTwoVersions() {
        Function<String, List<String>> versions = group -> libraries.stream()
                .filter(library -> library.group().startsWith(group))
                .map(Library::version)
                .distinct()
                .toList();

        for (String group :
                List.of("io.netty", "org.apache.camel", "org.apache.kafka", "com.fasterxml.jackson", "io.micrometer")) {
            assertThat(versions.apply(group)).as(group).hasSize(1);
        }
        assertThat(libraries.stream().map(Library::name).filter("lz4-java"::equals))
                .hasSize(1);
        assertThat(libraries.stream().map(Library::name)).doesNotContain("commons-beanutils");
    }
}
