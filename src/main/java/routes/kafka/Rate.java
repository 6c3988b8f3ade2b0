package routes.kafka;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast records are sent again. Infinite means no limit.
 *
 * @param perSecond so many a second on average
 * @param speed so many times the pace at which they were written, by their timestamps
 */
public record Rate(double perSecond, double speed) {
    /** As fast as it can. */
    public static final Rate MAX = perSecond(Double.POSITIVE_INFINITY);

    /** What {@link #parse} reads. */
    public static final String FORM = "max, N/s as in 500/s, or xF as in x1 or x0.5";

    private static final Pattern LIMITED = Pattern.compile("(x?)(\\d{1,9}(?:\\.\\d{1,6})?)((?:/s)?)");

    public static Rate perSecond(double records) {
        return new Rate(records, Double.POSITIVE_INFINITY);
    }

    /** @throws IllegalArgumentException with a sentence that has the text and what was expected */
    public static Rate parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        Matcher matcher = LIMITED.matcher(text);
        boolean isSpeed = matcher.matches() && matcher.group(1).equals("x");
        double number = matcher.matches() ? Double.parseDouble(matcher.group(2)) : 0;
        if (number == 0 || isSpeed == matcher.group(3).equals("/s")) {
            throw new IllegalArgumentException("'" + text + "': expected " + FORM);
        }
        return isSpeed ? new Rate(Double.POSITIVE_INFINITY, number) : perSecond(number);
    }
}
