package io.smilodon.engine.codec;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The error of bytes that no writer of ours can have written. */
final class Damage {

    private Damage() {}

    /**
     * @param what the kind of bytes
     * @param position where in them reading stopped
     */
    static SmilodonException of(String what, int position) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("format", what);
        details.put("position", position);
        return new SmilodonException(
                ErrorCode.DATA_CORRUPTION_DETECTED, "Stored bytes are damaged", details);
    }
}
