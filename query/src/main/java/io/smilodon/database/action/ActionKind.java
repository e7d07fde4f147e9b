package io.smilodon.database.action;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Requests;
import io.smilodon.database.TransactionSettings;
import io.smilodon.database.WriteOptions;
import io.smilodon.database.action.Action.Handler;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationScope;
import java.util.Map;
import java.util.Optional;

/** What all actions of a kind can be asked for beside what each of them does. */
enum ActionKind {
    /** Reads, on the newest state or on that of {@code asOf}. */
    READING {
        @Override
        BodyRules.Builder rules(BodyRules.Builder builder) {
            return builder.optional(FieldKind.NUMBER_DATE_OR_STRING, AS_OF);
        }

        @Override
        Document run(String name, DocumentCollection collection, Body body, Handler handler) {
            return handler.run(
                    body.has(AS_OF) ? collection.asOf(PointInTime.of(body, AS_OF)) : collection,
                    body);
        }
    },

    /**
     * Writes, as durably as {@code writeConcern} asks, once for each {@code requestId}, within
     * {@code maxTimeMS}.
     */
    WRITING {
        @Override
        BodyRules.Builder rules(BodyRules.Builder builder) {
            return WriteConcern.rules(builder)
                    .optional(FieldKind.STRING, RequestId.FIELD)
                    .optional(FieldKind.NUMBER, MAX_TIME);
        }

        @Override
        Document run(String name, DocumentCollection collection, Body body, Handler handler) {
            long limitMillis = body.number(MAX_TIME);
            Requests.checkNotNegative(MAX_TIME, limitMillis);
            return OperationScope.within(limitMillis, () -> write(name, collection, body, handler));
        }

        private Document write(
                String name, DocumentCollection collection, Body body, Handler handler) {
            WriteOptions options = WriteConcern.options(body);
            Optional<RequestId> id = RequestId.of(name, collection, body);
            if (id.isPresent()) {
                return once(collection, id.get(), options, own -> handler.run(own, body));
            }
            return handler.run(WriteConcern.applied(collection, body), body);
        }
    };

    private static final String AS_OF = "asOf";
    private static final String MAX_TIME = "maxTimeMS";

    /** What is done with a collection. */
    private interface Work {
        Document run(DocumentCollection collection);
    }

    /** Adds the fields that every request of the kind may have. */
    abstract BodyRules.Builder rules(BodyRules.Builder builder);

    /**
     * Runs an action as its request asks.
     *
     * @param name of the action
     */
    abstract Document run(String name, DocumentCollection collection, Body body, Handler handler);

    private static Document once(
            DocumentCollection collection, RequestId id, WriteOptions options, Work work) {
        if (collection.isInTransaction()) {
            throw new SmilodonException(
                    ErrorCode.INVALID_OPTIONS,
                    "The option is not allowed for a statement inside a transaction",
                    Map.of("option", RequestId.FIELD));
        }
        Document kept =
                collection
                        .database()
                        .writeOnce(
                                id.text(),
                                TransactionSettings.DEFAULTS.withWrite(options),
                                collection.namespace().collection(),
                                own -> id.kept(work.run(own)));
        return id.answer(kept);
    }
}
