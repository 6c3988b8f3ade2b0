package routes.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the status goes, and how often: one line rewritten in place on a terminal, log lines elsewhere. */
interface StatusOutput {
    /** The time from one status to the next. */
    Duration interval();

    void show(String status);

    /** Makes room for other output. */
    void clear();

    /** The one for where this process runs. */
    static StatusOutput of(PrintWriter out) {
        return Terminal.isPresent() ? new OnTerminal(PlainWriter.raw(out), Terminal.width()) : new InLog();
    }

    /** Leaves the cursor at the line's beginning, so that whatever is logged meanwhile takes its place. */
    record OnTerminal(PrintWriter out, int width) implements StatusOutput {
        private static final String ERASE_LINE = "\r\u001b[K";

        @Override
        public Duration interval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void show(String status) {
            out.print(ERASE_LINE + status.substring(0, Math.min(status.length(), width - 1)) + "\r");
            out.flush();
        }

        @Override
        public void clear() {
            out.print(ERASE_LINE);
            out.flush();
        }
    }

    /** One log line each ten seconds. */
    record InLog() implements StatusOutput {
        private static final Logger LOG = LoggerFactory.getLogger("routes.status");

        @Override
        public Duration interval() {
            return Duration.ofSeconds(10);
        }

        @Override
        public void show(String status) {
            LOG.info(status);
        }

        @Override
        public void clear() {
            // log lines stand
        }
    }
}
