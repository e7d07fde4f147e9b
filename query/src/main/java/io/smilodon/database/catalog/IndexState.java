package io.smilodon.database.catalog;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Arrays;
import java.util.Map;

/** How far an index is. Every index in the catalog is kept in step with writes. */
public enum IndexState {
    /** Writes keep it, but documents from before may be missing in it: nobody may read it. */
    BUILDING("building"),
    /** It holds every document. */
    READY("ready");

    private final String name;

    IndexState(String name) {
        this.name = name;
    }

    Value toValue() {
        return new StringValue(name);
    }

    static IndexState fromValue(Value stored) {
        return Arrays.stream(values())
                .filter(state -> state.toValue().equals(stored))
                .findFirst()
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.DATA_CORRUPTION_DETECTED,
                                        "The catalog's state of an index is damaged",
                                        Map.of("found", stored)));
    }
}
