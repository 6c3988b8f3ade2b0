package routes.flow;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.Processor;

/** A flow that runs; it is closed when its routes have stopped. */
public interface RunningFlow extends AutoCloseable {
    /** The steps that its routes name. */
    Map<String, Processor> steps();

    /** The routes that bring in new records: a stop begins with them. */
    default Set<String> sources() {
        return Set.of();
    }

    /** Whether all that its sources have sent is acknowledged. */
    default boolean isQuiet() {
        return true;
    }

    /** By how much the source that is furthest behind is overdue; 0 if none is. */
    default double lagSeconds() {
        return 0;
    }

    /** Has {@code owner} told, with the reason, if the application must stop for its sake. */
    default void onFailure(Consumer<String> owner) {}

    @Override
    default void close() {}
}
