package routes.dashboard;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import routes.settings.Ports;
import routes.settings.Settings;

/**
 * Lets in only what this machine's user, or who has a token, has asked for.
 *
 * <p>A page of another site can make the user's browser send requests here. Such a request names that site as its
 * origin; or, where the site's name was made to lead to this machine's loopback address (DNS rebinding), as the host that
 * was asked. Both are refused. A server that others reach has names that it need not know: there everything needs a token,
 * which no other site's page has.
 */
final class Gate {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "::1");
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final List<Token> tokens;
    private final String whichToken;
    private final Set<String> names;
    private final boolean onLoopback;

    /**
     * @param tokens any of which will do
     * @param whichToken where they are to be found, to be said to who has none
     * @param names by which it may be asked besides those of the loopback address, in lower case
     * @param onLoopback whether only this machine reaches it
     */
    Gate(List<Token> tokens, String whichToken, Set<String> names, boolean onLoopback) {
        this.tokens = tokens;
        this.whichToken = whichToken;
        this.names = names;
        this.onLoopback = onLoopback;
    }

    /** Before metrics and health. */
    static Gate ofObservation(Settings settings, List<Token> tokens) {
        boolean onLoopback = Ports.isLoopback(settings.text("observe.host"));
        Set<String> names = new TreeSet<>();
        settings.list("observe.hosts").forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        if (onLoopback) {
            names.add(settings.text("observe.host").toLowerCase(Locale.ROOT));
        }
        return new Gate(tokens, "that of OBSERVE_TOKEN or of API_TOKEN", names, onLoopback);
    }

    /** Before the API. */
    static Gate ofApi(String host, Token token) {
        boolean onLoopback = Ports.isLoopback(host);
        return new Gate(
                List.of(token),
                "that of API_TOKEN, or else the one in the file api/token below its data.dir",
                onLoopback ? Set.of(host.toLowerCase(Locale.ROOT)) : Set.of(),
                onLoopback);
    }

    /** @throws RefusedException if the request is not let in */
    void admit(Request request) {
        requireOurHost(request);
        requireOurPage(request);
        boolean open = onLoopback && READING.contains(request.method());
        if (!open && tokens.stream().noneMatch(token -> token.isIn(request.authorization()))) {
            throw new RefusedException(Answer.error(
                    401,
                    "this needs the header 'Authorization: Bearer TOKEN' with the token of this instance: "
                            + whichToken,
                    "WWW-Authenticate",
                    "Bearer realm=\"rig-streams\""));
        }
    }

    private void requireOurHost(Request request) {
        String name = request.host().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        boolean any = !onLoopback && names.isEmpty();
        if (!any && !LOOPBACK_NAMES.contains(name) && !names.contains(name)) {
            throw new RefusedException(
                    403,
                    "the request was sent to another host than this; expected localhost, 127.0.0.1, [::1]"
                            + " or, for metrics and health, a name of observe.hosts");
        }
    }

    private static void requireOurPage(Request request) {
        String origin = request.origin();
        if (origin != null
                && !origin.equalsIgnoreCase("http://" + request.authority())
                && !origin.equalsIgnoreCase("https://" + request.authority())) {
            throw new RefusedException(403, "the request comes from a page of another site");
        }
    }
}
