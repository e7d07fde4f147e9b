package io.smilodon.engine.file;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds the errors that tell of damaged files: which file, where, what. Pure functions. */
public final class Corruption {

    private Corruption() {}

    public static SmilodonException at(String file, long offset, String found) {
        return error(details(file, offset, found));
    }

    /** Damage at a place in the commit order. */
    public static SmilodonException atLsn(String file, long offset, long lsn, String found) {
        Map<String, Object> details = details(file, offset, found);
        details.put("lsn", lsn);
        return error(details);
    }

    private static Map<String, Object> details(String file, long offset, String found) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("file", file);
        details.put("offset", offset);
        details.put("found", found);
        return details;
    }

    private static SmilodonException error(Map<String, Object> details) {
        return new SmilodonException(
                        ErrorCode.DATA_CORRUPTION_DETECTED,
                        "Data that had been written safely is damaged",
                        details)
                .withHint("Restore a backup; do not write to this directory before.");
    }
}
