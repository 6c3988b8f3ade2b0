package routes.kafka;

import org.apache.kafka.common.KafkaException;

/** Kafka refuses a record for its own sake: no later attempt and no other record fares differently or worse for it. */
public final class RecordRefusedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    RecordRefusedException(String topic, Throwable cause) {
        super(topic + " does not take the record: " + cause.getMessage(), cause);
    }
}
