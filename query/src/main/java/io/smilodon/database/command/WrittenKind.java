package io.smilodon.database.command;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Arrays;

/** What a statement did to its document, by the letters of MongoDB's log. */
enum WrittenKind {
    INSERTED("i"),
    UPDATED("u"),
    DELETED("d"),
    NOTHING("n");

    private static final String FIELD = "op";

    private final String letter;

    WrittenKind(String letter) {
        this.letter = letter;
    }

    String letter() {
        return letter;
    }

    /** Kept with an outcome. */
    Document with(Document outcome) {
        return outcome.with(FIELD, Value.of(letter));
    }

    static WrittenKind in(Document outcome) {
        return Arrays.stream(values())
                .filter(kind -> Value.of(kind.letter).equals(outcome.get(FIELD)))
                .findFirst()
                .orElse(NOTHING);
    }

    static WrittenKind of(Write write, WriteResult result) {
        if (!(result instanceof WriteResult.Done done) || done.outcome().count() == 0) {
            return NOTHING;
        }
        if (done.outcome().upserted().isPresent()) {
            return INSERTED;
        }
        return switch (write) {
            case Write.Insert insert -> INSERTED;
            case Write.Update update -> done.outcome().modifiedCount() > 0 ? UPDATED : NOTHING;
            case Write.Delete delete -> DELETED;
        };
    }

    /**
     * By the answer of a {@code findAndModify}.
     *
     * @param isRemoval whether it was to delete
     */
    static WrittenKind of(Document answer, boolean isRemoval) {
        Document last = (Document) answer.get("lastErrorObject");
        if (last.has("upserted")) {
            return INSERTED;
        }
        if (!(last.get("n") instanceof NumberValue count) || count.toLong() == 0) {
            return NOTHING;
        }
        return isRemoval ? DELETED : UPDATED;
    }
}
