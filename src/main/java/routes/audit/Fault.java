package routes.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be wrong with a record on its way. */
public enum Fault {
    /** It belongs there and does not stand there. */
    LOST,
    /** It stands there again. */
    DOUBLED,
    /** It stands there for the first time behind a later message of its rig. */
    REORDERED,
    /** It stands where it does not belong. */
    MISROUTED,
    /** It stands there with another content. */
    ALTERED,
    /** Whether it is right cannot be known, for the reason given. */
    UNVERIFIABLE;

    /** As people and JSON have it, in small letters. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
