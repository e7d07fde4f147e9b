package io.smilodon.query.expression.string;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.query.Steps;
import java.util.Map;

/**
 * Builds a string that may grow to the size of a document, checked as it grows. Not thread-safe.
 */
final class BoundedText {

    private final StringBuilder text = new StringBuilder();

    BoundedText append(CharSequence part) {
        if (text.length() + (long) part.length() > Limits.DOCUMENT_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.OBJECT_TOO_LARGE,
                    "String built by an expression is too long",
                    Map.of("charsMax", Limits.DOCUMENT_BYTES_MAX));
        }
        Steps.takeForBytes(part.length());
        text.append(part);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
