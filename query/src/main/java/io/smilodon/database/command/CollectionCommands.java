package io.smilodon.database.command;

import io.smilodon.database.CollectionListing;
import io.smilodon.database.Database;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.database.catalog.CollectionOptions;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.index.IndexDefinition;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.security.Action;
import io.smilodon.security.Resource;
import java.util.List;
import java.util.Map;

/** The commands that create, drop, rename and list collections. */
final class CollectionCommands {

    /** What a collection can be created with: the database says what it takes. */
    private static final List<String> OPTIONS =
            List.of(
                    "autoIndexId",
                    "capped",
                    "changeStreamPreAndPostImages",
                    "clusteredIndex",
                    "collation",
                    "expireAfterSeconds",
                    "flags",
                    "idIndex",
                    "indexOptionDefaults",
                    "max",
                    "pipeline",
                    "size",
                    "storageEngine",
                    "timeseries",
                    "validationAction",
                    "validationLevel",
                    "validator",
                    "viewOn");

    /** What can become of a collection; here too the database says what it takes. */
    private static final List<String> CHANGES =
            List.of(
                    "cappedMax",
                    "cappedSize",
                    "changeStreamPreAndPostImages",
                    "dryRun",
                    "expireAfterSeconds",
                    "index",
                    "pipeline",
                    "timeseries",
                    "validationAction",
                    "validationLevel",
                    "validator",
                    "viewOn");

    private static final String ONLY_AUTHORIZED = "authorizedCollections";

    static final Command CREATE =
            Command.on(Target.COLLECTION, Permission.ADMINISTER, DefinitionRequirement::create)
                    .optional(FieldKind.ANYTHING, OPTIONS)
                    .writeConcern()
                    .inTransaction()
                    .by(CollectionCommands::create);

    static final Command MODIFY =
            Command.on(Target.COLLECTION, Permission.ADMINISTER, DefinitionRequirement::modify)
                    .optional(FieldKind.ANYTHING, CHANGES)
                    .expectingCollection()
                    .writeConcern()
                    .by(CollectionCommands::modify);

    static final Command DROP =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.DROP_COLLECTION))
                    .expectingCollection()
                    .writeConcern()
                    .by(CollectionCommands::drop);

    static final Command LIST =
            Command.on(Target.DATABASE, Permission.READ, CollectionCommands::needList)
                    .optional(FieldKind.OBJECT, "filter", "cursor")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "nameOnly", ONLY_AUTHORIZED)
                    .by(CollectionCommands::list);

    static final Command RENAME =
            Command.on(Target.ADMIN, Permission.ADMINISTER, DefinitionRequirement::rename)
                    .required(FieldKind.STRING, "to")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "dropTarget")
                    .expectingCollection()
                    .writeConcern()
                    .by(CollectionCommands::rename);

    private CollectionCommands() {}

    private static Document create(Invocation invocation) {
        Body body = invocation.body();
        WriteConcern.options(body);
        invocation
                .context()
                .database()
                .createCollection(invocation.collectionName(), body.only(OPTIONS));
        return Document.EMPTY;
    }

    private static Document modify(Invocation invocation) {
        Body body = invocation.body();
        WriteConcern.options(body);
        return invocation
                .context()
                .database()
                .modifyCollection(invocation.collectionName(), body.only(CHANGES));
    }

    /** A collection that does not exist is as good as dropped, as with MongoDB since 7.0. */
    private static Document drop(Invocation invocation) {
        WriteConcern.options(invocation.body());
        DocumentCollection collection = invocation.collection();
        DocumentBuilder dropped = Document.builder();
        if (!collection.isView()) {
            dropped.put("nIndexesWas", collection.indexes().size());
        }
        if (!collection.drop()) {
            return Document.EMPTY;
        }
        return dropped.put("ns", collection.namespace().toString()).build();
    }

    private static Document rename(Invocation invocation) {
        WriteConcern.options(invocation.body());
        if (!(invocation.argument() instanceof StringValue from)) {
            throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "The collection to rename is named in full",
                            Map.of("actual", invocation.argument().type().alias()))
                    .at(Location.ROOT.child(invocation.name()));
        }
        CommandContext context = invocation.context();
        String to = invocation.body().text("to").orElseThrow();
        Namespace target = Namespaces.collection(context, to).namespace();
        DocumentCollection source = Namespaces.collection(context, from.value());
        ExpectedCollection.check(
                invocation.body().value(ExpectedCollection.FIELD),
                source.database(),
                source.namespace().collection(),
                Location.ROOT.child(ExpectedCollection.FIELD));
        source.rename(target, invocation.body().flag("dropTarget", false));
        return Document.EMPTY;
    }

    /** Names of what one may do something with may be listed by everybody who asks for no more. */
    private static void needList(Asked asked) {
        boolean isModest = asked.flag("nameOnly") && asked.flag(ONLY_AUTHORIZED);
        if (!isModest || !asked.caller().mayTouch(asked.database())) {
            asked.need(Action.LIST_COLLECTIONS, asked.databaseItself());
        }
    }

    private static boolean isListed(Invocation invocation, CollectionListing listing) {
        String database = invocation.context().databaseName();
        return !invocation.body().flag(ONLY_AUTHORIZED, false)
                || invocation
                        .context()
                        .caller()
                        .mayAnything(Resource.collection(database, listing.name()));
    }

    private static Document list(Invocation invocation) {
        Body body = invocation.body();
        Database database = invocation.context().database();
        Predicate filter =
                PredicateParser.parse(body.document("filter"), Location.ROOT.child("filter"));
        boolean isNameOnly = body.flag("nameOnly", false);
        List<Document> listed =
                database.listings().stream()
                        .filter(listing -> isListed(invocation, listing))
                        .map(listing -> isNameOnly ? nameAndType(listing) : listed(listing))
                        .filter(filter::matches)
                        .toList();
        return CursorReply.list(invocation, listed, database.name() + ".$cmd.listCollections");
    }

    private static Document nameAndType(CollectionListing listing) {
        return Document.builder().put("name", listing.name()).put("type", listing.type()).build();
    }

    /** A view has no index on {@code _id}, and is read only. */
    private static Document listed(CollectionListing listing) {
        boolean isView = listing.isView();
        DocumentBuilder listed =
                Document.builder()
                        .putAll(nameAndType(listing))
                        .put("options", listing.options())
                        .put("info", facts(listing));
        return isView
                ? listed.build()
                : listed.put("idIndex", idIndex(listing).toSpecification()).build();
    }

    private static Document facts(CollectionListing listing) {
        DocumentBuilder facts = Document.builder().put("readOnly", listing.isView());
        listing.uuid().ifPresent(uuid -> facts.put("uuid", uuid));
        return facts.build();
    }

    private static IndexDefinition idIndex(CollectionListing listing) {
        return IndexDefinition.onId(CollectionOptions.collationIn(listing.options()));
    }

    static SmilodonException notFound(Object namespace) {
        return new SmilodonException(
                ErrorCode.NAMESPACE_NOT_FOUND, "ns not found", Map.of("ns", namespace));
    }
}
