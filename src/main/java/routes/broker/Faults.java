package routes.broker;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.LoggingFaultHandler;

/**
 * The first fault of one broker that it cannot go on from. Kafka, made for a process of its own, answers such a fault
 * by ending the JVM; here the fault is handed to the broker's owner instead.
 *
 * <p>Two ways lead to the JVM's end: fault handlers, which Kafka lets us replace, and {@link Exit}, which is static.
 * All threads of a broker descend from one that belongs to this group, so a call of {@code Exit} is traced to its
 * broker by the thread that makes it; a call by any other thread ends the JVM as ever.
 */
final class Faults extends ThreadGroup {
    private final CompletableFuture<Throwable> first = new CompletableFuture<>();

    Faults() {
        super("embedded-kafka");
        Exit.setExitProcedure((status, message) -> report(status, message, Runtime.getRuntime()::exit));
        Exit.setHaltProcedure((status, message) -> report(status, message, Runtime.getRuntime()::halt));
    }

    /** Completed, never exceptionally, by the first fatal fault. */
    CompletableFuture<Throwable> first() {
        return first;
    }

    FaultHandlerFactory handlers() {
        return (name, fatal, action) ->
                fatal ? (message, cause) -> fatal(action, message, cause) : new LoggingFaultHandler(name, action);
    }

    private RuntimeException fatal(Runnable action, String message, Throwable cause) {
        action.run();
        RuntimeException fault = new IllegalStateException(message, cause);
        first.complete(fault);
        return fault;
    }

    private static void report(int status, String message, IntConsumer end) {
        for (ThreadGroup group = Thread.currentThread().getThreadGroup(); group != null; group = group.getParent()) {
            if (group instanceof Faults faults) {
                IllegalStateException fault = new IllegalStateException("Kafka asked to end the process with status "
                        + status + (message == null ? "" : ": " + message));
                faults.first.complete(fault);
                throw fault;
            }
        }
        end.accept(status);
    }
}
