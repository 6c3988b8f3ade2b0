package routes.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import routes.deadletter.LetterId;

/** Reads {@code PARTITION:OFFSET} on the command line. */
final class LetterIdConverter implements ITypeConverter<LetterId> {
    @Override
    public LetterId convert(String text) {
        try {
            return LetterId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
