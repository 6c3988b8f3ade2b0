package routes.rig;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Turns a cell into an exact decimal that a message can carry. */
final class RecordingNumber {
    private static final int DIGITS = 18;
    /** To make a number of its digits takes the square of their count. */
    private static final int LONGEST = 1_000;
    /** The value with which logs say that there is none. */
    private static final BigDecimal ABSENT = new BigDecimal("-999.25");

    private RecordingNumber() {}

    /**
     * @return null for the value that says that there is none
     * @throws NumberFormatException if the cell is not a decimal number, or is 10^18 or more away from 0
     */
    static BigDecimal parse(String cell) {
        if (cell.length() > LONGEST) {
            throw new NumberFormatException("more than " + LONGEST + " characters");
        }
        BigDecimal number = new BigDecimal(cell);
        if (number.compareTo(ABSENT) == 0) {
            return null;
        }
        if ((long) number.precision() - number.scale() > DIGITS && number.signum() != 0) {
            throw new NumberFormatException("beyond 10^" + DIGITS);
        }
        return fit(number);
    }

    private static BigDecimal fit(BigDecimal number) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO.setScale(Math.max(0, Math.min(number.scale(), DIGITS)));
        }
        if (fits(number)) {
            return number.setScale(Math.max(0, number.scale()));
        }
        BigDecimal exact = number.stripTrailingZeros();
        if (fits(exact)) {
            return exact.setScale(Math.max(0, exact.scale()));
        }
        BigDecimal nearest = BigDecimal.valueOf(number.doubleValue());
        return nearest.setScale(Math.max(0, Math.min(nearest.scale(), DIGITS)), RoundingMode.HALF_EVEN);
    }

    private static boolean fits(BigDecimal number) {
        return number.scale() <= DIGITS && number.precision() <= DIGITS;
    }
}
