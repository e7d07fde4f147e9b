package io.smilodon.rest;

import io.smilodon.database.ConditionalWriteResult;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.VersionedDocument;
import io.smilodon.database.action.Actions;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.restheart.Address;
import io.smilodon.rest.restheart.WriteMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Writes one document as a client of RESTHeart asks, and answers. */
final class RestheartWrites {

    private RestheartWrites() {}

    /**
     * What a write needs: inserting, changing, or both.
     *
     * @param byDefault what is done where the request does not say
     */
    static Demand demand(WriteMode byDefault) {
        return Demand.commands(
                exchange -> {
                    String collection = exchange.path("collection");
                    Optional<String> told =
                            exchange.query("writeMode").or(() -> exchange.query("wm"));
                    String mode = told.orElse(byDefault.name()).strip().toUpperCase(Locale.ROOT);
                    if (mode.equals(WriteMode.INSERT.name())) {
                        return List.of(Document.of("insert", Value.of(collection)));
                    }
                    boolean isUpsert = !mode.equals(WriteMode.UPDATE.name());
                    return ActionDemand.commands(
                            "replaceOne", collection, Document.of("upsert", Value.of(isUpsert)));
                });
    }

    /** The filter of one document. */
    static Document only(Value id) {
        return Document.of("_id", Document.of("$eq", id));
    }

    /** An action as durable as the request asks. */
    static DocumentBuilder with(RestheartExchange request) {
        DocumentBuilder action = Document.builder();
        Document concern = request.parameters().writing().concern();
        if (!concern.isEmpty()) {
            action.put("writeConcern", concern);
        }
        return action;
    }

    /** Stores a document under its {@code _id}. */
    static void replace(
            RestheartExchange request, Value id, Document document, WriteMode byDefault) {
        WriteMode mode = request.parameters().writing().mode().orElse(byDefault);
        Precondition told = RestheartTags.precondition(request.exchange());
        Precondition only = told.equals(Precondition.NONE) ? precondition(mode) : told;
        run(request, id, mode, collection -> collection.replaceById(id, document, only));
    }

    private static Precondition precondition(WriteMode mode) {
        return switch (mode) {
            case INSERT -> Precondition.ABSENT;
            case UPDATE -> Precondition.PRESENT;
            case UPSERT -> Precondition.NONE;
        };
    }

    /** Writes under the condition that the request sets, and answers. */
    static void run(
            RestheartExchange request,
            Value id,
            WriteMode mode,
            Function<DocumentCollection, ConditionalWriteResult> work) {
        DocumentCollection collection = request.writableCollection();
        if (lacksTag(request, collection, id)) {
            return;
        }
        answer(request, id, mode, write(request, collection, work));
    }

    private static boolean lacksTag(
            RestheartExchange request, DocumentCollection collection, Value id) {
        Exchange exchange = request.exchange();
        if (!request.parameters().writing().checksTag()
                || exchange.header("If-Match").isPresent()) {
            return false;
        }
        Optional<VersionedDocument> stored =
                exchange.asOperation(
                        collection.namespace().toString(),
                        "findOne",
                        Document.of("id", id),
                        () -> collection.findById(id));
        stored.ifPresent(now -> RestheartTags.refuse(request, now.version(), 409));
        return stored.isPresent();
    }

    private static ConditionalWriteResult write(
            RestheartExchange request,
            DocumentCollection collection,
            Function<DocumentCollection, ConditionalWriteResult> work) {
        Exchange exchange = request.exchange();
        String name = exchange.method() + " document";
        Document asked = with(request).build();
        AtomicReference<ConditionalWriteResult> result = new AtomicReference<>();
        return exchange.asOperation(
                collection.namespace().toString(),
                name,
                asked,
                () -> {
                    Actions.write(
                            collection,
                            name,
                            asked,
                            own -> {
                                result.set(work.apply(own));
                                return Document.EMPTY;
                            });
                    return result.get();
                });
    }

    private static void answer(
            RestheartExchange request, Value id, WriteMode mode, ConditionalWriteResult done) {
        done.document()
                .filter(now -> now.version() > 0)
                .ifPresent(now -> request.tag(now.version()));
        switch (done.outcome()) {
            case CREATED -> {
                boolean isOwn = !request.exchange().method().equals("POST");
                created(request, isOwn ? request.address().parent() : request.address(), id);
            }
            case REPLACED, UNCHANGED -> request.answer(200);
            case DELETED -> request.answer(204);
            case NOT_FOUND -> throw RestheartDocuments.missing(id);
            case PRECONDITION_FAILED -> refuse(request, id, mode, done);
        }
    }

    /** Answers that a document is new, and where in the collection it is. */
    static void created(RestheartExchange request, Address collection, Value id) {
        request.exchange().headerOut("Location", collection.child(id));
        request.answer(201);
    }

    private static void refuse(
            RestheartExchange request, Value id, WriteMode mode, ConditionalWriteResult done) {
        boolean isThere = done.document().isPresent();
        if (!isThere && mode != WriteMode.INSERT) {
            throw RestheartDocuments.missing(id);
        }
        boolean isTold = !RestheartTags.precondition(request.exchange()).equals(Precondition.NONE);
        if (!isTold) {
            throw new SmilodonException(
                            ErrorCode.DUPLICATE_KEY,
                            "Duplicate key: a document with this _id is there",
                            Map.of("_id", id))
                    .withHint("wm=upsert replaces it");
        }
        long version = done.document().map(VersionedDocument::version).orElse(0L);
        RestheartTags.refuse(request, version, 412);
    }

    /** PATCH has no whole document to insert. */
    static SmilodonException noInsert() {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "PATCH does not insert",
                        Map.of("parameter", "wm", "value", "insert"))
                .withHint("wm=upsert creates the document where it is not there; or PUT it");
    }
}
