package io.smilodon.database.action;

import io.smilodon.database.DocumentCollection;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.security.UserName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The field <code>requestId</code> of a write. What is asked for is kept beside the answer, as a
 * digest, so that nobody gets the answer to another request that had the same id.
 *
 * @param text names the request
 * @param digest of the user, the action, the collection and the body, but for its durability and
 *     its time limit
 */
record RequestId(String text, Value digest) {

    static final String FIELD = "requestId";

    private static final int DIGEST_BYTES = 16;
    private static final String DIGEST = "request";
    private static final String ANSWER = "answer";

    static Optional<RequestId> of(String action, DocumentCollection collection, Body body) {
        return body.text(FIELD).map(text -> new RequestId(text, digest(action, collection, body)));
    }

    private static Value digest(String action, DocumentCollection collection, Body body) {
        MessageDigest digest = sha256();
        String place = action + "\0" + collection.namespace() + "\0" + user();
        digest.update(place.getBytes(StandardCharsets.UTF_8));
        Document asked =
                body.fields().without("writeConcern").without("durability").without("maxTimeMS");
        digest.update(DocumentCodec.encode(asked));
        return new BinaryValue((byte) 0, Arrays.copyOf(digest.digest(), DIGEST_BYTES));
    }

    /** Answers hold documents that not everybody may see. */
    private static String user() {
        return OperationScope.permit().caller().name().map(UserName::toString).orElse("");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new AssertionError("every Java has it", absent);
        }
    }

    /** What is kept. */
    Document kept(Document answer) {
        return Document.builder().put(DIGEST, digest).put(ANSWER, answer).build();
    }

    /**
     * The answer in what was kept.
     *
     * @throws SmilodonException {@code BadValue} if it is that to another request
     */
    Document answer(Document kept) {
        if (!digest.equals(kept.get(DIGEST))) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The request id has been used for another request",
                            Map.of(FIELD, text))
                    .withHint("a new id for each request, a random UUID for instance");
        }
        return (Document) kept.get(ANSWER);
    }
}
