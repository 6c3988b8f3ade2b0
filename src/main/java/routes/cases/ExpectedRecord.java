package routes.cases;

import java.util.List;
import routes.check.Position;

/**
 * What is said of one record that must come out.
 *
 * @param said each thing by itself, at least one
 */
record ExpectedRecord(Position at, List<Expectation> said) {

    /** Something that a record must be or have. */
    interface Expectation {
        /**
         * @param input the records of the case
         * @return how the record differs from it; empty if it does not
         */
        List<Difference> differences(SentRecord record, List<InputRecord> input);
    }

    /**
     * @param what differs, as in {@code key} or {@code /channels/HKLA}
     */
    record Difference(String what, String expected, String found) {}
}
