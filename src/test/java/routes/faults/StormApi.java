package routes.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Operates an instance as its users do: by the API, found by its data folder. */
final class StormApi {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** @param data the instance's data folder */
    StormApi(Path data) {
        this.folder = data.resolve("api");
    }

    /** The state of each route, by id. */
    Map<String, String> routes() throws IOException, InterruptedException {
        Map<String, String> states = new TreeMap<>();
        ask("GET", "")
                .path("routes")
                .forEach(route -> states.put(
                        route.path("id").asText(), route.path("state").asText()));
        return states;
    }

    /**
     * Stops or starts a route.
     *
     * @return its state after that
     */
    String change(String route, String change) throws IOException, InterruptedException {
        return ask("POST", "/" + route + "/" + change).path("state").asText();
    }

    private JsonNode ask(String method, String what) throws IOException, InterruptedException {
        String url = Files.readString(folder.resolve("url")).strip();
        String token = Files.readString(folder.resolve("token")).strip();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/routes" + what))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(method + " " + what + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
