package routes.dashboard;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What our HTTP servers need to know of a request.
 *
 * @param method as in {@code GET}
 * @param path as it was sent, still percent-encoded
 * @param host the name or address that was asked for, without the port
 * @param authority the same with the port, where one is given
 * @param origin the site whose page sent it, as browsers say; null if it does not say
 * @param authorization null if there is none
 * @param client who asked, for people: the address, and what the client calls itself
 */
record Request(
        String method, String path, String host, String authority, String origin, String authorization, String client) {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\[\\]:@/?#\\s]*)(:\\d{1,5})?");
    private static final Pattern MALFORMED = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final int LONGEST_NAME = 80;

    /** @throws RefusedException if the request has a query, or is not for a well-formed path of one host */
    static Request of(HttpServerRequest request) {
        String target = request.uri();
        if (!target.startsWith("/")) {
            throw new RefusedException(
                    400, "the request is for " + plain(target) + "; expected a path, as in /metrics");
        }
        if (target.contains("?")) {
            throw new RefusedException(
                    400, "nothing here takes parameters, as in " + plain(target.substring(target.indexOf('?'))));
        }
        if (MALFORMED.matcher(target).find()) {
            throw new RefusedException(
                    400, "the path " + plain(target) + " has a % that two hexadecimal digits do not follow");
        }
        String authority = one(request.headers(), "Host").orElse("");
        Matcher host = AUTHORITY.matcher(authority);
        if (!host.matches()) {
            throw new RefusedException(400, "the header Host is not one; expected HOST or HOST:PORT");
        }
        return new Request(
                request.method().name(),
                target,
                host.group(1),
                authority,
                one(request.headers(), "Origin").orElse(null),
                one(request.headers(), "Authorization").orElse(null),
                client(request));
    }

    private static Optional<String> one(MultiMap headers, String name) {
        List<String> all = headers.getAll(name);
        if (all.size() > 1) {
            throw new RefusedException(400, "the header " + name + " stands there " + all.size() + " times");
        }
        return all.stream().findFirst();
    }

    /** One short line, whatever the client calls itself. */
    private static String client(HttpServerRequest request) {
        String address = String.valueOf(request.remoteAddress());
        String name = request.getHeader("User-Agent");
        return name == null ? address : address + " (" + plain(name) + ")";
    }

    /** Of what was sent, what can be printed, if it is short. */
    static String plain(String sent) {
        String plain = sent.replaceAll("[^ -~]", "?");
        return plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
    }
}
