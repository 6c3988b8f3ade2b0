package routes.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the documentation, as they stand in the project's folder. */
final class Pages {
    private static final Pattern CODE_BLOCK =
            Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private Pages() {}

    /** README, change log and all of {@code docs/}: path to text. */
    static SortedMap<Path, String> all() {
        SortedMap<Path, String> pages = new TreeMap<>();
        for (String name : List.of("README.md", "CHANGELOG.md")) {
            pages.put(Path.of(name), read(Path.of(name)));
        }
        under(Path.of("docs"), ".md").forEach(file -> pages.put(file, read(file)));
        return pages;
    }

    /** Files below a folder, in the order of their paths. */
    static List<Path> under(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page without what stands in fenced blocks. */
    static String prose(String page) {
        return CODE_BLOCK.matcher(page).replaceAll("");
    }

    /** The lines of all fenced blocks of shell commands; a line that ends in a backslash goes on. */
    static List<String> commands(String page) {
        List<String> commands = new ArrayList<>();
        Matcher block = CODE_BLOCK.matcher(page);
        while (block.find()) {
            if (block.group(1).equals("sh")) {
                commands.addAll(
                        block.group(2).replaceAll("\\\\\n\\s*", "").lines().toList());
            }
        }
        return commands;
    }
}
