package routes.faults;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that Java itself does not send. */
enum Signal {
    /** The process does nothing more, without being told; its connections stay open. */
    STOP,
    /** It goes on where it was. */
    CONT;

    /** @param pid of a process that the tests started */
    void to(long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                    .inheritIO()
                    .start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("'kill -" + name() + " " + pid + "' did not work");
            }
        } catch (IOException e) {
            throw new IllegalStateException("there is no command 'kill'", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
