package routes.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One request over a connection of its own, written as it goes over the wire: a client library would not send a foreign
 * Host, and would hide what is wrong with an answer.
 */
record Asked(int status, String head, String text) {
    static Asked of(URI server, String method, String path, String... headers) throws IOException {
        return withBody("", server, method, path, headers);
    }

    static Asked withBody(String body, URI server, String method, String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        if (String.join("\n", headers).lines().noneMatch(header -> header.startsWith("Host:"))) {
            request.append("Host: ").append(server.getAuthority()).append("\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Asked(
                    Integer.parseInt(answer.substring(9, 12)), answer.substring(0, end), answer.substring(end + 4));
        }
    }

    /** The body, which may have been sent in pieces that begin with their length. */
    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(text.substring(text.indexOf('{'), text.lastIndexOf('}') + 1));
    }
}
