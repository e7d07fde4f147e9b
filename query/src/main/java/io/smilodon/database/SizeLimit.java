package io.smilodon.database;

import io.smilodon.engine.Limits;
import io.smilodon.engine.codec.DocumentEncoder;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.Map;

/** How large a document may be, with MongoDB's error for each way of becoming too large. */
enum SizeLimit {
    OF_INSERT(ErrorCode.OBJECT_TOO_LARGE, "Document to insert is larger than 16 MiB"),
    OF_UPDATE(ErrorCode.location(17419), "Resulting document after update is larger than 16 MiB"),
    OF_UPSERT(
            ErrorCode.location(17420), "Document to upsert is larger than 16 MiB after its update");

    private final ErrorCode code;
    private final String template;

    SizeLimit(ErrorCode code, String template) {
        this.code = code;
        this.template = template;
    }

    /** The document's bytes. */
    byte[] encode(Document document, DocumentEncoder encoder) {
        try {
            return encoder.encode(document);
        } catch (SmilodonException failure) {
            if (failure.code().equals(ErrorCode.OBJECT_TOO_LARGE)) {
                throw new SmilodonException(
                        code, template, Map.of("limit", Limits.DOCUMENT_BYTES_MAX), failure);
            }
            throw failure;
        }
    }
}
