package routes.dashboard;

import java.util.Map;

/**
 * What the API says to a request.
 *
 * @param status of HTTP
 * @param headers besides those that every answer has
 * @param body to be written as JSON
 */
record Answer(int status, Map<String, String> headers, Object body) {
    /** What every answer says that is not what was asked for. */
    record Problem(String error) {}

    static Answer ok(Object body) {
        return new Answer(200, Map.of(), body);
    }

    static Answer error(int status, String sentence) {
        return new Answer(status, Map.of(), new Problem(sentence));
    }

    static Answer error(int status, String sentence, String header, String value) {
        return new Answer(status, Map.of(header, value), new Problem(sentence));
    }
}
