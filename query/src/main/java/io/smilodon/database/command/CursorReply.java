package io.smilodon.database.command;

import io.smilodon.database.AnswerMemory;
import io.smilodon.database.Batch;
import io.smilodon.database.CursorRegistry;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.ListCursor;
import io.smilodon.database.TailCursor;
import io.smilodon.database.WatchCursor;
import io.smilodon.database.action.ReadOptions;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationScope;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The answer that holds a part of the documents: {@code {cursor: {firstBatch, id, ns}}}. The id is
 * a number here and its hexadecimal digits elsewhere; 0 means that there is no more.
 */
final class CursorReply {

    private static final String CURSOR = "cursor";

    private CursorReply() {}

    /**
     * The first batch of a read.
     *
     * @param isSingle whether the reader wants no other batch
     */
    static Document first(
            CommandContext context,
            Supplier<DocumentCursor> read,
            OptionalInt batchSize,
            boolean isSingle) {
        CursorRegistry.checkBatchSize(batchSize);
        CursorRegistry cursors = context.smilodon().cursors();
        if (isSingle) {
            AnswerMemory.needsWhole();
        }
        Batch batch =
                isSingle
                        ? cursors.only(read.get(), batchSize)
                        : cursors.first(read.get(), context.owner(), batchSize);
        return reply("firstBatch", batch.documents(), batch.cursorId(), batch.source());
    }

    /** The events of a change stream that are there. */
    static Document first(CommandContext context, WatchCursor cursor, OptionalInt batchSize) {
        CursorRegistry cursors = context.smilodon().cursors();
        return reply("firstBatch", cursors.first(cursor, context.owner(), batchSize));
    }

    /** The documents of a capped collection that are there. */
    static Document first(CommandContext context, TailCursor cursor, OptionalInt batchSize) {
        CursorRegistry cursors = context.smilodon().cursors();
        return reply("firstBatch", cursors.first(cursor, context.owner(), batchSize));
    }

    static Document next(Batch batch) {
        return reply("nextBatch", batch);
    }

    private static Document reply(String name, Batch batch) {
        Document reply = reply(name, batch.documents(), batch.cursorId(), batch.source());
        return batch.resumeToken()
                .map(token -> withToken((Document) reply.get(CURSOR), token))
                .orElse(reply);
    }

    /** A client that loses the cursor goes on there, also if it has not seen any event. */
    private static Document withToken(Document cursor, Document token) {
        return Document.of(CURSOR, cursor.with("postBatchResumeToken", token));
    }

    /** The first batch of a list; all of it, unless its option {@code cursor} asks for less. */
    static Document list(Invocation invocation, List<Document> documents, String namespace) {
        CursorRegistry cursors = invocation.context().smilodon().cursors();
        OptionalInt asked = ReadOptions.batchSize(invocation.body());
        OptionalInt batchSize = OptionalInt.of(asked.orElse(Integer.MAX_VALUE));
        ListCursor cursor = new ListCursor(documents, namespace);
        return reply("firstBatch", cursors.first(cursor, invocation.context().owner(), batchSize));
    }

    private static Document reply(
            String name, List<Document> documents, Optional<String> id, String namespace) {
        OperationScope.returned(documents.size());
        return Document.of(
                CURSOR,
                Document.builder()
                        .put(name, ArrayValue.of(documents))
                        .put("id", id.map(CursorReply::number).orElse(0L))
                        .put("ns", namespace)
                        .build());
    }

    static long number(String id) {
        return Long.parseUnsignedLong(id, 16);
    }

    static String id(long number) {
        return String.format("%016x", number);
    }
}
