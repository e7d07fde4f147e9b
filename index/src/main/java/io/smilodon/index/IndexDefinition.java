package io.smilodon.index;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.DocumentKeys;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import java.util.Map;
import java.util.Optional;

/**
 * One index of a collection.
 *
 * @param id identifies its entries in the store; unique for ever, {@link #UNASSIGNED} until the
 *     catalog gives one
 * @param name unique within the collection
 * @param pattern the indexed fields
 * @param options unique, sparse, partial and so on, and those of its type
 */
public record IndexDefinition(int id, String name, KeyPattern pattern, IndexOptions options) {

    /** The id of a definition that is not in a catalog yet. */
    public static final int UNASSIGNED = 0;

    /** The name of the index on {@code _id}, which every collection has. */
    public static final String ID_INDEX_NAME = "_id_";

    /** MongoDB's limit on the indexes of one collection, that on {@code _id} included. */
    public static final int INDEXES_MAX = 64;

    /** MongoDB's version number of index formats; clients expect it in listings. */
    private static final int LISTED_VERSION = 2;

    private static final KeyPattern ID_PATTERN = KeyPattern.of(KeyPart.ascending("_id"));

    /** The index on {@code _id}: the documents themselves, which are stored in its order. */
    public static IndexDefinition onId() {
        return onId(Collation.SIMPLE);
    }

    /** The same for a collection of this collation. */
    public static IndexDefinition onId(Collation collation) {
        IndexOptions options = IndexOptions.DEFAULTS.withCollation(collation);
        return new IndexDefinition(UNASSIGNED, ID_INDEX_NAME, ID_PATTERN, options);
    }

    /** Reads a user's specification; see {@link #parse(Document, Location)}. */
    public static IndexDefinition parse(Document specification) {
        return parse(specification, Location.ROOT);
    }

    /**
     * The specification of an index without the options that nobody knows, such as very old servers
     * have left in it.
     */
    public static Document withoutUnknown(Document specification) {
        return SpecificationParser.known(specification);
    }

    /**
     * Reads a user's specification, such as <code>{key: {a: 1}, name: "a_1", unique: true}</code>.
     * Without a name it gets the default one. The result has no id yet.
     *
     * @param location where the specification stands in the request
     * @throws SmilodonException 9 for a missing key, 14 for an option of the wrong type, 67 for a
     *     key or name that no index can have, 2 for a reserved name, 197 for an option that does
     *     not exist, does not go with {@code _id} or is not supported; what the key and the type
     *     have errors of their own for; and what {@link Collation#parse} throws
     */
    public static IndexDefinition parse(Document specification, Location location) {
        return parse(specification, location, Collation.SIMPLE);
    }

    /**
     * The same.
     *
     * @param inherited the collation of an index that names none
     */
    public static IndexDefinition parse(
            Document specification, Location location, Collation inherited) {
        return new SpecificationParser(location, inherited).parse(specification);
    }

    public IndexDefinition withId(int assigned) {
        return new IndexDefinition(assigned, name, pattern, options);
    }

    public IndexDefinition withOptions(IndexOptions changed) {
        return new IndexDefinition(id, name, pattern, changed);
    }

    private IndexType type() {
        return IndexTypes.of(pattern.kind());
    }

    /** The key as listings show it. */
    public Document listedKey() {
        return type().listedKey(this);
    }

    /** Says which keys a document has in it. */
    public DocumentKeys keys() {
        return type().keys(this);
    }

    /**
     * The parts of its keys: those of its pattern, before a wildcard the path of the field, and the
     * words of a text index.
     */
    public KeyPattern keyPattern() {
        return type().keyPattern(this);
    }

    public boolean isOnId() {
        return isOnId(pattern);
    }

    static boolean isOnId(KeyPattern pattern) {
        return pattern.equals(ID_PATTERN);
    }

    /** As clients see it in a listing. */
    public Document toSpecification() {
        DocumentBuilder builder =
                Document.builder()
                        .put("v", LISTED_VERSION)
                        .put("key", listedKey())
                        .put("name", name);
        options.putInto(builder);
        return builder.build();
    }

    /** For the catalog. */
    public Document toDocument() {
        DocumentBuilder builder =
                Document.builder().put("id", id).put("name", name).put("key", pattern.toDocument());
        options.putInto(builder);
        if (options.unique() && options.prepareUnique()) {
            builder.put(IndexOptions.PREPARE_UNIQUE, true);
        }
        return builder.build();
    }

    /**
     * Reads what {@link #toDocument} wrote.
     *
     * @throws SmilodonException 366 if it is anything else
     */
    public static IndexDefinition fromDocument(Document stored) {
        if (stored.get("id") instanceof Int32Value id
                && stored.get("name") instanceof StringValue name
                && stored.get("key") instanceof Document key) {
            KeyPattern pattern = KeyPattern.parse(key, Location.ROOT.child("key"));
            return new IndexDefinition(id.value(), name.value(), pattern, options(stored, pattern));
        }
        throw new SmilodonException(
                ErrorCode.DATA_CORRUPTION_DETECTED,
                "The catalog's entry of an index is damaged",
                Map.of("found", stored));
    }

    private static IndexOptions options(Document stored, KeyPattern pattern) {
        IndexType type = IndexTypes.of(pattern.kind());
        return new IndexOptions(
                isSet(stored, "unique"),
                isSet(stored, IndexOptions.PREPARE_UNIQUE),
                isSet(stored, "sparse"),
                isSet(stored, "hidden"),
                collation(stored),
                document(stored, IndexOptions.PARTIAL_FILTER),
                Optional.of(stored.get(IndexOptions.EXPIRE_AFTER_SECONDS))
                        .filter(seconds -> seconds != Missing.INSTANCE),
                document(stored, StorageEngineOptions.NAME),
                type.parseOptions(pattern, stored, Location.ROOT));
    }

    private static Optional<Document> document(Document stored, String option) {
        return stored.get(option) instanceof Document written
                ? Optional.of(written)
                : Optional.empty();
    }

    private static Collation collation(Document stored) {
        return stored.get(IndexOptions.COLLATION) instanceof Document collation
                ? Collation.ofStored(collation)
                : Collation.SIMPLE;
    }

    private static boolean isSet(Document stored, String option) {
        Value value = stored.get(option);
        return value.equals(BooleanValue.TRUE);
    }
}
