package io.smilodon.engine.bucket;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Direction;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where buckets lie in the byte store, and what their names and keys may be.
 *
 * <pre>
 * counter := 04 00                                 -> the next id, u32 (big-endian)
 * bucket  := 04 01 · name (UTF-8)                  -> its id, u32
 * blob    := 04 02 · id u32 · key                  -> the blob as it is
 * </pre>
 *
 * Ids are never used twice. Thread-safe.
 */
public final class BucketKeys {

    static final byte[] COUNTER = {4, 0};
    private static final byte[] NAMES = {4, 1};
    private static final byte[] BLOBS = {4, 2};
    private static final int FIRST_ID = 1;
    private static final int BLOB_PREFIX_BYTES = BLOBS.length + Integer.BYTES;

    private BucketKeys() {}

    /** Whether a key is that of the counter or of a bucket's name. */
    public static boolean isCatalog(byte[] key) {
        return Arrays.equals(key, COUNTER) || startsWith(key, NAMES);
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length > prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    static byte[] name(String name) {
        return join(NAMES, bytes(name));
    }

    static String nameIn(byte[] key) {
        int length = key.length - NAMES.length;
        return new String(key, NAMES.length, length, StandardCharsets.UTF_8);
    }

    /** The names after this one. */
    static KeyRange names(String after) {
        KeyRange all = KeyRange.prefix(NAMES);
        return after.isEmpty() ? all : new KeyRange(behind(name(after)), all.to());
    }

    /** The blobs of all buckets. */
    static KeyRange allBlobs() {
        return KeyRange.prefix(BLOBS);
    }

    /** Those of buckets with higher ids. */
    static KeyRange blobsBehind(int id) {
        return new KeyRange(KeyRange.successor(blobs(id)), allBlobs().to());
    }

    /** The id of the bucket of the first blob there, if there is one. */
    static OptionalInt firstId(KeyRange blobs, ReadView view) {
        try (KeyCursor cursor = view.cursor(blobs, Direction.FORWARD)) {
            return cursor.advance() ? OptionalInt.of(idOfBlob(cursor.key())) : OptionalInt.empty();
        }
    }

    /** What all blobs of a bucket start with. */
    public static byte[] blobs(int id) {
        return ByteBuffer.allocate(BLOB_PREFIX_BYTES).put(BLOBS).putInt(id).array();
    }

    static byte[] blob(int id, byte[] key) {
        return join(blobs(id), key);
    }

    static byte[] keyIn(byte[] blobKey) {
        return Arrays.copyOfRange(blobKey, BLOB_PREFIX_BYTES, blobKey.length);
    }

    /** The blobs whose keys start with the prefix and come after another key, if there is one. */
    static KeyRange blobs(int id, byte[] prefix, byte[] after) {
        KeyRange all = KeyRange.prefix(blob(id, prefix));
        byte[] next = behind(blob(id, after));
        boolean isBehind = after.length > 0 && Arrays.compareUnsigned(next, all.from()) > 0;
        return isBehind ? new KeyRange(next, all.to()) : all;
    }

    /** The first key after this one. */
    private static byte[] behind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    // ---- Ids

    /** The id that the next bucket gets. */
    static int nextId(ReadView view) {
        return view.get(COUNTER).map(stored -> id(stored.value())).orElse(FIRST_ID);
    }

    static byte[] idBytes(int id) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(id).array();
    }

    /** The id in what a name stands for or in a blob's key; empty for any other entry. */
    static OptionalInt idIn(byte[] key, byte[] value) {
        if (startsWith(key, NAMES)) {
            return OptionalInt.of(id(value));
        }
        return startsWith(key, BLOBS) ? OptionalInt.of(idOfBlob(key)) : OptionalInt.empty();
    }

    static int idOfBlob(byte[] blobKey) {
        return ByteBuffer.wrap(blobKey, BLOBS.length, Integer.BYTES).getInt();
    }

    static int id(byte[] stored) {
        if (stored.length != Integer.BYTES) {
            throw new SmilodonException(
                    ErrorCode.DATA_CORRUPTION_DETECTED,
                    "The id of a bucket is damaged",
                    Map.of("bytes", stored.length, "expected", Integer.BYTES));
        }
        return ByteBuffer.wrap(stored).getInt();
    }

    // ---- Rules

    static void checkName(String name) {
        if (name.isEmpty() || bytes(name).length > Limits.BUCKET_NAME_BYTES_MAX) {
            throw invalidName("Bucket names must be 1 to 255 bytes long", name);
        }
        if (name.startsWith(".")) {
            throw invalidName("Bucket names cannot start with '.'", name);
        }
        if (name.chars().anyMatch(c -> c == '$' || c == '/' || c == 0)) {
            throw invalidName("Bucket names must not contain $, / or NUL", name);
        }
    }

    private static SmilodonException invalidName(String template, String name) {
        return new SmilodonException(
                ErrorCode.INVALID_NAMESPACE, template, Map.of("name", name.replace("\0", "\\0")));
    }

    static void checkKey(byte[] key) {
        if (key.length == 0 || key.length > Limits.BUCKET_KEY_BYTES_MAX) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "The key of a blob must not be empty or too long",
                    Map.of("bytes", key.length, "maximum", Limits.BUCKET_KEY_BYTES_MAX));
        }
    }

    /** A text as a key: its UTF-8. Half a surrogate pair has none. */
    static byte[] bytes(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(encoded.array(), encoded.limit());
        } catch (CharacterCodingException e) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "Text holds half of a surrogate pair and has no UTF-8 form",
                    Map.of(),
                    e);
        }
    }

    /** A key for people: the text that it is the UTF-8 of, or else its bytes. */
    static String printable(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), key);
        return isText ? text : "0x" + HexFormat.of().formatHex(key);
    }

    static void checkLimit(int limit) {
        if (limit < 1 || limit > Limits.BUCKET_LIST_MAX) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "The limit of a list is out of range",
                    Map.of("limit", limit, "minimum", 1, "maximum", Limits.BUCKET_LIST_MAX));
        }
    }
}
