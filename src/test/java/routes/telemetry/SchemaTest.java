package routes.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The published schema says of the envelope what the reader holds. */
class SchemaTest {
    @Test
    void hasTheFieldsAndLimitsOfTheReader() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("docs", "rig-telemetry.schema.json").toFile());

        JsonNode fields = schema.get("properties");
        List<String> names = new ArrayList<>();
        fields.fieldNames().forEachRemaining(names::add);
        List<String> required = new ArrayList<>();
        schema.get("required").forEach(name -> required.add(name.textValue()));
        assertThat(schema.get("$schema").textValue()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(names).isEqualTo(Envelope.NAMES);
        assertThat(required).isEqualTo(Envelope.NAMES);
        assertThat(fields.at("/rig/pattern").textValue()).isEqualTo("^[A-Z0-9-]{1," + Envelope.RIG_LENGTH + "}$");
        assertThat(fields.at("/well/maxLength").intValue()).isEqualTo(Envelope.WELL_LENGTH);
        assertThat(fields.at("/seq/maximum").longValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(fields.at("/activity/maximum").intValue()).isEqualTo(Envelope.MAX_ACTIVITY);
        assertThat(fields.at("/channels/additionalProperties/type").toString()).isEqualTo("[\"number\",\"null\"]");
    }
}
