package routes.cases;

import java.util.Map;
import java.util.Optional;

/**
 * A record as Kafka would hand it over.
 *
 * @param topic empty for that which the route reads
 * @param key may be null
 * @param value may be null
 * @param headers by name, in their order
 */
record InputRecord(Optional<String> topic, byte[] key, byte[] value, Map<String, byte[]> headers) {}
