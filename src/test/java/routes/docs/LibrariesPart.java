package routes.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static routes.docs.Markdown.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The table of {@code docs/libraries.md}, made of the list that the build has made of the libraries' own poms. */
final class LibrariesPart {
    static final String FOLDER = "/META-INF/licenses/";

    private static final Pattern LINE =
            Pattern.compile("^ {5}((?:\\([^()]+\\) ?)+) .*\\(([^:() ]+):([^: ]+):([^: ]+) - .*\\)$", Pattern.MULTILINE);

    private LibrariesPart() {}

    /** @param licences as in {@code Apache-2.0}; any one of several may be chosen */
    record Library(String group, String name, String version, List<String> licences) {
        /** Its text, where one has to go with it; one file for all libraries of a group. */
        Optional<String> text() {
            return read(group + ".txt");
        }
    }

    static List<Library> libraries() {
        return LINE.matcher(read("LIBRARIES.txt").orElseThrow())
                .results()
                .map(LibrariesPart::library)
                .toList();
    }

    private static Library library(MatchResult line) {
        String licences =
                line.group(1).strip().substring(1, line.group(1).strip().length() - 1);
        return new Library(line.group(2), line.group(3), line.group(4), List.of(licences.split("\\) \\(")));
    }

    static Optional<String> read(String name) {
        try (InputStream in = LibrariesPart.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<GeneratedPart> parts() {
        List<List<String>> rows = libraries().stream()
                .map(library -> List.of(
                        code(library.group() + ":" + library.name()),
                        library.version(),
                        String.join(" or ", library.licences())))
                .toList();
        return List.of(new GeneratedPart(
                "docs/libraries.md", "libraries", Markdown.table(List.of("Library", "Version", "Licence"), rows)));
    }
}
