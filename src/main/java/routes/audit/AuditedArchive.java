package routes.audit;

import java.util.List;
import routes.archive.ArchiveStore;

/**
 * An archive as an audit looks at it.
 *
 * @param store where its files stand
 * @param namespace the first part of their paths
 * @param topics that are archived
 */
public record AuditedArchive(ArchiveStore store, String namespace, List<String> topics) {
    /** The consumer group that archives, and the name of the stage. */
    static final String GROUP = "rig-streams.archive-telemetry";

    static final String NAME = "archive";

    String folder(String topic) {
        return namespace + "/" + topic + "/";
    }
}
