package routes.dashboard;

import java.util.Locale;
import java.util.Set;

/**
 * Lets in only what this machine's user, or who has the token, has asked for.
 *
 * <p>A page of another site can make the user's browser send requests here. Such a request names that site as its
 * origin; or, where the site's name was made to lead to this machine's loopback address (DNS rebinding), as the host that
 * was asked. Both are refused. A server that others reach has names that it does not know, so there everything needs the
 * token, which no other site's page has.
 */
final class Gate {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "::1");

    private final Token token;
    private final String ownName;
    private final boolean onLoopback;

    /**
     * @param ownName the host on which the server listens
     * @param onLoopback whether only this machine reaches it
     */
    Gate(Token token, String ownName, boolean onLoopback) {
        this.token = token;
        this.ownName = ownName;
        this.onLoopback = onLoopback;
    }

    /**
     * @param changes whether the request is to change something
     * @throws RefusedException if it is not let in
     */
    void admit(Request request, boolean changes) {
        requireOurHost(request);
        requireOurPage(request);
        if ((changes || !onLoopback) && !token.isIn(request.authorization())) {
            throw new RefusedException(Answer.error(
                    401,
                    "this needs the header 'Authorization: Bearer TOKEN' with the token of this instance: that of"
                            + " API_TOKEN, or else the one in the file api/token below its data.dir",
                    "WWW-Authenticate",
                    "Bearer realm=\"rig-streams\""));
        }
    }

    private void requireOurHost(Request request) {
        String name = request.host().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        if (onLoopback && !LOOPBACK_NAMES.contains(name) && !ownName.equalsIgnoreCase(name)) {
            throw new RefusedException(
                    403, "the request was sent to another host than this; expected localhost, 127.0.0.1 or [::1]");
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
