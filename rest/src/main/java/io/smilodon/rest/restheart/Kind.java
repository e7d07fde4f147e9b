package io.smilodon.rest.restheart;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;

/** What a list is of, and what HAL calls its elements. */
public enum Kind {
    /** The databases of the server. */
    ROOT,
    /** The collections of a database. */
    DB,
    /** The documents of a collection. */
    COLLECTION,
    /** The files of a bucket. */
    FILES_BUCKET,
    /** The schemas of a database. */
    SCHEMA_STORE,
    /** The indexes of a collection. */
    COLLECTION_INDEXES,
    /** What a pipeline makes of a collection. */
    AGGREGATION;

    /** The collection of a database that holds its JSON schemas. */
    public static final String SCHEMAS = "_schemas";

    /** How the name of a collection ends that holds what is known of files. */
    public static final String FILES = ".files";

    /** What a collection of this name has. */
    public static Kind of(String collection) {
        if (collection.endsWith(FILES)) {
            return FILES_BUCKET;
        }
        return collection.equals(SCHEMAS) ? SCHEMA_STORE : COLLECTION;
    }

    /** Whether the standard form of such a list is the names of its elements. */
    boolean isOfNames() {
        return this == ROOT || this == DB;
    }

    /** Whether the {@code _id} of an element is a name, and no value of some type. */
    boolean hasNamedElements() {
        return isOfNames() || this == COLLECTION_INDEXES;
    }

    /** Whether an element has a path of its own below the list's. */
    boolean hasPaths() {
        return this != AGGREGATION;
    }

    /** What HAL calls an element. */
    String relation(Document element) {
        return switch (this) {
            case ROOT -> "rh:db";
            case DB -> ofCollection(element.get("_id"));
            case COLLECTION -> "rh:doc";
            case FILES_BUCKET -> "rh:file";
            case SCHEMA_STORE -> "rh:schema";
            case COLLECTION_INDEXES -> "rh:index";
            case AGGREGATION -> "rh:result";
        };
    }

    private static String ofCollection(Value id) {
        String name = id instanceof StringValue text ? text.value() : "";
        return switch (of(name)) {
            case FILES_BUCKET -> "rh:bucket";
            case SCHEMA_STORE -> "rh:schema-store";
            default -> "rh:coll";
        };
    }
}
