package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.plan.KeyRange;

/**
 * What to find and how to hand it out. Applied in this order: filter, sort, skip, limit,
 * projection.
 *
 * @param filter MongoDB's filter; empty for every document
 * @param projection which fields to return; empty for all of them
 * @param sort the order; empty for the order in which they are found
 * @param skip documents to leave out at the start
 * @param limit documents to return at most; 0 for no limit
 * @param hint the index to use, by name or by key pattern; {@code Missing} leaves it to the planner
 * @param maxTimeMillis time after which the operation fails; 0 for never
 * @param let variables that expressions of the filter and the projection may use
 * @param allowsDiskUse whether what does not fit into memory may go to temporary files
 * @param collation how strings compare; empty for the collection's way
 * @param range which keys of the hinted index to look at
 * @param returnsKeys whether the keys of the index are returned that lead to the documents, instead
 *     of these
 */
public record FindRequest(
        Document filter,
        Document projection,
        Document sort,
        long skip,
        long limit,
        Value hint,
        long maxTimeMillis,
        Document let,
        boolean allowsDiskUse,
        Document collation,
        KeyRange range,
        boolean returnsKeys) {

    /**
     * @throws SmilodonException for a negative number, as MongoDB numbers that error
     */
    public FindRequest {
        Requests.checkNotNegative("skip", skip);
        Requests.checkNotNegative("limit", limit);
        Requests.checkNotNegative("maxTimeMS", maxTimeMillis);
    }

    /** Every document that matches, as it is. */
    public static FindRequest of(Document filter) {
        return new FindRequest(
                filter,
                Document.EMPTY,
                Document.EMPTY,
                0,
                0,
                Missing.INSTANCE,
                0,
                Document.EMPTY,
                true,
                Document.EMPTY,
                KeyRange.ALL,
                false);
    }

    public FindRequest withProjection(Document fields) {
        return new FindRequest(
                filter,
                fields,
                sort,
                skip,
                limit,
                hint,
                maxTimeMillis,
                let,
                allowsDiskUse,
                collation,
                range,
                returnsKeys);
    }

    public FindRequest withSort(Document order) {
        return new FindRequest(
                filter,
                projection,
                order,
                skip,
                limit,
                hint,
                maxTimeMillis,
                let,
                allowsDiskUse,
                collation,
                range,
                returnsKeys);
    }

    public FindRequest withSkip(long count) {
        return new FindRequest(
                filter,
                projection,
                sort,
                count,
                limit,
                hint,
                maxTimeMillis,
                let,
                allowsDiskUse,
                collation,
                range,
                returnsKeys);
    }

    public FindRequest withLimit(long count) {
        return new FindRequest(
                filter,
                projection,
                sort,
                skip,
                count,
                hint,
                maxTimeMillis,
                let,
                allowsDiskUse,
                collation,
                range,
                returnsKeys);
    }

    public FindRequest withHint(Value index) {
        return new FindRequest(
                filter,
                projection,
                sort,
                skip,
                limit,
                index,
                maxTimeMillis,
                let,
                allowsDiskUse,
                collation,
                range,
                returnsKeys);
    }

    public FindRequest withMaxTimeMillis(long millis) {
        return new FindRequest(
                filter,
                projection,
                sort,
                skip,
                limit,
                hint,
                millis,
                let,
                allowsDiskUse,
                collation,
                range,
                returnsKeys);
    }

    public FindRequest withLet(Document variables) {
        return new FindRequest(
                filter,
                projection,
                sort,
                skip,
                limit,
                hint,
                maxTimeMillis,
                variables,
                allowsDiskUse,
                collation,
                range,
                returnsKeys);
    }

    /** The same; says whether what does not fit into memory may go to temporary files. */
    public FindRequest withDiskUse(boolean isAllowed) {
        return new FindRequest(
                filter,
                projection,
                sort,
                skip,
                limit,
                hint,
                maxTimeMillis,
                let,
                isAllowed,
                collation,
                range,
                returnsKeys);
    }

    /** The same with strings that compare so: MongoDB's document, {@code {locale: "fr"}}. */
    public FindRequest withCollation(Document strings) {
        return new FindRequest(
                filter,
                projection,
                sort,
                skip,
                limit,
                hint,
                maxTimeMillis,
                let,
                allowsDiskUse,
                strings,
                range,
                returnsKeys);
    }

    /** The same; the keys must be those of the hinted index. */
    public FindRequest withRange(KeyRange keys) {
        return new FindRequest(
                filter,
                projection,
                sort,
                skip,
                limit,
                hint,
                maxTimeMillis,
                let,
                allowsDiskUse,
                collation,
                keys,
                returnsKeys);
    }

    /**
     * The same; says whether keys are returned instead of documents, and no projection of these.
     */
    public FindRequest withKeys(boolean areReturned) {
        return new FindRequest(
                filter,
                projection,
                sort,
                skip,
                limit,
                hint,
                maxTimeMillis,
                let,
                allowsDiskUse,
                collation,
                range,
                areReturned);
    }
}
