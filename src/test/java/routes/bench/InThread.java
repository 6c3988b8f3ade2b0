package routes.bench;

/** A contender whose work ends by itself. */
abstract class InThread implements Contender {
    private Thread thread;

    abstract void work() throws Exception;

    @Override
    public void start() {
        thread = new Thread(
                () -> {
                    try {
                        work();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                "work");
        thread.start();
    }

    @Override
    public void stop() throws InterruptedException {
        thread.join();
    }
}
