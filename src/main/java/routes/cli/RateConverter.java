package routes.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a rate as in {@code 100/s} or {@code 0.5/s} on the command line: so many per second. */
final class RateConverter implements ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)/s");

    @Override
    public Double convert(String text) {
        Matcher matcher = FORM.matcher(text);
        double perSecond = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
        if (perSecond == 0) {
            throw new TypeConversionException("'" + text + "' is not a rate as in 100/s or 0.5/s");
        }
        return perSecond;
    }
}
