package io.smilodon.engine;

/** Every limit of the engine, in one place. Sizes are bytes. */
public final class Limits {

    /** A document, as Extended JSON is read and as it is stored. */
    public static final int DOCUMENT_BYTES_MAX = 16 << 20;

    /** Levels of documents and arrays inside each other, the outermost counted. */
    public static final int NESTING_MAX = 100;

    /** Fields of one document or one level of it, as it is read from JSON and as it is stored. */
    public static final int FIELDS_MAX = 100_000;

    /** Elements of one array, as it is read from JSON and as it is stored. */
    public static final int ARRAY_ITEMS_MAX = 2_000_000;

    /** Tokens of one JSON text: bounds the memory that a small text can unfold to. */
    public static final int JSON_TOKENS_MAX = 10_000_000;

    /** The body of a request: one JSON text that may hold many documents. */
    public static final int REQUEST_BODY_BYTES_MAX = 48 << 20;

    public static final int FIELD_NAME_CHARS_MAX = 50_000;
    public static final int NUMBER_CHARS_MAX = 1_000;

    /** A key of the byte store. */
    public static final int KEY_BYTES_MAX = 4 << 10;

    /** A value of the byte store: a document and what travels with it. */
    public static final int VALUE_BYTES_MAX = 17 << 20;

    /** An encoded {@code _id}; it is never cut. */
    public static final int ID_BYTES_MAX = 1 << 10;

    /** The key of a blob: a key of the byte store, less what stands in front of it. */
    public static final int BUCKET_KEY_BYTES_MAX = 4_000;

    public static final int BUCKET_NAME_BYTES_MAX = 255;

    /** Names or keys in one part of a list of buckets or blobs. */
    public static final int BUCKET_LIST_MAX = 1_000;

    /** Blobs that one part of a list may walk over, as their keys lie between them. */
    public static final long BUCKET_LIST_BYTES_MAX = 64L << 20;

    public static final int TRANSACTION_BYTES_MAX = 64 << 20;
    public static final long TRANSACTION_MILLIS_MAX = 60_000;

    /** A key that names a transaction, so that it takes effect once. */
    public static final int IDEMPOTENCY_KEY_BYTES_MAX = 128;

    /** What a transaction with an idempotency key leaves for those that come again. */
    public static final int IDEMPOTENT_RESULT_BYTES_MAX = VALUE_BYTES_MAX;

    /** What it may leave at most to be kept as long as its outcome counts. */
    public static final int IDEMPOTENT_SMALL_RESULT_BYTES_MAX = 4 << 10;

    /** What all others leave together; the oldest go first. */
    public static final long IDEMPOTENT_LARGE_RESULTS_BYTES_MAX = 256L << 20;

    /** Outcomes of transactions with idempotency keys; the oldest go first. */
    public static final int IDEMPOTENT_OUTCOMES_MAX = 100_000;

    public static final long IDEMPOTENT_OUTCOME_MILLIS_MAX = 24 * 60 * 60_000L;

    /** A snapshot older than this may be refused, so that old versions do not pile up. */
    public static final long SNAPSHOT_AGE_MILLIS_MAX = 60 * 60_000L;

    /** Change feeds that are open at the same time; each may hold one batch in memory. */
    public static final int CHANGE_FEEDS_MAX = 1_000;

    private Limits() {}
}
