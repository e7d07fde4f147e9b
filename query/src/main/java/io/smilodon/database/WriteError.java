package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.Optional;

/**
 * Why one write of several failed.
 *
 * @param index its position in the request
 * @param code the error's code
 * @param message the error's text
 * @param keyPattern the key of the unique index that was violated
 * @param keyValue the values that were there already
 * @param errInfo why the document did not obey the collection's rule
 */
public record WriteError(
        int index,
        ErrorCode code,
        String message,
        Optional<Document> keyPattern,
        Optional<Document> keyValue,
        Optional<Document> errInfo) {

    /** The detail of an error that ended several inserts: the position of the one that failed. */
    public static final String POSITION = "position";

    /** The error of the write at this position. */
    public static WriteError of(int index, SmilodonException error) {
        return new WriteError(
                index,
                error.code(),
                error.template(),
                detail(error, "keyPattern"),
                detail(error, "keyValue"),
                detail(error, "errInfo"));
    }

    /** The same at a position that is higher by this. */
    public WriteError movedBy(int positions) {
        return new WriteError(index + positions, code, message, keyPattern, keyValue, errInfo);
    }

    private static Optional<Document> detail(SmilodonException error, String name) {
        return error.details().get(name) instanceof Document document
                ? Optional.of(document)
                : Optional.empty();
    }
}
