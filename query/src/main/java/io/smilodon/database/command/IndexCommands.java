package io.smilodon.database.command;

import io.smilodon.database.CollectionUpkeep;
import io.smilodon.database.CreateIndexResult;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.IndexListing;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexDefinition;
import io.smilodon.query.plan.PartialFilter;
import io.smilodon.security.Action;
import java.util.ArrayList;
import java.util.List;

/** The commands that create, drop and list indexes. */
final class IndexCommands {

    private static final String INDEX = "index";
    private static final String INDEXES = "indexes";
    private static final String BUILD_INFO = "includeIndexBuildInfo";
    private static final String BUILD_IDS = "includeBuildUUIDs";

    /** Sent by mongorestore. */
    private static final String IGNORES_UNKNOWN = "ignoreUnknownIndexOptions";

    private static final String BUILD_ID = "buildUUID";

    static final Command CREATE =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.CREATE_INDEX))
                    .required(FieldKind.ARRAY, INDEXES)
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, IGNORES_UNKNOWN)
                    .optional(FieldKind.STRING_OR_NUMBER, "commitQuorum")
                    .optional(FieldKind.NUMBER, "v")
                    .expectingCollection()
                    .writeConcern()
                    .by(IndexCommands::create);

    static final Command DROP =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.DROP_INDEX))
                    .required(FieldKind.STRING_ARRAY_OR_OBJECT, INDEX)
                    .expectingCollection()
                    .writeConcern()
                    .by(IndexCommands::drop);

    static final Command LIST =
            Command.on(
                            Target.COLLECTION,
                            Permission.READ,
                            Requirement.onCollection(Action.LIST_INDEXES))
                    .optional(FieldKind.OBJECT, "cursor")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, BUILD_INFO, BUILD_IDS)
                    .by(IndexCommands::list);

    static final Command REBUILD =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.RE_INDEX))
                    .by(IndexCommands::rebuild);

    private IndexCommands() {}

    private static Document create(Invocation invocation) {
        WriteConcern.options(invocation.body());
        List<Document> specifications = specifications(invocation.body());
        Location place = Location.ROOT.child(INDEXES);
        if (specifications.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE, "Must specify at least one index to create")
                    .at(place);
        }
        for (int i = 0; i < specifications.size(); i++) {
            checkNamed(specifications.get(i), place.child(i));
            IndexDefinition parsed = IndexDefinition.parse(specifications.get(i), place.child(i));
            PartialFilter.of(parsed, place.child(i));
        }
        DocumentCollection collection = invocation.collection();
        boolean existed = collection.exists();
        List<CreateIndexResult> results = createAll(collection, specifications);
        return answer(existed, results);
    }

    private static List<Document> specifications(Body body) {
        List<Document> written = body.documents(INDEXES);
        return body.flag(IGNORES_UNKNOWN, false)
                ? written.stream().map(IndexDefinition::withoutUnknown).toList()
                : written;
    }

    private static void checkNamed(Document specification, Location place) {
        if (!specification.has("name")) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "The 'name' field is a required property of an index specification")
                    .at(place);
        }
    }

    /** All of them or none: those that are there already do not count. */
    private static List<CreateIndexResult> createAll(
            DocumentCollection collection, List<Document> specifications) {
        List<CreateIndexResult> results = new ArrayList<>();
        try {
            specifications.forEach(wanted -> results.add(collection.createIndex(wanted)));
            return results;
        } catch (SmilodonException failure) {
            undo(collection, results, failure);
            throw failure;
        }
    }

    private static void undo(
            DocumentCollection collection,
            List<CreateIndexResult> results,
            SmilodonException failure) {
        for (CreateIndexResult result : results) {
            try {
                if (result.note().isEmpty()) {
                    collection.dropIndex(Value.of(result.name()));
                }
            } catch (SmilodonException gone) {
                // Somebody else has dropped it; the first failure is what matters.
                failure.addSuppressed(gone);
            }
        }
    }

    private static Document answer(boolean existed, List<CreateIndexResult> results) {
        CreateIndexResult first = results.get(0);
        CreateIndexResult last = results.get(results.size() - 1);
        DocumentBuilder answer =
                Document.builder()
                        .put("numIndexesBefore", first.indexCountBefore())
                        .put("numIndexesAfter", last.indexCountAfter())
                        .put("createdCollectionAutomatically", !existed);
        if (first.indexCountBefore() == last.indexCountAfter()) {
            answer.put("note", "all indexes already exist");
        }
        return answer.build();
    }

    private static Document drop(Invocation invocation) {
        WriteConcern.options(invocation.body());
        DocumentCollection collection = invocation.collection();
        Value index = invocation.body().value(INDEX);
        int before = collection.indexes().size();
        collection.dropIndex(index);
        DocumentBuilder answer = Document.builder().put("nIndexesWas", before);
        if (index.equals(Value.of("*"))) {
            answer.put("msg", "non-_id indexes dropped for collection");
        }
        return answer.build();
    }

    private static Document list(Invocation invocation) {
        boolean withInfo = invocation.body().flag(BUILD_INFO, false);
        boolean withIds = invocation.body().flag(BUILD_IDS, false);
        if (withInfo && withIds) {
            throw new SmilodonException(
                            ErrorCode.INVALID_OPTIONS,
                            "includeBuildUUIDs and includeIndexBuildInfo cannot both be true")
                    .at(Location.ROOT.child(BUILD_IDS));
        }
        DocumentCollection collection = invocation.collection();
        List<Document> listed =
                collection.upkeep().indexes().stream()
                        .map(
                                index ->
                                        withInfo
                                                ? withInfo(index)
                                                : withIds ? withId(index) : index.specification())
                        .toList();
        return CursorReply.list(invocation, listed, collection.namespace().toString());
    }

    private static Document withInfo(IndexListing index) {
        DocumentBuilder listed = Document.builder().put("spec", index.specification());
        index.build().ifPresent(id -> listed.put("indexBuildInfo", Document.of(BUILD_ID, id)));
        return listed.build();
    }

    private static Document withId(IndexListing index) {
        return index.build()
                .map(
                        id ->
                                Document.builder()
                                        .put("spec", index.specification())
                                        .put(BUILD_ID, id)
                                        .build())
                .orElse(index.specification());
    }

    private static Document rebuild(Invocation invocation) {
        CollectionUpkeep upkeep = invocation.collection().upkeep();
        int before = upkeep.indexes().size();
        upkeep.rebuildIndexes();
        List<Value> indexes =
                upkeep.indexes().stream().<Value>map(IndexListing::specification).toList();
        return Document.builder()
                .put("nIndexesWas", before)
                .put("nIndexes", indexes.size())
                .put(INDEXES, ArrayValue.of(indexes))
                .build();
    }
}
