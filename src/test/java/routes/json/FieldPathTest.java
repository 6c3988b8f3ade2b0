package routes.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {
    private static final long SEED = 6_901;
    private static final JsonMapper TREES = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Map<String, Object> ORDER = JsonReader.read(
            """
            {"location": {"latitude": 57.1}, "items": [{"price": 3}, {"price": [7, 8]}], "a.b": ["x"], "m~n": {"/": 1},
             "": "empty", "0": "zero", "grün": 2, "none": null, "text": "abc"}
            """
                    .getBytes(UTF_8));

    @ParameterizedTest
    @CsvSource({
        "location.latitude, 57.1",
        "items[0].price, 3",
        "items[1].price[1], 8",
        "grün, 2",
        "0, zero",
        "/location/latitude, 57.1",
        "/items/1/price/0, 7",
        "/a.b/0, x",
        "/m~0n/~1, 1",
        "/, empty",
        "/0, zero",
    })
    void aPathLeadsToItsValue(String path, String value) {
        assertThat(FieldPath.parse(path).of(ORDER)).hasToString(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "location.longitude",
                "location.latitude.x",
                "items[2].price",
                "items.price",
                "items.0",
                "location[0]",
                "none",
                "none.x",
                "text[0]",
                "a.b",
                "/items/01/price",
                "/items/-",
                "/items/-1",
                "/items/99999999999",
                "/location/",
                "items[999999999]"
            })
    void whatIsNotThereIsNull(String path) {
        assertThat(FieldPath.parse(path).of(ORDER)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ".a",
                "a.",
                "a..b",
                "[0]",
                "a.[0]",
                "a[]",
                "a[-1]",
                "a[01]",
                "a[0",
                "a]0[",
                "a[0]b",
                "a[1.5]",
                "a b",
                "a/b",
                "a'b",
                "a(b)",
                "a[9999999999]",
                "/a~",
                "/a~2",
                "~"
            })
    void whatIsNoPathIsRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldPath.parse(path))
                .withMessageContaining("'" + path + "'")
                .withMessageContaining("expected ");
    }

    /** Every pointer into documents made at random leads where Jackson's own does, and so do those beside it. */
    @Test
    void pointersLeadWhereJacksonsDo() throws Exception {
        RandomJson random = new RandomJson(new SplittableRandom(SEED));
        int compared = 0;
        for (int i = 0; i < 2_000; i++) {
            String json = random.object(4);
            JsonNode tree = TREES.readTree(json);
            Map<String, Object> object = JsonReader.read(json.getBytes(UTF_8));
            List<String> pointers = new ArrayList<>();
            collect("", tree, pointers);
            for (String pointer : pointers) {
                for (String other : List.of(pointer, pointer + "/0", pointer + "/a", pointer.replace("/0", "/00"))) {
                    JsonNode expected = tree.at(JsonPointer.compile(other));
                    Object found = FieldPath.parse(other).of(object);
                    assertThat(RandomJson.same(found, expected))
                            .as("seed %d: %s in %s", SEED, other, json)
                            .isTrue();
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(20_000);
    }

    private static void collect(String pointer, JsonNode node, List<String> pointers) {
        node.properties().forEach(field -> {
            String deeper = pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
            pointers.add(deeper);
            collect(deeper, field.getValue(), pointers);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            pointers.add(pointer + "/" + i);
            collect(pointer + "/" + i, node.get(i), pointers);
        }
    }
}
