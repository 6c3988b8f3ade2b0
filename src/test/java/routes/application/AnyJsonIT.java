package routes.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static routes.application.TestApplication.header;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of {@link AnyJsonTest} on the real broker: what they change stays in order, and letters are what was read. */
class AnyJsonIT {
    private static final Path FOLDER = Path.of("src/test/resources/any-json");
    private static final int ORDERS = 3_000;
    private static final int CUSTOMERS = 30;

    @TempDir
    private Path data;

    @TempDir
    private Path routes;

    /** As an organisation publishes it: a class of its own, on the class path. */
    public static final class AddCustomer implements Processor {
        @Override
        public void process(Exchange exchange) {
            AnyJsonTest.addCustomer(exchange);
        }
    }

    @Test
    void whatIsChangedStaysInOrderAndTheLettersAreWhatWasRead() throws Exception {
        copyRoutes();
        Map<String, String> settings = Map.of(
                "rigs.count", "0",
                "archive.enabled", "false",
                "routes.dir", routes.toString(),
                "routes.allow-components", "class",
                "kafka.topics", "shop.orders,shop.bergen,shop.odd");
        try (TestApplication app = TestApplication.start(data, settings)) {
            for (int i = 0; i < ORDERS; i++) {
                app.sendLater("shop.orders", i % CUSTOMERS % 4, key(i), order(i));
            }

            Map<String, List<Integer>> routed = byKey(app.settled("shop.bergen"), "id");
            List<ConsumerRecord<byte[], byte[]>> letters = app.settled("rig.dead-letters");

            assertThat(routed)
                    .hasSize(CUSTOMERS)
                    .allSatisfy((key, ids) -> assertThat(ids).as(key).isEqualTo(expected(key, false)));
            assertThat(byKey(letters, "bad"))
                    .allSatisfy((key, ids) ->
                            assertThat(ids).as("letters of " + key).isEqualTo(expected(key, true)));
            assertThat(letters).hasSize((ORDERS + 3) / 7).allSatisfy(letter -> {
                assertThat(header(letter, "dlq.reason")).isEqualTo("duplicate-key");
                assertThat(letter.value()).isEqualTo(order(number(letter, "bad")));
            });
        }
    }

    private void copyRoutes() throws Exception {
        for (Path from : List.of(FOLDER, Path.of("src/main/resources/routes"))) {
            try (var files = Files.list(from)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".camel.yaml"))
                        .toList()) {
                    Files.writeString(
                            routes.resolve(file.getFileName()),
                            Files.readString(file)
                                    .replace(
                                            "ref: add-customer",
                                            "ref: \"#class:" + AddCustomer.class.getName() + "\""));
                }
            }
        }
    }

    private static byte[] key(int i) {
        return ("c" + i % CUSTOMERS).getBytes(UTF_8);
    }

    /** Every seventh is no JSON object. */
    private static byte[] order(int i) {
        String json = isBad(i)
                ? "{\"bad\":" + i + ",\"bad\":" + i + "}"
                : "{\"id\":" + i + ",\"location\":{\"city\":\"Bergen\"},\"lines\":[{\"price\":0.1}]}";
        return json.getBytes(UTF_8);
    }

    private static boolean isBad(int i) {
        return i % 7 == 3;
    }

    private static List<Integer> expected(String key, boolean bad) {
        List<Integer> ids = new ArrayList<>();
        for (int i = Integer.parseInt(key.substring(1)); i < ORDERS; i += CUSTOMERS) {
            if (isBad(i) == bad) {
                ids.add(i);
            }
        }
        return ids;
    }

    private static Map<String, List<Integer>> byKey(List<ConsumerRecord<byte[], byte[]>> records, String field) {
        Map<String, List<Integer>> numbers = new TreeMap<>();
        records.forEach(record -> numbers.computeIfAbsent(new String(record.key(), UTF_8), key -> new ArrayList<>())
                .add(number(record, field)));
        return numbers;
    }

    private static int number(ConsumerRecord<byte[], byte[]> record, String field) {
        return Integer.parseInt(new String(record.value(), UTF_8).replaceAll(".*?\"" + field + "\":(\\d+).*", "$1"));
    }
}
