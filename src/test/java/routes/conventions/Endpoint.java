package routes.conventions;

import com.fasterxml.jackson.databind.JsonNode;

/** Where a step, or the beginning of a route, reads or sends: {@code kafka} and {@code rig.flagged}. */
record Endpoint(String scheme, String path, JsonNode parameters) {
    /** @param body of {@code from} or of a step, in the long form or as a plain URI */
    static Endpoint of(JsonNode body) {
        return of(body.isTextual() ? body.asText() : body.path("uri").asText(), body.path("parameters"));
    }

    static Endpoint of(String uri, JsonNode parameters) {
        String plain = uri.replaceFirst("\\?.*", "");
        int colon = plain.indexOf(':');
        String scheme = colon < 0 ? plain : plain.substring(0, colon);
        String path = colon < 0 ? "" : plain.substring(colon + 1);
        return new Endpoint(scheme, path.isEmpty() ? parameters.path("topic").asText() : path, parameters);
    }

    boolean isKafka() {
        return scheme.equals("kafka");
    }

    boolean isDirect() {
        return scheme.equals("direct");
    }

    /** Whether it can only be known when the settings are. */
    boolean isNamedBySetting() {
        return path.contains("{{");
    }
}
