package routes.cases;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;

/** Makes Camel's thread pools, and knows how many tasks were given to all of them and have not ended. */
final class CountedPools extends DefaultThreadPoolFactory {
    private final AtomicInteger tasks = new AtomicInteger();

    int tasks() {
        return tasks.get();
    }

    @Override
    public ExecutorService newCachedThreadPool(ThreadFactory threads) {
        return new Counted(super.newCachedThreadPool(threads));
    }

    @Override
    public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
        return new Counted(super.newThreadPool(profile, threads));
    }

    private final class Counted extends AbstractExecutorService {
        private final ExecutorService pool;

        Counted(ExecutorService pool) {
            this.pool = pool;
        }

        @Override
        public void execute(Runnable task) {
            tasks.incrementAndGet();
            try {
                pool.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        tasks.decrementAndGet();
                    }
                });
            } catch (RuntimeException notTaken) {
                tasks.decrementAndGet();
                throw notTaken;
            }
        }

        @Override
        public void shutdown() {
            pool.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return pool.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return pool.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return pool.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return pool.awaitTermination(timeout, unit);
        }
    }
}
