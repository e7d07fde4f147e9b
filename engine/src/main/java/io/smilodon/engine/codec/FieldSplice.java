package io.smilodon.engine.codec;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** Changes one field of an outermost stored document by copying the bytes around it. Immutable. */
record FieldSplice(SmileNavigator navigator, StoredDocument document) {

    /**
     * The document with the field set: in its place if it was there, else at the end.
     *
     * @param found where it is, as {@link SmileNavigator#position} tells it
     * @throws SmilodonException if that has no stored form
     */
    Document with(String name, Value value, int found) {
        if (found < 0) {
            requireRoom();
            return spliced(~found, ~found, SmileWriter.field(name, value));
        }
        int next = navigator.skip(found, document.depth());
        return spliced(found, next, SmileWriter.value(value));
    }

    private void requireRoom() {
        if (document.size() >= Limits.FIELDS_MAX) {
            throw new SmilodonException(
                    ErrorCode.OBJECT_TOO_LARGE,
                    "Too many fields in one document",
                    Map.of("fieldsMax", Limits.FIELDS_MAX));
        }
    }

    /** With other bytes from one position to before the next. */
    private Document spliced(int from, int next, byte[] change) {
        int start = document.start();
        long length = (long) from - start + change.length + navigator.end() - next;
        if (length > Limits.DOCUMENT_BYTES_MAX) {
            throw SmileWriter.tooLarge();
        }
        byte[] bytes = new byte[(int) length];
        System.arraycopy(navigator.bytes(), start, bytes, 0, from - start);
        System.arraycopy(change, 0, bytes, from - start, change.length);
        int rest = navigator.end() - next;
        System.arraycopy(navigator.bytes(), next, bytes, bytes.length - rest, rest);
        return DocumentCodec.decode(bytes);
    }
}
