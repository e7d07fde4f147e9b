package io.smilodon.rest;

import io.smilodon.database.ConditionalWriteResult;
import io.smilodon.database.ConditionalWriteResult.Outcome;
import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.VersionedDocument;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Document;
import io.smilodon.rest.restheart.Change;
import io.smilodon.rest.restheart.Properties;
import io.smilodon.rest.restheart.StoredPipeline;
import io.smilodon.security.Action;
import io.smilodon.security.Resource;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Reads and writes the properties of databases and collections. */
final class RestheartProperties {

    private static final String NAME = "_meta";

    private RestheartProperties() {}

    static void read(RestheartExchange request, Properties properties) {
        request.tag(properties.version()).answer(200, properties.shown(NAME));
    }

    /** Those that a list tells beside: nothing to who may not read them. */
    static Document told(RestheartExchange request, Properties properties, String as) {
        Resource store = Resource.collection(properties.database().name(), Properties.COLLECTION);
        boolean isAllowed = request.exchange().permit().caller().may(Action.FIND, store);
        return isAllowed ? properties.shown(as) : Document.EMPTY;
    }

    /** What the writer knows of them is what it replaces, also if others write meanwhile. */
    private static Precondition only(RestheartExchange request, long version) {
        if (request.exchange().header("If-Match").isEmpty()) {
            return Precondition.NONE;
        }
        return version == 0 ? Precondition.ABSENT : Precondition.version(version);
    }

    /**
     * Replaces them.
     *
     * @param creating makes what has them, and tells whether it was not there
     */
    static void put(RestheartExchange request, Properties properties, BooleanSupplier creating) {
        boolean isRequired = request.parameters().writing().checksTag();
        long version = properties.version();
        if (!RestheartTags.check(request, version, isRequired && version > 0)) {
            return;
        }
        Document body = request.exchange().bodyDocumentIfAny();
        Document written = Change.withId(body.without("_id"), properties.id());
        StoredPipeline.check(written);
        Runnable validation =
                RestheartSchemas.prepare(request, properties, RestheartSchemas.property(written));
        boolean isNew = creating.getAsBoolean();
        ConditionalWriteResult done =
                write(
                        request,
                        properties,
                        () ->
                                properties
                                        .store()
                                        .replaceById(
                                                properties.id(), written, only(request, version)));
        answer(request, done, isNew ? 201 : 200, validation);
    }

    /** Changes some of them. */
    static void patch(RestheartExchange request, Properties properties) {
        boolean isRequired = request.parameters().writing().checksTag();
        long version = properties.version();
        if (!RestheartTags.check(request, version, isRequired)) {
            return;
        }
        Document change = Change.update(request.exchange().bodyDocument().without("_id"));
        if (change.get("$set") instanceof Document fields) {
            StoredPipeline.check(fields);
        }
        Runnable validation =
                RestheartSchemas.changed(change)
                        .map(value -> RestheartSchemas.prepare(request, properties, value))
                        .orElse(() -> {});
        DocumentCollection store = properties.store();
        ConditionalWriteResult done =
                write(
                        request,
                        properties,
                        () -> {
                            if (version == 0) {
                                store.replaceById(
                                        properties.id(), Document.EMPTY, Precondition.ABSENT);
                            }
                            return store.updateById(
                                    properties.id(),
                                    change,
                                    version == 0 ? Precondition.NONE : only(request, version));
                        });
        answer(request, done, 200, validation);
    }

    /** Drops the collection that has them, and them with it. */
    static void dropWith(RestheartExchange request, Properties properties) {
        Database database = properties.database();
        DocumentCollection collection = database.collection(properties.name());
        request.exchange()
                .asOperation(
                        collection.namespace().toString(),
                        "drop",
                        Document.EMPTY,
                        () ->
                                database.dropCollection(
                                        properties.name(), Properties.COLLECTION, properties.id()));
    }

    private static ConditionalWriteResult write(
            RestheartExchange request,
            Properties properties,
            Supplier<ConditionalWriteResult> work) {
        Exchange exchange = request.exchange();
        return exchange.asOperation(
                properties.store().namespace().toString(),
                exchange.method() + " properties",
                Document.of("id", properties.id()),
                work);
    }

    /** Answers; what was written has its effect first. */
    private static void answer(
            RestheartExchange request, ConditionalWriteResult done, int status, Runnable effect) {
        long version = done.document().map(VersionedDocument::version).orElse(0L);
        if (done.outcome() == Outcome.PRECONDITION_FAILED) {
            RestheartTags.refuse(request, version, 412);
        } else {
            effect.run();
            request.tag(version).answer(status);
        }
    }
}
