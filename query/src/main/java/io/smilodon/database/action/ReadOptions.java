package io.smilodon.database.action;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.query.plan.KeyRange;

/** The options of reads that actions and commands have by the same names. */
public final class ReadOptions {

    static final String NO_TIMEOUT = "noCursorTimeout";

    private ReadOptions() {}

    /** What a find asks for, its filter too. */
    public static FindRequest find(Body body) {
        return FindRequest.of(body.document("filter"))
                .withProjection(body.document("projection"))
                .withSort(body.document("sort"))
                .withSkip(body.number("skip"))
                .withLimit(body.number("limit"))
                .withHint(body.value("hint"))
                .withMaxTimeMillis(body.number("maxTimeMS"))
                .withLet(body.document("let"))
                .withDiskUse(body.flag("allowDiskUse", true))
                .withCollation(body.document("collation"))
                .withRange(new KeyRange(body.document("min"), body.document("max")))
                .withKeys(body.flag("returnKey", false));
    }

    /** The cursor of a find, which may be asked to wait longer for its reader. */
    public static DocumentCursor kept(DocumentCursor cursor, Body body) {
        return body.flag(NO_TIMEOUT, false) ? cursor.keptLonger() : cursor;
    }

    /** How a pipeline is to be run. */
    public static AggregateOptions aggregate(Body body) {
        return AggregateOptions.DEFAULTS
                .withHint(body.value("hint"))
                .withMaxTimeMillis(body.number("maxTimeMS"))
                .withDiskUse(body.flag("allowDiskUse", true))
                .withCollation(body.document("collation"))
                .withLet(body.document("let"));
    }
}
