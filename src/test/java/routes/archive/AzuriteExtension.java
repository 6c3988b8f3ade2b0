package routes.archive;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Blob service: a parameter of type {@link Azurite} in a test, a lifecycle method or a constructor.
 * One, in memory, serves the whole run; tests keep apart by {@linkplain Azurite#newContainer containers of their own}.
 * Tests that stop it start {@linkplain Azurite#onDisk one of their own}.
 *
 * <p>Where node or Azurite is not installed the tests are skipped, which names them and the reason; with {@code CI=true}
 * they run, and fail.
 */
public final class AzuriteExtension implements ParameterResolver, ExecutionCondition {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(AzuriteExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Azurite.missing()
                .filter(reason -> !"true".equals(System.getenv("CI")))
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("Azurite is installed, or has to be"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Azurite.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, key -> new Running(Azurite.inMemory()), Running.class)
                .azurite;
    }

    private record Running(Azurite azurite) implements AutoCloseable {
        @Override
        public void close() {
            azurite.close();
        }
    }
}
