package routes.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import routes.check.RouteText;

/**
 * The last good version of each file of a folder of routes, kept as plain files with a list of their hashes, which {@code
 * sha256sum -c} can read. Only what that list names and has that hash counts: a file that was half written does not.
 */
public final class LastGood {
    private static final String SUMS = "SHA256SUMS";
    private static final String BETWEEN = "  ";

    private final Path routes;
    private final Path kept;

    /**
     * @param store the folder for the last good versions of all folders of routes
     * @param routes the folder that is edited
     */
    public LastGood(Path store, Path routes) {
        Path absolute = routes.toAbsolutePath().normalize();
        String version = RouteText.version(new RouteText("", absolute.toString()));
        this.routes = routes;
        this.kept = store.resolve(absolute.getFileName() + "-" + version);
    }

    /** Where they are. */
    Path folder() {
        return kept;
    }

    /** Each under the name of the file that it is the last good version of; empty if nothing is kept. */
    public List<RouteText> read() {
        List<RouteText> texts = new ArrayList<>();
        sums().forEach((name, sum) -> {
            RouteText text = new RouteText(routes.resolve(name).toString(), text(kept.resolve(name)));
            if (text.sha256().equals(sum)) {
                texts.add(text);
            }
        });
        return texts;
    }

    private Map<String, String> sums() {
        Map<String, String> sums = new LinkedHashMap<>();
        for (String line : text(kept.resolve(SUMS)).lines().toList()) {
            String[] parts = line.split(BETWEEN, 2);
            if (parts.length == 2) {
                sums.put(parts[1], parts[0]);
            }
        }
        return sums;
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException nothingKept) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("the last good version of a file of routes cannot be read", e);
        }
    }

    /** Keeps these instead of all others. */
    void save(Collection<RouteText> texts) throws IOException {
        Map<String, String> before = sums();
        StringBuilder sums = new StringBuilder();
        for (RouteText text : texts) {
            String name = routes.relativize(Path.of(text.name())).toString().replace('\\', '/');
            sums.append(text.sha256()).append(BETWEEN).append(name).append('\n');
            if (!text.sha256().equals(before.remove(name))) {
                write(kept.resolve(name), text.text());
            }
        }
        write(kept.resolve(SUMS), sums.toString());
        for (String gone : before.keySet()) {
            if (!sums.toString().contains(BETWEEN + gone + "\n")) {
                Files.deleteIfExists(kept.resolve(gone));
            }
        }
    }

    /** Whole or not at all. */
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, text);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
