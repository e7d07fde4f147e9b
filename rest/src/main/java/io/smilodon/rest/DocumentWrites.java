package io.smilodon.rest;

import io.smilodon.database.ConditionalWriteResult;
import io.smilodon.database.ConditionalWriteResult.Outcome;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Actions;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Writes one document as a request asks, and answers. */
final class DocumentWrites {

    private DocumentWrites() {}

    /**
     * What is to be written.
     *
     * @param collection where; the state in which the request writes
     * @param only if this holds
     */
    record Write(DocumentCollection collection, Value id, Precondition only) {}

    /**
     * Writes and answers. A repetition with the same request id gets the outcome of the first one,
     * and the document as it is now.
     *
     * @param body what tells requests apart beside the id of the document
     */
    static void run(
            Exchange exchange,
            Value id,
            Document body,
            Function<Write, ConditionalWriteResult> work) {
        Precondition only = ETags.precondition(exchange);
        AtomicReference<Optional<ConditionalWriteResult>> result =
                new AtomicReference<>(Optional.empty());
        Document request = WriteParameters.of(exchange).with("of", asked(exchange, body));
        String name = exchange.method() + " document";
        Document kept =
                exchange.asOperation(
                        exchange.collection().namespace().toString(),
                        name,
                        request,
                        () ->
                                Actions.write(
                                        exchange.collection(),
                                        name,
                                        request,
                                        collection -> {
                                            ConditionalWriteResult done =
                                                    work.apply(new Write(collection, id, only));
                                            result.set(Optional.of(done));
                                            return Document.of(
                                                    "outcome", Value.of(done.outcome().name()));
                                        }));
        answer(
                exchange,
                WriteParameters.requestId(exchange).isPresent()
                        ? repeated(exchange, id, kept)
                        : result.get().orElseThrow());
    }

    private static Document asked(Exchange exchange, Document body) {
        return Document.builder()
                .put("id", exchange.path("id"))
                .put("body", body)
                .put("type", exchange.bodyType())
                .put("ifMatch", exchange.header("If-Match").orElse(""))
                .put("ifNoneMatch", exchange.header("If-None-Match").orElse(""))
                .build();
    }

    private static ConditionalWriteResult repeated(Exchange exchange, Value id, Document kept) {
        Outcome outcome = Outcome.valueOf(((StringValue) kept.get("outcome")).value());
        DocumentCollection collection = exchange.collection();
        return new ConditionalWriteResult(
                outcome, DocumentRoutes.seen(exchange, collection, List.of(id)));
    }

    private static void answer(Exchange exchange, ConditionalWriteResult result) {
        result.document()
                .filter(now -> now.version() > 0)
                .ifPresent(now -> exchange.headerOut("ETag", ETags.of(now.version())));
        switch (result.outcome()) {
            case CREATED ->
                    exchange.headerOut("Location", exchange.requestPath())
                            .answer(201, document(result));
            case REPLACED, UNCHANGED -> exchange.answer(200, document(result));
            case DELETED -> exchange.answer(204);
            case NOT_FOUND -> throw notFound(exchange);
            case PRECONDITION_FAILED -> {
                Problem problem =
                        Problem.ofHttp(
                                412,
                                "The document is not the version that the request expects",
                                "read it again and repeat the request with its ETag");
                exchange.answer(problem);
            }
        }
    }

    /** Of a repeated request, the document may be gone by now. */
    private static Document document(ConditionalWriteResult result) {
        return result.document().map(now -> now.document()).orElse(Document.EMPTY);
    }

    static SmilodonException notFound(Exchange exchange) {
        return new SmilodonException(
                ErrorCode.NAMESPACE_NOT_FOUND,
                "No such document",
                Map.of(
                        "ns", exchange.collection().namespace().toString(),
                        "id", exchange.path("id")));
    }
}
