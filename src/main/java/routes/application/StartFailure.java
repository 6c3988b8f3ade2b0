package routes.application;

import com.fasterxml.jackson.databind.util.ClassUtil;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.PropertyBindingException;
import routes.settings.ConfigurationException;

/** Tells what in the user's hands kept Camel from starting: a route or a Camel setting. */
final class StartFailure {
    private StartFailure() {}

    /** @return a {@link ConfigurationException} where the cause is configuration, else the failure itself */
    static RuntimeException explained(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PropertyBindingException binding) {
                return new ConfigurationException("setting " + binding.getOptionPrefix() + "."
                        + binding.getPropertyName() + ": Camel does not know it or cannot use its value; "
                        + "check the spelling and the value against Camel's documentation");
            }
            if (cause instanceof FailedToCreateRouteException route) {
                return new ConfigurationException(
                        "route " + route.getRouteId() + " cannot be made: " + rootMessage(route));
            }
        }
        return failure;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = ClassUtil.getRootCause(failure);
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
