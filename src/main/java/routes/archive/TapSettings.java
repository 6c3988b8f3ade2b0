package routes.archive;

import java.time.Duration;

/**
 * How the tap cuts files.
 *
 * @param namespace the first part of every path
 * @param window of record time that a file runs, and of silence after which an idle partition's file is finished
 * @param maxBytes of a file, after which it is finished
 * @param goOnAfterRecreation whether a topic that was made again is archived beside what the archive has of the old one
 */
public record TapSettings(String namespace, Duration window, long maxBytes, boolean goOnAfterRecreation) {
    /** @throws IllegalArgumentException if the namespace is no part of a path */
    public TapSettings {
        if (!StorePath.isName(namespace)) {
            throw new IllegalArgumentException("the namespace '" + namespace
                    + "' cannot be part of a path; expected letters, digits, '.', '_' and '-'");
        }
    }
}
