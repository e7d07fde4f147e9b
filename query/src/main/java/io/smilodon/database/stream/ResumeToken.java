package io.smilodon.database.stream;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where a change stream stands: behind an event. It survives the process, since commit and time
 * together name a commit; written as {@code {_data: "hex"}}, of which clients need know nothing.
 *
 * @param commit the commit of the event
 * @param event the place of the event in it; {@link #NONE} if it stands before all of them, {@link
 *     #ALL} if all are behind
 * @param isInvalidation whether the event ended its stream
 * @param fragment of an event that was split, the part behind which it stands, from 0; {@link
 *     #WHOLE} behind all of it
 */
record ResumeToken(FeedToken commit, int event, boolean isInvalidation, int fragment) {

    static final int NONE = -1;
    static final int ALL = Integer.MAX_VALUE;
    static final int WHOLE = -1;

    /** One that is as long as any. */
    static final ResumeToken LONGEST = new ResumeToken(new FeedToken(0, 0), ALL, false, 0);

    private static final ErrorCode INVALID_RESUME_TOKEN = new ErrorCode(260, "InvalidResumeToken");
    private static final ErrorCode BAD_TOKEN = ErrorCode.location(40647);
    private static final String PASS_ON =
            "Pass on the _id of an event, or the stream's resume token, as it is.";
    private static final String DATA = "_data";
    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 2 * Long.BYTES + Integer.BYTES + 1;
    private static final int BYTES_OF_FRAGMENT = BYTES + Integer.BYTES;

    ResumeToken(FeedToken commit, int event, boolean isInvalidation) {
        this(commit, event, isInvalidation, WHOLE);
    }

    static ResumeToken behind(FeedToken commit) {
        return new ResumeToken(commit, ALL, false);
    }

    static ResumeToken before(FeedToken commit) {
        return new ResumeToken(commit, NONE, false);
    }

    ResumeToken behindFragment(int number) {
        return new ResumeToken(commit, event, isInvalidation, number);
    }

    /** Whether it stands in the middle of an event. */
    boolean isOfFragment() {
        return fragment != WHOLE;
    }

    Document toDocument() {
        ByteBuffer bytes =
                ByteBuffer.allocate(isOfFragment() ? BYTES_OF_FRAGMENT : BYTES)
                        .put(VERSION)
                        .putLong(commit.sequence())
                        .putLong(commit.millis())
                        .putInt(event)
                        .put((byte) (isInvalidation ? 1 : 0));
        if (isOfFragment()) {
            bytes.putInt(fragment);
        }
        return Document.of(DATA, Value.of(HexFormat.of().formatHex(bytes.array())));
    }

    /**
     * Reads a token that a client brings back.
     *
     * @throws SmilodonException {@code InvalidResumeToken}, or 40647 if it has no {@code _data}
     */
    static ResumeToken parse(Document document) {
        if (!(document.get(DATA) instanceof StringValue text)) {
            throw new SmilodonException(
                            BAD_TOKEN,
                            "Bad resume token: _data of missing or of wrong type",
                            Map.of("token", document))
                    .withHint(PASS_ON);
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(text.value()));
            boolean isOfFragment = bytes.remaining() == BYTES_OF_FRAGMENT;
            if ((isOfFragment || bytes.remaining() == BYTES) && bytes.get() == VERSION) {
                FeedToken commit = new FeedToken(bytes.getLong(), bytes.getLong());
                ResumeToken whole = new ResumeToken(commit, bytes.getInt(), bytes.get() != 0);
                return isOfFragment ? whole.behindFragment(bytes.getInt()) : whole;
            }
        } catch (IllegalArgumentException noHexadecimal) {
            throw malformed(document);
        }
        throw malformed(document);
    }

    private static SmilodonException malformed(Document document) {
        return new SmilodonException(
                        INVALID_RESUME_TOKEN,
                        "The resume token is malformed",
                        Map.of("token", document))
                .withHint(PASS_ON);
    }

    /** Why a stream cannot resume behind the event that ended it. */
    static SmilodonException ofInvalidation() {
        return new SmilodonException(
                        INVALID_RESUME_TOKEN,
                        "Attempting to resume a change stream using 'resumeAfter' is not allowed"
                                + " from an invalidate notification")
                .withHint("Use startAfter.");
    }
}
