package io.smilodon.rest;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.FindRequest;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.restheart.Kind;
import io.smilodon.rest.restheart.Listing;
import io.smilodon.rest.restheart.Paging;
import io.smilodon.rest.restheart.Properties;
import io.smilodon.rest.restheart.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** The documents of a collection as a list, for RESTHeart's clients. */
final class RestheartList {

    /** How the number beside a list came about. */
    private static final String STRATEGY_HEADER = "X-Count-Strategy";

    /** The number itself: a list that is a plain array has no place for it. */
    private static final String COUNT_HEADER = "X-Count";

    private RestheartList() {}

    static List<Route> routes() {
        return List.of(
                RestheartExchange.route(
                        selecting(
                                        Route.get(
                                                RestheartExchange.COLLECTION + "/_size",
                                                Permission.READ))
                                .parameter("count", "estimated: without reading the documents")
                                .demanding(Demand.onCollection("find"))
                                .limitable()
                                .summary("Count documents")
                                .answer(200, "_size; X-Count-Strategy tells how")
                                .answer(404, "There is no such collection")
                                .inTransaction(),
                        RestheartList::count),
                RestheartExchange.route(
                        selecting(
                                        RestheartCatalogue.paged(
                                                Route.get(
                                                        RestheartExchange.COLLECTION,
                                                        Permission.READ)))
                                .parameter("keys", "the fields to return; several go together")
                                .parameter("sort", "field, -field or an object; {} for no order")
                                .parameter("sort_by", "the same")
                                .parameter("count", "also tell _size; estimated: about")
                                .demanding(Demand.onCollection("find"))
                                .limitable()
                                .summary("Find documents, the newest _id first")
                                .answer(200, "A page of them")
                                .answer(404, "There is no such collection")
                                .answer(413, "The page is larger than an answer may be")
                                .inTransaction(),
                        RestheartList::list));
    }

    private static Route.Builder selecting(Route.Builder route) {
        return RestheartExchange.binding(route)
                .parameter("filter", "MongoDB's filter; several must all match")
                .parameter("hint", "the key of the index to use: field, -field or an object")
                .parameter("readConcern", "they mean the same on one member");
    }

    private static void list(RestheartExchange request) {
        DocumentCollection collection = request.existingCollection();
        Properties properties =
                Properties.of(request.database(), collection.namespace().collection());
        Document told =
                RestheartProperties.told(request, properties, collection.namespace().collection());
        Kind kind = Kind.of(collection.namespace().collection());
        List<Document> found =
                page(request, collection).stream()
                        .map(each -> RestheartSchemas.shown(request, each))
                        .toList();
        OptionalLong size = size(request, collection, request.parameters().paging().count());
        request.tag(properties.version()).answer(new Listing(kind, told, found, size));
    }

    private static void count(RestheartExchange request) {
        boolean isEstimated = request.parameters().paging().count() == Paging.Count.ESTIMATED;
        Paging.Count how = isEstimated ? Paging.Count.ESTIMATED : Paging.Count.EXACT;
        OptionalLong size = size(request, request.existingCollection(), how);
        request.answer(200, RestheartCatalogue.size(size.getAsLong()));
    }

    /** The documents of the page that is asked for. */
    static List<Document> page(RestheartExchange request, DocumentCollection collection) {
        Paging paging = request.parameters().paging();
        if (paging.pagesize() == 0) {
            return List.of();
        }
        Selection selection = request.parameters().selection();
        DocumentBuilder find =
                Document.builder()
                        .put("filter", selection.filter())
                        .put("projection", selection.keys())
                        .put("sort", selection.sort())
                        .put("hint", selection.hint())
                        .put("skip", paging.skip())
                        .put("limit", paging.pagesize())
                        .put("batchSize", paging.pagesize());
        return whole(request.exchange().act(collection, "find", find.build()), request);
    }

    /**
     * The documents of an answer that has all of them.
     *
     * @throws SmilodonException {@code BSONObjectTooLarge} (10334) if it has only a part
     */
    static List<Document> whole(Document answer, RestheartExchange request) {
        if (((Document) answer.get("cursor")).get("id") instanceof StringValue open) {
            request.exchange().smilodon().cursors().kill(open.value());
            throw new SmilodonException(
                            ErrorCode.OBJECT_TOO_LARGE, "The page is larger than an answer may be")
                    .withHint("ask for a smaller pagesize, or with keys for fewer fields");
        }
        List<Document> documents = new ArrayList<>();
        for (Value each : (ArrayValue) answer.get("documents")) {
            documents.add((Document) each);
        }
        return documents;
    }

    /** How many documents there are on all pages, if that is asked for. */
    private static OptionalLong size(
            RestheartExchange request, DocumentCollection collection, Paging.Count how) {
        if (how == Paging.Count.NONE) {
            return OptionalLong.empty();
        }
        Selection selection = request.parameters().selection();
        boolean isExact = how == Paging.Count.EXACT || !selection.filter().isEmpty();
        FindRequest all = FindRequest.of(selection.filter()).withHint(selection.hint());
        LongSupplier counting = () -> isExact ? collection.count(all) : collection.estimatedCount();
        long size =
                request.exchange()
                        .asOperation(
                                collection.namespace().toString(),
                                "count",
                                Document.of("query", selection.filter()),
                                counting::getAsLong);
        Paging.Count used = isExact ? Paging.Count.EXACT : Paging.Count.ESTIMATED;
        request.exchange()
                .headerOut(STRATEGY_HEADER, used.name().toLowerCase(Locale.ROOT))
                .headerOut(COUNT_HEADER, Long.toString(size));
        return OptionalLong.of(size);
    }
}
