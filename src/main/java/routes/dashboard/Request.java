package routes.dashboard;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;

/**
 * What the API needs to know of an HTTP request.
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
    private static final int LONGEST_NAME = 80;

    /**
     * Among the headers of Camel's message stand the query's parameters too, under their own names: a request with a query
     * could pass them for headers, and is refused. What Camel itself says of the request, {@code CamelHttp…}, comes from
     * neither.
     *
     * @throws RefusedException if the request has a query, or is not for a URL
     */
    static Request of(Message message) {
        URI asked = url(message.getHeader(Exchange.HTTP_URL, "", String.class));
        if (asked.getRawQuery() != null) {
            throw new RefusedException(400, "nothing here takes parameters, as in ?" + asked.getRawQuery());
        }
        return new Request(
                message.getHeader(Exchange.HTTP_METHOD, String.class),
                asked.getRawPath(),
                Optional.ofNullable(asked.getHost()).orElse(""),
                asked.getRawAuthority(),
                header(message, "Origin"),
                header(message, "Authorization"),
                client(message));
    }

    private static URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new RefusedException(400, "the URL is not one: " + e.getReason());
        }
    }

    /** Its name may have been sent in any case. One that was sent twice equals nothing that is expected. */
    private static String header(Message message, String name) {
        return message.getHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .findFirst()
                .map(Map.Entry::getValue)
                .map(Object::toString)
                .orElse(null);
    }

    /** One short line, whatever the client calls itself. */
    private static String client(Message message) {
        String address = String.valueOf(message.getHeader(VertxPlatformHttpConstants.REMOTE_ADDRESS));
        String name = header(message, "User-Agent");
        if (name == null) {
            return address;
        }
        String plain = name.replaceAll("[^ -~]", "?");
        return address + " (" + plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + ")";
    }
}
