package io.smilodon.wire;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/**
 * What a client that takes answers in a stream ({@code exhaustAllowed}) would ask after an answer:
 * what is new of the server since then, or the next batch of a cursor.
 */
final class Streams {

    private static final String MORE = "getMore";

    private Streams() {}

    /** The next command; nothing after a failure, and where there is no next one. */
    static Optional<Document> next(Document command, Document answer) {
        if (!answer.get("ok").equals(Value.of(1.0))) {
            return Optional.empty();
        }
        if (Greetings.include(command)) {
            return Optional.of(command)
                    .filter(watching -> watching.has(Member.VERSION))
                    .map(watching -> watching.without(Greetings.CLIENT))
                    .map(watching -> watching.with(Member.VERSION, answer.get(Member.VERSION)));
        }
        boolean hasMore =
                command.has(MORE)
                        && answer.get("cursor") instanceof Document cursor
                        && cursor.get("id") instanceof NumberValue id
                        && id.toLong() != 0;
        return hasMore ? Optional.of(command) : Optional.empty();
    }
}
