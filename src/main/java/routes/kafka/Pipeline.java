package routes.kafka;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The executor {@value #NAME} of splits. It runs each task in the thread that brings it, one after the other: a task that
 * is brought by another one waits until that one has ended. So the records of a batch enter their route in order, in the
 * consumer's own thread, and none waits for the acknowledgement of the one before.
 *
 * <p>It has no threads, so that there is nothing to shut down. For any number of threads.
 */
public final class Pipeline extends AbstractExecutorService {
    /** Routes name it so. */
    public static final String NAME = "pipeline";

    /** The tasks that wait in a thread; none if it runs no task. */
    private final ThreadLocal<Queue<Runnable>> waiting = new ThreadLocal<>();

    @Override
    public void execute(Runnable task) {
        Queue<Runnable> tasks = waiting.get();
        if (tasks != null) {
            tasks.add(task);
            return;
        }
        tasks = new ArrayDeque<>();
        waiting.set(tasks);
        try {
            for (Runnable next = task; next != null; next = tasks.poll()) {
                next.run();
            }
        } finally {
            waiting.remove();
        }
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
