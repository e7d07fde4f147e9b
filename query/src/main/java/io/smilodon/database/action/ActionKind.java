package io.smilodon.database.action;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentTransaction;
import io.smilodon.database.TransactionSettings;
import io.smilodon.database.WriteOptions;
import io.smilodon.database.action.Action.Handler;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
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
        Document run(DocumentCollection collection, Body body, Handler handler) {
            return handler.run(
                    body.has(AS_OF) ? collection.asOf(PointInTime.of(body, AS_OF)) : collection,
                    body);
        }
    },

    /** Writes, as durably as {@code writeConcern} asks, once for each {@code requestId}. */
    WRITING {
        @Override
        BodyRules.Builder rules(BodyRules.Builder builder) {
            return WriteConcern.rules(builder).optional(FieldKind.STRING, REQUEST_ID);
        }

        @Override
        Document run(DocumentCollection collection, Body body, Handler handler) {
            WriteOptions options = WriteConcern.options(body);
            Optional<String> requestId = body.text(REQUEST_ID);
            if (requestId.isPresent()) {
                return once(collection, requestId.get(), options, own -> handler.run(own, body));
            }
            return handler.run(
                    options.equals(WriteOptions.DEFAULTS) ? collection : collection.with(options),
                    body);
        }
    };

    private static final String AS_OF = "asOf";
    private static final String REQUEST_ID = "requestId";

    /** What is done with a collection. */
    private interface Work {
        Document run(DocumentCollection collection);
    }

    /** Adds the fields that every request of the kind may have. */
    abstract BodyRules.Builder rules(BodyRules.Builder builder);

    /** Runs an action as its request asks. */
    abstract Document run(DocumentCollection collection, Body body, Handler handler);

    private static Document once(
            DocumentCollection collection, String requestId, WriteOptions options, Work work) {
        if (collection.isInTransaction()) {
            throw new SmilodonException(
                    ErrorCode.INVALID_OPTIONS,
                    "The option is not allowed for a statement inside a transaction",
                    Map.of("option", REQUEST_ID));
        }
        return collection
                .database()
                .smilodon()
                .transactionOnce(
                        requestId,
                        TransactionSettings.DEFAULTS.withWrite(options),
                        own -> work.run(sameIn(own, collection)));
    }

    private static DocumentCollection sameIn(
            DocumentTransaction transaction, DocumentCollection collection) {
        return transaction
                .database(collection.database().name())
                .collection(collection.namespace().collection());
    }
}
