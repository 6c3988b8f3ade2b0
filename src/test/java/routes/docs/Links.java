package routes.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links of pages to one another and to other files of the project. */
final class Links {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    private Links() {}

    /**
     * A link.
     *
     * @param page on which it stands
     * @param target as written there
     */
    record Link(Path page, String target) {
        /** @return a sentence if it leads nowhere */
        Optional<String> problem() {
            if (!Files.exists(file())) {
                return Optional.of(page + ": the link to " + target + " leads to no file");
            }
            if (target.contains("#") && !sections(Pages.read(file())).contains(section())) {
                return Optional.of(page + ": the link to " + target + " leads to no section of " + file());
            }
            return Optional.empty();
        }

        Path file() {
            String path = target.replaceFirst("#.*", "");
            return path.isEmpty()
                    ? page
                    : Path.of("").resolve(page).resolveSibling(path).normalize();
        }

        private String section() {
            return target.substring(target.indexOf('#') + 1);
        }
    }

    static List<Link> of(Map<Path, String> pages) {
        List<Link> links = new ArrayList<>();
        pages.forEach((page, text) -> links.addAll(of(page, text)));
        return links;
    }

    private static List<Link> of(Path page, String text) {
        List<Link> links = new ArrayList<>();
        Matcher link = LINK.matcher(Pages.prose(text));
        while (link.find()) {
            if (!link.group(1).startsWith("http")) {
                links.add(new Link(page, link.group(1)));
            }
        }
        return links;
    }

    /** The files that a reader comes to who follows every link. */
    static Set<Path> reachedFrom(Path start, Map<Path, String> pages) {
        Set<Path> reached = new TreeSet<>(Set.of(start));
        Deque<Path> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            Path page = open.pop();
            for (Link link : of(page, pages.getOrDefault(page, ""))) {
                if (reached.add(link.file())) {
                    open.push(link.file());
                }
            }
        }
        return reached;
    }

    /** The sections of a page, named as links name them: lower case, blanks as hyphens, nothing but letters and digits. */
    private static List<String> sections(String page) {
        return Pages.prose(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+\\s*", "").toLowerCase(Locale.ROOT))
                .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }
}
