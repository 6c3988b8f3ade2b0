package routes.docs;

import java.util.List;
import java.util.Optional;

/**
 * A part of a page that is made from the sources. On its page it stands between two comments that readers do not see.
 *
 * @param page as in {@code docs/topics.md}
 * @param name what the page calls it
 * @param text what is to stand there, ending in a line break
 */
record GeneratedPart(String page, String name, String text) {
    static final String REFRESH = "mvn -q test -Dtest=DocsTest -Ddocs.update=true";

    private String begin() {
        return "<!-- generated: " + name + "; refresh with " + REFRESH + " -->\n";
    }

    private String end() {
        return "<!-- end of " + name + " -->\n";
    }

    /** The page with this part as the sources have it. */
    String refreshed(String current) {
        int from = position(current, begin()) + begin().length();
        return current.substring(0, from) + "\n" + text + "\n" + current.substring(position(current, end()));
    }

    private int position(String current, String mark) {
        int at = current.indexOf(mark);
        if (at < 0) {
            throw new AssertionError(page + " lacks the line " + mark.strip());
        }
        return at;
    }

    /** @return a sentence if the page says something else than the sources */
    Optional<String> problem(String current) {
        List<String> expected = refreshed(current).lines().toList();
        List<String> found = current.lines().toList();
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            String should = i < expected.size() ? expected.get(i) : "nothing";
            String is = i < found.size() ? found.get(i) : "nothing";
            if (!should.equals(is)) {
                return Optional.of(page + ":" + (i + 1) + ": '" + name + "' is stale; refresh it with: " + REFRESH
                        + "\n  the sources say: " + should + "\n  the page says:   " + is);
            }
        }
        return Optional.empty();
    }
}
