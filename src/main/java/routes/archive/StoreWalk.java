package routes.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Goes through the folders of a store, one folder at a time, as far as it is asked to. */
final class StoreWalk {
    private StoreWalk() {}

    static Stream<String> ascending(ArchiveStore store, String folder) {
        return children(store, folder, false)
                .flatMap(child -> child.endsWith("/") ? ascending(store, child) : Stream.of(child));
    }

    /** The last file first. */
    static Stream<String> descending(ArchiveStore store, String folder) {
        return descendingFrom(store, folder, "\uffff");
    }

    /** As {@link #descending}, from this path on. */
    static Stream<String> descendingFrom(ArchiveStore store, String folder, String path) {
        return children(store, folder, true)
                .filter(child -> child.compareTo(path) <= 0 || path.startsWith(child))
                .flatMap(child -> child.endsWith("/") ? descendingFrom(store, child, path) : Stream.of(child));
    }

    private static Stream<String> children(ArchiveStore store, String folder, boolean lastFirst) {
        try {
            List<String> children = new ArrayList<>(store.children(folder));
            if (lastFirst) {
                Collections.reverse(children);
            }
            return children.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
