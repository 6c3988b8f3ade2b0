package routes.replay;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast a replay goes. */
public sealed interface ReplayRate {
    /** As fast as it can. */
    enum Unlimited implements ReplayRate {
        MAX
    }

    /** So many records a second on average. */
    record PerSecond(double records) implements ReplayRate {}

    /** So many times the pace at which the records were written, by their timestamps. */
    record Speed(double times) implements ReplayRate {}

    /** What {@link #parse} reads. */
    String FORM = "max, N/s as in 500/s, or xF as in x1 or x0.5";

    /** @throws IllegalArgumentException with a sentence that has the text and what was expected */
    static ReplayRate parse(String text) {
        if (text.equals("max")) {
            return Unlimited.MAX;
        }
        Matcher matcher =
                Pattern.compile("(x?)(\\d{1,9}(?:\\.\\d{1,6})?)((?:/s)?)").matcher(text);
        boolean isSpeed = matcher.matches() && matcher.group(1).equals("x");
        double number = matcher.matches() ? Double.parseDouble(matcher.group(2)) : 0;
        if (number == 0 || isSpeed == matcher.group(3).equals("/s")) {
            throw new IllegalArgumentException("'" + text + "': expected " + FORM);
        }
        return isSpeed ? new Speed(number) : new PerSecond(number);
    }
}
