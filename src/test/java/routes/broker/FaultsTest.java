package routes.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.junit.jupiter.api.Test;

class FaultsTest {
    @Test
    void aBrokersThreadThatEndsTheProcessEndsOnlyItself() throws Exception {
        Faults faults = new Faults();
        Faults others = new Faults();

        Thread thread = new Thread(faults, () -> Exit.exit(3, "the disk is full"), "broker");
        thread.setUncaughtExceptionHandler((dead, fault) -> {});
        thread.start();

        assertThat(faults.first().get(10, TimeUnit.SECONDS))
                .hasMessage("Kafka asked to end the process with status 3: the disk is full");
        assertThat(others.first()).isNotDone();
    }

    @Test
    void aThreadStartedByABrokersThreadBelongsToTheBroker() throws Exception {
        Faults faults = new Faults();

        new Thread(faults, () -> new Thread(FaultsTest::halt).start(), "broker").start();

        assertThat(faults.first().get(10, TimeUnit.SECONDS)).hasMessage("Kafka asked to end the process with status 1");
    }

    @Test
    void onlyFatalFaultsReachTheOwner() {
        Faults faults = new Faults();
        FaultHandler passing = faults.handlers().build("passing", false, () -> {});
        FaultHandler fatal = faults.handlers().build("fatal", true, () -> {});

        passing.handleFault("a passing one", new IllegalStateException("first"));
        assertThat(faults.first()).isNotDone();

        Exception cause = new IllegalStateException("second");
        assertThat(fatal.handleFault("the end", cause)).hasCause(cause);
        assertThat(faults.first().join()).hasMessage("the end").hasCause(cause);
    }

    private static void halt() {
        try {
            Exit.halt(1);
        } catch (IllegalStateException endsThisThread) {
            // As in Kafka, where the thread's own loop logs it.
        }
    }
}
