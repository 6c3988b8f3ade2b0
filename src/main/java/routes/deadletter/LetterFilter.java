package routes.deadletter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which dead letters are meant; what is empty does not restrict.
 *
 * @param originalTopic for the whole name of the topic that the record came from
 * @param reasons the letter has one of these; an empty set does not restrict
 * @param rig the record's key
 * @param since the letter is not older
 * @param until the letter is older
 */
public record LetterFilter(
        Optional<Pattern> originalTopic,
        Set<String> reasons,
        Optional<String> rig,
        Optional<Instant> since,
        Optional<Instant> until)
        implements Predicate<Letter> {
    /** Every letter. */
    public static final LetterFilter ALL =
            new LetterFilter(Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws IllegalArgumentException with a sentence, if no time lies between since and until */
    public LetterFilter {
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
            throw new IllegalArgumentException("nothing lies between since " + since.get() + " and until " + until.get()
                    + "; expected since < until");
        }
    }

    @Override
    public boolean test(Letter letter) {
        return originalTopic.map(pattern -> isFrom(pattern, letter)).orElse(true)
                && (reasons.isEmpty() || reasons.contains(letter.reason()))
                && rig.map(key -> Arrays.equals(key.getBytes(StandardCharsets.UTF_8), letter.key()))
                        .orElse(true)
                && since.map(time -> !letter.time().isBefore(time)).orElse(true)
                && until.map(time -> letter.time().isBefore(time)).orElse(true);
    }

    private static boolean isFrom(Pattern pattern, Letter letter) {
        return letter.originalTopic()
                .map(topic -> pattern.matcher(topic).matches())
                .orElse(false);
    }
}
