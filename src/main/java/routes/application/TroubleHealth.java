package routes.application;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Turns readiness red while a part of the application says that it cannot do its work. */
final class TroubleHealth extends AbstractHealthCheck {
    private final Supplier<Optional<String>> trouble;

    /** @param trouble why it cannot; empty if it can */
    TroubleHealth(String part, Supplier<Optional<String>> trouble) {
        super("rig-streams", part);
        this.trouble = trouble;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        trouble.get().ifPresentOrElse(text -> result.message(text).down(), result::up);
    }
}
