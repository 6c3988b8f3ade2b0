package routes.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides whether a record is a telemetry message, by the twelve reasons for which it may not be, and takes the
 * fingerprints of its slices. It shares nothing with the reader and the slicer of the routes, whose work the audit
 * checks: another parser (Jackson), another way of cutting. Not thread-safe.
 */
final class MessageCheck {
    private static final int MAX_BYTES = 900_000;
    private static final int MAX_DEPTH = 8;
    private static final Set<String> FIELDS = Set.of("rig", "well", "time", "seq", "activity", "late", "channels");
    /** Shorter numbers without exponent are within double, whatever their digits. */
    private static final int SAFE_DIGITS = 300;

    private static final Pattern RIG = Pattern.compile("[A-Z0-9-]{1,32}");
    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

    /** It parses characters: from bytes Jackson would accept other encodings, and a byte order mark. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final Map<String, Integer> subsystemOf;
    private final Utf8Text text = new Utf8Text();
    private final long[] sums;

    private int fields;
    private boolean plain;
    private String rig;
    private String well;
    private String time;
    private long seq;
    private int activity;
    private boolean late;

    /** @param subsystemOf number of the subsystem, from 0, of each channel by its name; {@code subsystems} in all */
    MessageCheck(Map<String, Integer> subsystemOf, int subsystems) {
        this.subsystemOf = new HashMap<>(subsystemOf);
        this.sums = new long[subsystems];
    }

    /** @return null if the record is no message */
    Message check(byte[] key, byte[] value) {
        boolean readable = key != null && value != null && value.length > 0 && value.length <= MAX_BYTES;
        if (!readable || !text.decode(value)) {
            return null;
        }
        try (JsonParser json = JSON.createParser(text.chars(), 0, text.length())) {
            return read(json) && Arrays.equals(key, rig.getBytes(StandardCharsets.UTF_8)) ? message() : null;
        } catch (JsonProcessingException notJson) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("an array of characters cannot be read", e);
        }
    }

    private boolean read(JsonParser json) throws IOException {
        fields = 0;
        plain = true;
        Arrays.fill(sums, 0);
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (!text.isWhole(name) || !isFieldValid(json, name, json.nextToken())) {
                return false;
            }
        }
        return json.nextToken() == null && fields == FIELDS.size();
    }

    /** A name that occurs twice is refused by the parser, so counting the fields is enough. */
    private boolean isFieldValid(JsonParser json, String name, JsonToken token) throws IOException {
        fields += FIELDS.contains(name) ? 1 : 0;
        switch (name) {
            case "rig":
                rig = string(json, token);
                return rig != null && RIG.matcher(rig).matches();
            case "well":
                well = string(json, token);
                return well != null && well.codePointCount(0, well.length()) <= 64;
            case "time":
                time = string(json, token);
                return time != null && isInstant(time);
            case "seq":
                seq = natural(json, token);
                return seq >= 0;
            case "activity":
                long code = natural(json, token);
                activity = (int) code;
                return code >= 0 && code <= 99;
            case "late":
                late = token == JsonToken.VALUE_TRUE;
                return token.isBoolean();
            case "channels":
                return token == JsonToken.START_OBJECT && areChannelsValid(json);
            default:
                plain = false;
                return isAnyValid(json, token);
        }
    }

    private String string(JsonParser json, JsonToken token) throws IOException {
        String found = token == JsonToken.VALUE_STRING ? json.getText() : null;
        return found != null && text.isWhole(found) ? found : null;
    }

    /** A whole number from 0 to the largest {@code long}; −1 if it is anything else. */
    private static long natural(JsonParser json, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            return -1;
        }
        try {
            return Long.parseLong(json.getText());
        } catch (NumberFormatException beyondLong) {
            return -1;
        }
    }

    private static boolean isInstant(String time) {
        if (!TIME.matcher(time).matches()) {
            return false;
        }
        try {
            LocalDateTime.parse(time.substring(0, time.length() - 1));
            return true;
        } catch (DateTimeException neverWas) {
            return false;
        }
    }

    private boolean areChannelsValid(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            boolean number = token.isNumeric() && isFinite(json);
            if (!text.isWhole(name) || !number && token != JsonToken.VALUE_NULL) {
                return false;
            }
            add(name, number ? print(json) : 0);
        }
        return true;
    }

    /** Numbers are compared as they are written, since slices have them so. */
    private static long print(JsonParser json) throws IOException {
        return Fingerprint.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    }

    /** The channels of an object have no order, so their fingerprints are added up. */
    private void add(String name, long value) {
        Integer subsystem = subsystemOf.get(name);
        if (subsystem == null) {
            plain = false;
        } else {
            sums[subsystem] += Fingerprint.mix(Fingerprint.of(name), value);
        }
    }

    /** Checks a value of any kind with all that is in it; how deep it may go is for the parser to watch. */
    private boolean isAnyValid(JsonParser json, JsonToken first) throws IOException {
        int open = 0;
        JsonToken token = first;
        while (true) {
            boolean valid =
                    switch (token) {
                        case FIELD_NAME -> text.isWhole(json.currentName());
                        case VALUE_STRING -> text.isWhole(json.getText());
                        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> isFinite(json);
                        default -> true;
                    };
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (!valid || open == 0) {
                return valid;
            }
            token = json.nextToken();
        }
    }

    private static boolean isFinite(JsonParser json) throws IOException {
        boolean small = json.currentToken() == JsonToken.VALUE_NUMBER_INT || !hasExponent(json);
        return small && json.getTextLength() < SAFE_DIGITS || !Double.isInfinite(Double.parseDouble(json.getText()));
    }

    private static boolean hasExponent(JsonParser json) throws IOException {
        char[] chars = json.getTextCharacters();
        int from = json.getTextOffset();
        for (int i = from; i < from + json.getTextLength(); i++) {
            if ((chars[i] | 0x20) == 'e') {
                return true;
            }
        }
        return false;
    }

    private Message message() {
        long envelope = Fingerprint.mix(Fingerprint.of(rig), Fingerprint.of(well));
        envelope = Fingerprint.mix(envelope, Fingerprint.of(time));
        envelope = Fingerprint.mix(Fingerprint.mix(envelope, seq), activity * 2L + (late ? 1 : 0));
        long[] slices = new long[sums.length];
        for (int i = 0; i < sums.length; i++) {
            slices[i] = sums[i] == 0 ? 0 : Fingerprint.mix(envelope, sums[i]) | 1;
        }
        return new Message(rig, seq, activity, slices, plain);
    }

    /**
     * What the audit has to know of a valid message.
     *
     * @param slices by the number of the subsystem, the fingerprint of what belongs on its topic: envelope, names and
     *     values; 0 where the message has no channel of it
     * @param plain whether there is nothing in it beside the seven fields and channels that are known
     */
    record Message(String rig, long seq, int activity, long[] slices, boolean plain) {

        /** As a slice of one subsystem: its fingerprint, or 0 if there is anything else in it. */
        long asSliceOf(int subsystem) {
            for (int i = 0; i < slices.length; i++) {
                if (i != subsystem && slices[i] != 0) {
                    return 0;
                }
            }
            return plain ? slices[subsystem] : 0;
        }
    }
}
