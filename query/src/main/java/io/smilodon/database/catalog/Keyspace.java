package io.smilodon.database.catalog;

import io.smilodon.engine.bucket.BucketKeys;
import io.smilodon.engine.codec.KeyWriter;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the catalog and the documents lie in the byte store.
 *
 * <pre>
 * counter    := 01 00
 * database   := 01 01 · name (UTF-8)
 * collection := 01 02 · database name (UTF-8) · 00 · collection name (UTF-8)
 * build      := 01 03 · index id u32 (big-endian)
 * settings   := 01 04 · hash of the shape of a query u8[32]
 * document   := 02 · collection id u32 (big-endian) · KeyCodec(_id, by the collation)
 * entry      := 03 · index id u32 (big-endian) · what its kind of index puts there
 * order      := 05 · collection id u32 (big-endian) · kind u8 (fill, turn, place) · …
 * </pre>
 *
 * Keys that start with 04 belong to the buckets of the engine.
 *
 * <p>Names contain no zero byte, so the collections of a database are one range, in order of name.
 */
public final class Keyspace {

    static final byte[] COUNTER = {1, 0};
    private static final byte[] DATABASES = {1, 1};
    private static final byte[] COLLECTIONS = {1, 2};
    private static final byte[] BUILDS = {1, 3};
    private static final byte[] SETTINGS = {1, 4};
    private static final byte DOCUMENTS = 2;
    private static final byte INDEX_ENTRIES = 3;
    private static final byte INSERTION_ORDER = 5;
    private static final byte FILL = 0;
    private static final byte TURN = 1;
    private static final byte PLACE = 2;
    private static final int PREFIX_BYTES = 1 + Integer.BYTES;

    private Keyspace() {}

    static KeyRange databases() {
        return KeyRange.prefix(DATABASES);
    }

    static byte[] database(String name) {
        return join(DATABASES, utf8(name));
    }

    static KeyRange collections() {
        return KeyRange.prefix(COLLECTIONS);
    }

    static KeyRange collections(String database) {
        return KeyRange.prefix(join(COLLECTIONS, utf8(database), new byte[1]));
    }

    static byte[] collection(Namespace namespace) {
        return join(
                COLLECTIONS, utf8(namespace.database()), new byte[1], utf8(namespace.collection()));
    }

    /** Where it stands how far the building of an index has come. */
    static byte[] build(int indexId) {
        return join(BUILDS, ByteBuffer.allocate(Integer.BYTES).putInt(indexId).array());
    }

    static KeyRange settings() {
        return KeyRange.prefix(SETTINGS);
    }

    /** Where it stands what is settled of the queries whose shape has this hash. */
    static byte[] settings(String hash) {
        return join(SETTINGS, HexFormat.of().parseHex(hash));
    }

    /** The hash at the end of such a key. */
    static String hashOfSettings(byte[] key) {
        return HexFormat.of().withUpperCase().formatHex(key, SETTINGS.length, key.length);
    }

    /** What the documents of all collections start with. */
    public static byte[] allDocuments() {
        return new byte[] {DOCUMENTS};
    }

    /** What all documents of a collection start with. */
    public static byte[] documents(int collectionId) {
        return prefix(DOCUMENTS, collectionId);
    }

    /** What all entries of an index start with. */
    public static byte[] indexEntries(int indexId) {
        return prefix(INDEX_ENTRIES, indexId);
    }

    /** Whether a key is one of the catalog's, or one of those that say which buckets there are. */
    public static boolean isCatalog(byte[] key) {
        return key.length > 0 && key[0] == COUNTER[0] || BucketKeys.isCatalog(key);
    }

    /** The id of the collection that a document's key belongs to; empty for any other key. */
    public static OptionalInt collectionOf(byte[] key) {
        return key.length > PREFIX_BYTES && key[0] == DOCUMENTS
                ? OptionalInt.of(ByteBuffer.wrap(key, 1, Integer.BYTES).getInt())
                : OptionalInt.empty();
    }

    /** The id of the collection whose documents all start with this; empty for anything else. */
    public static OptionalInt collectionOfPrefix(byte[] prefix) {
        return prefix.length == PREFIX_BYTES && prefix[0] == DOCUMENTS
                ? OptionalInt.of(ByteBuffer.wrap(prefix, 1, Integer.BYTES).getInt())
                : OptionalInt.empty();
    }

    /** The id of the index that an entry's key belongs to; empty for any other key. */
    public static OptionalInt indexOf(byte[] key) {
        return key.length > PREFIX_BYTES && key[0] == INDEX_ENTRIES
                ? OptionalInt.of(ByteBuffer.wrap(key, 1, Integer.BYTES).getInt())
                : OptionalInt.empty();
    }

    /** The name of the database whose own key this is; empty for any other key. */
    public static Optional<String> databaseOf(byte[] key) {
        return startsWith(key, DATABASES) ? Optional.of(databaseName(key)) : Optional.empty();
    }

    /** The name of the collection whose entry in the catalog has this key; empty for any other. */
    public static Optional<Namespace> collectionEntryOf(byte[] key) {
        return startsWith(key, COLLECTIONS) ? Optional.of(namespace(key)) : Optional.empty();
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length > prefix.length
                && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** What the keys of all insertion orders start with. */
    public static byte[] allInsertionOrders() {
        return new byte[] {INSERTION_ORDER};
    }

    /** The id of the capped collection to whose order a key belongs; empty for any other key. */
    public static OptionalInt cappedOf(byte[] key) {
        return key.length > PREFIX_BYTES && key[0] == INSERTION_ORDER
                ? OptionalInt.of(ByteBuffer.wrap(key, 1, Integer.BYTES).getInt())
                : OptionalInt.empty();
    }

    /** What all keys of the insertion order of a capped collection start with. */
    public static byte[] insertionOrder(int collectionId) {
        return prefix(INSERTION_ORDER, collectionId);
    }

    /** Where it stands how much a capped collection holds. */
    public static byte[] fill(int collectionId) {
        return join(insertionOrder(collectionId), new byte[] {FILL});
    }

    /** What the turns of a capped collection start with. */
    public static byte[] turns(int collectionId) {
        return join(insertionOrder(collectionId), new byte[] {TURN});
    }

    /** Where it stands which document was inserted as the one of this number. */
    public static byte[] turn(int collectionId, long number) {
        return join(turns(collectionId), ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /** The number at the end of a turn's key. */
    public static long turnNumber(byte[] turnKey) {
        return ByteBuffer.wrap(turnKey, PREFIX_BYTES + 1, Long.BYTES).getLong();
    }

    /** What the places of a capped collection start with. */
    public static byte[] places(int collectionId) {
        return join(insertionOrder(collectionId), new byte[] {PLACE});
    }

    /** Where the number of a document stands, of which the {@code _id} is encoded already. */
    public static byte[] place(int collectionId, byte[] idKey) {
        return join(places(collectionId), idKey);
    }

    /** The encoded {@code _id} at the end of a place's key. */
    public static byte[] placeIdKey(byte[] placeKey) {
        return Arrays.copyOfRange(placeKey, PREFIX_BYTES + 1, placeKey.length);
    }

    private static byte[] prefix(byte area, int id) {
        return ByteBuffer.allocate(PREFIX_BYTES).put(area).putInt(id).array();
    }

    /** The key of the document whose {@code _id} is encoded already. */
    public static byte[] documentOfIdKey(int collectionId, byte[] idKey) {
        byte[] key = new byte[PREFIX_BYTES + idKey.length];
        key[0] = DOCUMENTS;
        for (int at = 1; at < PREFIX_BYTES; at++) {
            key[at] = (byte) (collectionId >>> Byte.SIZE * (PREFIX_BYTES - 1 - at));
        }
        System.arraycopy(idKey, 0, key, PREFIX_BYTES, idKey.length);
        return key;
    }

    /** The encoded {@code _id} at the end of a document's key. */
    public static byte[] idKey(byte[] documentKey) {
        return Arrays.copyOfRange(documentKey, PREFIX_BYTES, documentKey.length);
    }

    /** The key of the document with this {@code _id}, or with what a collation has for it. */
    static byte[] document(int collectionId, Value id) {
        return new KeyWriter().appendBytes(DOCUMENTS).appendInt(collectionId).append(id).toKey();
    }

    /** The name at the end of a database's key. */
    static String databaseName(byte[] key) {
        return text(key, DATABASES.length, key.length);
    }

    /** The names in a collection's key. */
    static Namespace namespace(byte[] key) {
        int zero = COLLECTIONS.length;
        while (key[zero] != 0) {
            zero++;
        }
        return new Namespace(text(key, COLLECTIONS.length, zero), text(key, zero + 1, key.length));
    }

    private static String text(byte[] key, int from, int to) {
        return new String(key, from, to - from, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
