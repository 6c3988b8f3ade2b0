package routes.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final String SECRET = "0123456789abcdef";

    private final Gate forThisMachine = new Gate(List.of(Token.of(SECRET)), "of a test", Set.of("rigs.test"), true);
    private final Gate forOthers = Gate.ofApi("0.0.0.0", Token.of(SECRET));

    private static Request request(String authority, String origin, String authorization, boolean changes) {
        String host = authority.replaceFirst(":\\d+$", "");
        return new Request(changes ? "POST" : "GET", "/api/routes", host, authority, origin, authorization, "a test");
    }

    private static int refusal(Gate gate, Request request) {
        return catchThrowableOfType(RefusedException.class, () -> gate.admit(request))
                .answer()
                .status();
    }

    @Test
    void beyondLoopbackReadingNeedsTheTokenToo() {
        assertThat(refusal(forOthers, request("rigs.example:8080", null, null, false)))
                .isEqualTo(401);
        assertThatCode(() -> forOthers.admit(request("rigs.example:8080", null, "Bearer " + SECRET, false)))
                .doesNotThrowAnyException();
        assertThatCode(() -> forThisMachine.admit(request("localhost:8080", null, null, false)))
                .doesNotThrowAnyException();
    }

    @Test
    void beyondLoopbackOnlyOurOwnPageMaySend() {
        String token = "Bearer " + SECRET;

        assertThat(refusal(forOthers, request("rigs.example", "https://other.example", token, true)))
                .isEqualTo(403);
        assertThatCode(() -> forOthers.admit(request("rigs.example", "https://rigs.example", token, true)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer 0123456789abcde",
                "Bearer 0123456789abcdef0",
                "Bearer 0123456789abcdeF",
                "Basic 0123456789abcdef",
                "0123456789abcdef"
            })
    void whatIsNotTheTokenDoesNotPass(String authorization) {
        assertThat(refusal(forThisMachine, request("localhost", null, authorization, true)))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer 0123456789abcdef", "bearer 0123456789abcdef", "Bearer  0123456789abcdef "})
    void theTokenPasses(String authorization) {
        assertThatCode(() -> forThisMachine.admit(request("localhost", null, authorization, true)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "rigs.example:8080", "localhost.rigs.example", "127.0.0.2", "0.0.0.0", "localhost."})
    void onLoopbackAnotherHostsNameDoesNotPass(String authority) {
        assertThat(refusal(forThisMachine, request(authority, null, null, false)))
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST", "rigs.test:8080"})
    void onLoopbackOurOwnNamesPass(String authority) {
        assertThatCode(() -> forThisMachine.admit(request(authority, "http://" + authority, null, false)))
                .doesNotThrowAnyException();
    }

    @Test
    void namesThatAreSetAreLetInAndBeyondLoopbackNoOthersThen() {
        String token = "Bearer " + SECRET;
        Gate named = new Gate(List.of(Token.of(SECRET)), "of a test", Set.of("prometheus"), false);

        assertThatCode(() -> named.admit(request("Prometheus:9090", null, token, false)))
                .doesNotThrowAnyException();
        assertThat(refusal(named, request("rigs.example", null, token, false))).isEqualTo(403);
        assertThat(refusal(named, request("prometheus", null, null, false))).isEqualTo(401);
    }

    @Test
    void aTokenIsRandomAndNeverShown() {
        Token token = Token.random();

        assertThat(token.text())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(Token.random().text());
        assertThat(token.toString()).doesNotContain(token.text());
    }
}
