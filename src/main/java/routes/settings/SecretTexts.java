package routes.settings;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to look for where a secret must not be seen: the secret itself, the keys and passwords within a connection string or a
 * JAAS configuration, and the lines of a private key. Short ones are left out: in their place a mask would tell what they
 * are, and would stand in every other line.
 */
final class SecretTexts {
    static final int SHORTEST = 8;

    private static final Pattern WITHIN = Pattern.compile(
            "(?i)(?:password|secret|key|signature|sig|token)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\";&\\s]+))");

    private SecretTexts() {}

    static Set<String> of(Stream<String> secrets) {
        return secrets.flatMap(SecretTexts::parts)
                .filter(text -> text.length() >= SHORTEST)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> parts(String secret) {
        Stream<String> within = WITHIN.matcher(secret)
                .results()
                .map(part -> part.group(1) == null ? part.group(2) : part.group(1))
                .flatMap(part -> Stream.of(part, part.replaceAll("\\\\(.)", "$1")))
                .flatMap(SecretTexts::parts);
        return Stream.concat(Stream.concat(Stream.of(secret), secret.lines().map(String::strip)), within);
    }
}
