package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.plan.KeyRange;
import java.util.function.Consumer;

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
 * @param showsRecordIds whether each result has a field {@code $recordId} that tells where its
 *     document lies
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
        boolean returnsKeys,
        boolean showsRecordIds) {

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
        return new Parts(filter).toRequest();
    }

    /** The first document that a write with these options would find. */
    static FindRequest ofFirst(Document filter, UpdateOptions options) {
        Parts parts = new Parts(filter);
        parts.sort = options.sort();
        parts.hint = options.hint();
        parts.maxTimeMillis = options.maxTimeMillis();
        parts.let = options.let();
        parts.collation = options.collation();
        parts.limit = 1;
        return parts.toRequest();
    }

    /** Whether it says no more than which documents, how many, and in which time. */
    boolean isPlain() {
        return skip == 0
                && hint == Missing.INSTANCE
                && projection.isEmpty()
                && sort.isEmpty()
                && let.isEmpty()
                && collation.isEmpty()
                && range.isAll()
                && !returnsKeys
                && !showsRecordIds;
    }

    /** What a request is put together of: one value changes, the others are as they were. */
    private static final class Parts {

        private final Document filter;
        private Document projection = Document.EMPTY;
        private Document sort = Document.EMPTY;
        private long skip;
        private long limit;
        private Value hint = Missing.INSTANCE;
        private long maxTimeMillis;
        private Document let = Document.EMPTY;
        private boolean allowsDiskUse = true;
        private Document collation = Document.EMPTY;
        private KeyRange range = KeyRange.ALL;
        private boolean returnsKeys;
        private boolean showsRecordIds;

        Parts(Document filter) {
            this.filter = filter;
        }

        Parts(FindRequest request) {
            this(request.filter);
            projection = request.projection;
            sort = request.sort;
            skip = request.skip;
            limit = request.limit;
            hint = request.hint;
            maxTimeMillis = request.maxTimeMillis;
            let = request.let;
            allowsDiskUse = request.allowsDiskUse;
            collation = request.collation;
            range = request.range;
            returnsKeys = request.returnsKeys;
            showsRecordIds = request.showsRecordIds;
        }

        FindRequest toRequest() {
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
                    returnsKeys,
                    showsRecordIds);
        }
    }

    private FindRequest with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.toRequest();
    }

    public FindRequest withProjection(Document fields) {
        return with(parts -> parts.projection = fields);
    }

    public FindRequest withSort(Document order) {
        return with(parts -> parts.sort = order);
    }

    public FindRequest withSkip(long count) {
        return with(parts -> parts.skip = count);
    }

    public FindRequest withLimit(long count) {
        return with(parts -> parts.limit = count);
    }

    public FindRequest withHint(Value index) {
        return with(parts -> parts.hint = index);
    }

    public FindRequest withMaxTimeMillis(long millis) {
        return with(parts -> parts.maxTimeMillis = millis);
    }

    public FindRequest withLet(Document variables) {
        return with(parts -> parts.let = variables);
    }

    /** The same; says whether what does not fit into memory may go to temporary files. */
    public FindRequest withDiskUse(boolean isAllowed) {
        return with(parts -> parts.allowsDiskUse = isAllowed);
    }

    /** The same with strings that compare so: MongoDB's document, {@code {locale: "fr"}}. */
    public FindRequest withCollation(Document strings) {
        return with(parts -> parts.collation = strings);
    }

    /** The same; the keys must be those of the hinted index. */
    public FindRequest withRange(KeyRange keys) {
        return with(parts -> parts.range = keys);
    }

    /**
     * The same; says whether keys are returned instead of documents, and no projection of these.
     */
    public FindRequest withKeys(boolean areReturned) {
        return with(parts -> parts.returnsKeys = areReturned);
    }

    /** The same; says whether each result tells where its document lies. */
    public FindRequest withRecordIds(boolean areShown) {
        return with(parts -> parts.showsRecordIds = areShown);
    }
}
