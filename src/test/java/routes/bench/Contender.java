package routes.bench;

/**
 * One way to do the job: reads {@code rig.telemetry} from where its group stands, sends, waits for the acknowledgements,
 * commits. Started and stopped once a round; its JVM, and with it what the JIT compiler has learned, stays.
 */
interface Contender {
    /** Returns when it has begun to consume, or is about to. */
    void start() throws Exception;

    /** Finishes what it has begun, commits it and lets go of its clients. */
    void stop() throws Exception;
}
