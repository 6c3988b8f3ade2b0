package routes.kafka;

import com.fasterxml.jackson.databind.util.ClassUtil;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import routes.settings.ConfigurationException;
import routes.settings.UnreachableException;

/** Turns what a cluster answered into one sentence. */
final class TopicFailure {
    private TopicFailure() {}

    /**
     * @param cause what a client of the cluster threw, or its future failed with
     * @return an {@link UnreachableException} if it did not answer
     */
    static ConfigurationException of(Throwable cause, String bootstrapServers) {
        String cluster = "Kafka at " + bootstrapServers;
        return cause instanceof TimeoutException
                ? new UnreachableException(
                        cluster + " cannot be reached or does not answer; check the address and that it" + " runs ("
                                + text(cause) + ").")
                : new ConfigurationException(sentence(cluster, cause));
    }

    /** Marks the thread as interrupted again. */
    static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting for Kafka", cause);
    }

    private static String sentence(String cluster, Throwable cause) {
        String said = text(cause);
        if (cause instanceof AuthenticationException) {
            return cluster + " refuses the login; check the credentials (" + said + ").";
        }
        if (cause instanceof AuthorizationException) {
            return cluster + " does not allow this user to see or create the topics; ask for the rights to describe"
                    + " and create them (" + said + ").";
        }
        return cluster + " cannot be asked about its topics: " + said + ".";
    }

    /** The innermost reason, which is the one that helps, without its final stop. */
    private static String text(Throwable cause) {
        Throwable root = ClassUtil.getRootCause(cause);
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
