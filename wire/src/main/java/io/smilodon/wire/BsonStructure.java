package io.smilodon.wire;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Checks that bytes are a document, all lengths, types and texts in it, before anything is made of
 * them: what reads it afterwards may trust every length.
 *
 * @see <a href="https://bsonspec.org/spec.html">BSON 1.1</a>
 */
final class BsonStructure {

    /** What a command may have beyond the largest document. */
    private static final int COMMAND_BYTES = 16 << 10;

    private static final int BYTES_MAX = Limits.DOCUMENT_BYTES_MAX + COMMAND_BYTES;

    /** Levels of a document of the greatest depth inside a command. */
    private static final int LEVELS_MAX = 2 * Limits.NESTING_MAX;

    private static final int BYTES_MIN = 5;

    private static final ErrorCode INVALID_BSON = new ErrorCode(22, "InvalidBSON");
    private static final ErrorCode TOO_LARGE = new ErrorCode(10334, "BSONObjectTooLarge");

    private static final int ARRAY = 0x04;

    private final ByteBuffer bytes;
    private final Allowance allowance;
    private int position;

    private BsonStructure(ByteBuffer bytes, Allowance allowance) {
        this.bytes = bytes;
        this.allowance = allowance;
        this.position = bytes.position();
    }

    /**
     * Checks the document at the position of the buffer, which stays where it is.
     *
     * @param allowance of which its values are taken
     * @return where the document ends
     * @throws SmilodonException {@code InvalidBSON} (22), {@code BSONObjectTooLarge} (10334),
     *     {@code Overflow} (15) for one too deep or {@code ExceededMemoryLimit} (146)
     */
    static int check(ByteBuffer bytes, Allowance allowance) {
        BsonStructure structure = new BsonStructure(bytes, allowance);
        int length = structure.peekLength(bytes.limit());
        if (length > BYTES_MAX) {
            throw new SmilodonException(
                    TOO_LARGE,
                    "The document of a message is too large",
                    Map.of("bytes", length, "limit", BYTES_MAX));
        }
        structure.document(bytes.limit(), 1, Limits.FIELDS_MAX);
        return structure.position;
    }

    /** A document, or an array, of so many values at most. */
    private void document(int limit, int level, int countMax) {
        if (level > LEVELS_MAX) {
            throw new SmilodonException(
                    ErrorCode.OVERFLOW,
                    "The document is nested too deeply",
                    Map.of("limit", LEVELS_MAX));
        }
        int end = position + peekLength(limit);
        position += Integer.BYTES;
        int count = 0;
        while (position < end - 1) {
            allowance.take();
            if (++count > countMax) {
                throw tooMany(countMax);
            }
            int type = bytes.get(position++);
            name(end - 1);
            value(type, end - 1, level);
        }
        if (position != end - 1 || bytes.get(position) != 0) {
            throw invalid("a document does not end where its length says");
        }
        position = end;
    }

    private int peekLength(int limit) {
        require(Integer.BYTES, limit);
        int length = bytes.getInt(position);
        if (length < BYTES_MIN || length > limit - position) {
            throw invalid("a document's length is " + length);
        }
        return length;
    }

    private void value(int type, int limit, int level) {
        switch (type) {
            case 0x01, 0x09, 0x11, 0x12 -> skip(Long.BYTES, limit);
            case 0x02, 0x0D, 0x0E -> text(limit);
            case 0x03 -> document(limit, level + 1, Limits.FIELDS_MAX);
            case ARRAY -> document(limit, level + 1, Limits.ARRAY_ITEMS_MAX);
            case 0x05 -> binary(limit);
            case 0x06, 0x0A, 0x7F, -1 -> {} // nothing but its type
            case 0x07 -> skip(12, limit);
            case 0x08 -> flag(limit);
            case 0x0B -> {
                name(limit);
                name(limit);
            }
            case 0x0C -> {
                text(limit);
                skip(12, limit);
            }
            case 0x0F -> scoped(limit, level);
            case 0x10 -> skip(Integer.BYTES, limit);
            case 0x13 -> skip(2 * Long.BYTES, limit);
            default -> throw invalid("there is no type " + (type & 0xFF));
        }
    }

    private void flag(int limit) {
        require(1, limit);
        int value = bytes.get(position++);
        if (value != 0 && value != 1) {
            throw invalid("a boolean of " + value);
        }
    }

    private void binary(int limit) {
        require(Integer.BYTES + 1, limit);
        int length = bytes.getInt(position);
        int subtype = bytes.get(position + Integer.BYTES);
        position += Integer.BYTES + 1;
        require(length, limit);
        if (subtype == 2) { // the old kind says its length twice
            if (length < Integer.BYTES || bytes.getInt(position) != length - Integer.BYTES) {
                throw invalid("a binary of subtype 2 with wrong lengths");
            }
        }
        position += length;
    }

    /** A script with its scope: the length of both, the script, the scope. */
    private void scoped(int limit, int level) {
        require(Integer.BYTES, limit);
        int start = position;
        int length = bytes.getInt(position);
        require(length, limit);
        position += Integer.BYTES;
        text(start + length);
        document(start + length, level + 1, Limits.FIELDS_MAX);
        if (position != start + length) {
            throw invalid("a script with scope does not end where its length says");
        }
    }

    private void text(int limit) {
        require(Integer.BYTES, limit);
        int length = bytes.getInt(position);
        position += Integer.BYTES;
        require(length, limit);
        if (length < 1 || bytes.get(position + length - 1) != 0) {
            throw invalid("a string does not end where its length says");
        }
        checkText(position, length - 1);
        position += length;
    }

    /** A text that ends with a zero. */
    private void name(int limit) {
        int start = position;
        while (position < limit && bytes.get(position) != 0) {
            position++;
        }
        if (position >= limit) {
            throw invalid("a name has no end");
        }
        checkText(start, position - start);
        position++;
    }

    private void checkText(int start, int length) {
        boolean isAscii = true;
        for (int i = start; i < start + length && isAscii; i++) {
            isAscii = bytes.get(i) >= 0;
        }
        if (isAscii) {
            return;
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate().limit(start + length).position(start));
        } catch (CharacterCodingException e) {
            throw invalid("a text is not UTF-8");
        }
    }

    private void skip(int count, int limit) {
        require(count, limit);
        position += count;
    }

    private void require(int count, int limit) {
        if (count < 0 || count > limit - position) {
            throw invalid("a value goes beyond its document");
        }
    }

    private static SmilodonException tooMany(int countMax) {
        return new SmilodonException(
                TOO_LARGE,
                "A document or an array of a message holds too many values",
                Map.of("limit", countMax));
    }

    private SmilodonException invalid(String what) {
        return new SmilodonException(
                INVALID_BSON, "Invalid BSON: " + what, Map.of("position", position));
    }
}
