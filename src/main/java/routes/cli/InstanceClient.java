package routes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks the API of a running instance. What goes wrong is a {@link CommandFailedException}. */
final class InstanceClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A route that is stopped finishes its batch first. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI instance;
    private final Optional<String> token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    /** @param instance where it answers, without a path */
    InstanceClient(URI instance, Optional<String> token) {
        this.instance = instance;
        this.token = token;
    }

    JsonNode routes() {
        return ask("GET", "/api/routes");
    }

    JsonNode route(String id) {
        return ask("GET", "/api/routes/" + encoded(id));
    }

    /** @param what to do with it: {@code stop} or {@code start} */
    JsonNode change(String id, String what) {
        return ask("POST", "/api/routes/" + encoded(id) + "/" + what);
    }

    /** @param to where it is to go on, as in {@code -1h} */
    JsonNode rewind(String id, String to) {
        return change(id, "rewind/" + encoded(to));
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode ask(String method, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(instance.resolve(path))
                .timeout(ANSWER)
                .header(
                        "User-Agent",
                        ("rig-streams " + Version.text() + ", user " + System.getProperty("user.name"))
                                .replaceAll("[^ -~]", "?"))
                .method(method, BodyPublishers.noBody());
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        HttpResponse<String> response = send(request.build());
        JsonNode body = document(response);
        if (response.statusCode() != 200) {
            throw new CommandFailedException(response.statusCode() == 401 ? notLetIn() : sentence(response, body));
        }
        return body;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailedException(
                    "no running instance answers at " + instance + " ("
                            + e.getClass().getSimpleName()
                            + "); start one with `run`, or say with --url where it answers, or with"
                            + " --set data.dir=DIR which one is meant",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while " + instance + " was asked", e);
        }
    }

    private JsonNode document(HttpResponse<String> response) {
        try {
            JsonNode body = JSON.readTree(response.body());
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw new CommandFailedException(stranger(response), e);
        }
        throw new CommandFailedException(stranger(response));
    }

    private String stranger(HttpResponse<String> response) {
        return "what answers at " + instance + " is not rig-streams, or another version of it: "
                + response.uri().getPath() + " says " + response.statusCode() + ", and not in JSON";
    }

    private String notLetIn() {
        return "the instance at " + instance
                + (token.isPresent() ? " has another token than the one" : " wants a token, and there is none")
                + " in API_TOKEN (or the file that API_TOKEN_FILE names), or else in the file api/token in its"
                + " data folder; name that folder with --set data.dir=DIR";
    }

    private String sentence(HttpResponse<String> response, JsonNode body) {
        return body.path("error").asText(instance + " says " + response.statusCode());
    }
}
