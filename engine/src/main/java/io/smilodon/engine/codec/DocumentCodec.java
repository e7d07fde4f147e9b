package io.smilodon.engine.codec;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.Objects;

/**
 * Documents as they are stored: the Smile format without header and without back-references, so
 * that a reader can start at any value and skip the others.
 *
 * <pre>
 * document := FA (name value)* FB
 * name     := 20                          the empty name
 *           | 80+n ascii[n+1]             1 to 64 ASCII characters
 *           | C0+n utf8[n+2]              2 to 57 bytes
 *           | 34 utf8* FC                 longer
 * value    := document
 *           | F8 value* F9                array
 *           | 20                          the empty string
 *           | 40+n ascii[n+1]             string of 1 to 64 ASCII characters
 *           | 80+n utf8[n+2]              string of 2 to 65 bytes
 *           | E0 ascii* FC | E4 utf8* FC  longer strings
 *           | 21 | 22 | 23                null, false, true
 *           | C0+zigzag                   int32 from -16 to 15
 *           | 24 vint                     int32, zigzag
 *           | 25 vint                     int64, zigzag, at least 5 bytes: also where an
 *                                         int32 would do
 *           | 29 u7[10]                   double: its 64 bits, seven in a byte
 *           | FD vint tagged              the length of what is tagged, which is raw
 * vint     := u7* (80 + u6)               big-endian
 * tagged   := 05 subtype u8, u8*          binary
 *           | 06                          undefined
 *           | 07 u8[12]                   ObjectId
 *           | 09 i64                      date, milliseconds
 *           | 0B i32 utf8[i32] utf8*      regex: length of pattern, pattern, options
 *           | 0C u8[12] utf8*             DBPointer: id, namespace
 *           | 0D utf8*                    code
 *           | 0E utf8*                    symbol
 *           | 0F i32 utf8[i32] document   code with scope: length of code, code, scope
 *           | 11 u32 u32                  timestamp: seconds, increment
 *           | 13 u64 u64                  decimal128: high and low half
 *           | FF | 7F                     MinKey, MaxKey
 * </pre>
 *
 * Tags are the type codes of BSON; fixed integers are big-endian. Source: Smile format
 * specification 1.0.6, github.com/FasterXML/smile-format-specification. Stateless.
 */
public final class DocumentCodec {

    private DocumentCodec() {}

    /**
     * The document's bytes; a document read from the store gives those that it was read from.
     *
     * @throws SmilodonException {@link ErrorCode#OBJECT_TOO_LARGE} over {@link
     *     Limits#DOCUMENT_BYTES_MAX}, {@link Limits#FIELDS_MAX} in a document or {@link
     *     Limits#ARRAY_ITEMS_MAX} in an array; {@link ErrorCode#OVERFLOW} over {@link
     *     Limits#NESTING_MAX} levels; {@link ErrorCode#BAD_VALUE} for names with NUL and text
     *     without UTF-8 form
     */
    public static byte[] encode(Document document) {
        return new DocumentEncoder().encode(document);
    }

    /** A view of the bytes, which nobody may change any more. Damage is found when it is met. */
    public static Document decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * A view of a part of the bytes.
     *
     * @throws SmilodonException {@link ErrorCode#DATA_CORRUPTION_DETECTED} if no document begins
     *     there
     * @throws IndexOutOfBoundsException if the part does not lie in the bytes
     */
    public static Document decode(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        SmileNavigator navigator = new SmileNavigator(bytes, offset + length);
        return navigator.document(offset, 1);
    }
}
