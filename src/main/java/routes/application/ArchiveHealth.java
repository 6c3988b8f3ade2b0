package routes.application;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import routes.archive.ArchiveTap;

/** Turns readiness red while the archive takes nothing, or a partition's topic was made again. */
final class ArchiveHealth extends AbstractHealthCheck {
    private final ArchiveTap archive;

    ArchiveHealth(ArchiveTap archive) {
        super("rig-streams", "archive");
        this.archive = archive;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        archive.trouble().ifPresentOrElse(text -> result.message(text).down(), result::up);
    }
}
