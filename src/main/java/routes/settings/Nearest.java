package routes.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt word may have meant, by the edit distance of Levenshtein. */
public final class Nearest {
    private Nearest() {}

    /** The candidate with the smallest distance, the alphabetically first of several; empty if there is none. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** As {@link #to}, but only what the word may well have meant: case does not count, and two letters or a third may differ. */
    public static Optional<String> close(String word, Collection<String> candidates) {
        String plain = word.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .filter(candidate ->
                        distance(plain, candidate.toLowerCase(Locale.ROOT)) <= Math.max(2, word.length() / 3))
                .min(Comparator.<String>comparingInt(candidate -> distance(plain, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many characters must be inserted, deleted or replaced to make one word of the other. */
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
