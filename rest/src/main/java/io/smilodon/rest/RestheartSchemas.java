package io.smilodon.rest;

import io.smilodon.database.Database;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.VersionedDocument;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.restheart.Change;
import io.smilodon.rest.restheart.Kind;
import io.smilodon.rest.restheart.Properties;
import io.smilodon.rest.restheart.SchemaStore;
import io.smilodon.rest.restheart.WriteMode;
import io.smilodon.security.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * JSON schemas of a database, and collections whose property {@code jsonSchema} names one, for
 * RESTHeart's clients. A schema becomes the validator of the collection, so that it holds whoever
 * writes.
 */
final class RestheartSchemas {

    private static final String PROPERTY = "jsonSchema";
    private static final String SCHEMA_ID = "schemaId";
    private static final String STORE = "schemaStoreDb";
    private static final String VALIDATOR = "validator";

    private RestheartSchemas() {}

    /** A collection with a schema. */
    private record Use(Database database, String collection, Value schemaId) {

        Document validation(SchemaStore store) {
            return Document.of(VALIDATOR, store.validator(schemaId));
        }

        void require(Exchange exchange) {
            RestheartSchemas.require(exchange, database.name(), "collMod", collection);
        }

        /** Whether another store has other schemas for it. */
        boolean isChanged(SchemaStore before, SchemaStore after) {
            return !found(before).equals(found(after));
        }

        /** Its validator; empty if its schema cannot be one, as if it is not there. */
        private Optional<Document> found(SchemaStore store) {
            try {
                return Optional.of(validation(store));
            } catch (SmilodonException cannotBe) {
                return Optional.empty();
            }
        }
    }

    /** Asks for what a command needs, of the whole collection. */
    private static void require(
            Exchange exchange, String database, String command, String collection) {
        Document sent = Document.of(command, Value.of(collection));
        requireWhole(Demand.sent(exchange, database, List.of(sent)));
    }

    /** Who sees some schemas only would see by errors what is in others. */
    private static void requireWhole(List<Need> needs) {
        if (needs.stream().anyMatch(Need::isLimited)) {
            throw new SmilodonException(ErrorCode.UNAUTHORIZED, "not authorized");
        }
    }

    // ---- What the properties of a collection say

    /**
     * What becomes of a collection's validator when its properties are written; refuses what cannot
     * be.
     *
     * @param property {@code jsonSchema} as it is to be; {@code Missing} for none
     * @return what to do behind that
     */
    static Runnable prepare(RestheartExchange request, Properties properties, Value property) {
        Optional<Document> before = properties.read().map(VersionedDocument::document);
        boolean hadOne =
                before.filter(stored -> stored.get(PROPERTY) instanceof Document).isPresent();
        if (!(property instanceof Document named)) {
            return hadOne ? change(request, properties, Document.EMPTY) : () -> {};
        }
        if (!named.has(SCHEMA_ID)) {
            throw new SmilodonException(ErrorCode.BAD_VALUE, "A jsonSchema has a schemaId")
                    .at(Location.ROOT.child(PROPERTY));
        }
        Exchange exchange = request.exchange();
        String store =
                named.get(STORE) instanceof StringValue name
                        ? name.value()
                        : properties.database().name();
        require(exchange, store, "find", Kind.SCHEMAS);
        SchemaStore schemas = new SchemaStore(exchange.database(store));
        return change(request, properties, schemas.validator(named.get(SCHEMA_ID)));
    }

    private static Runnable change(
            RestheartExchange request, Properties properties, Document validator) {
        require(request.exchange(), properties.database().name(), "collMod", properties.name());
        return () ->
                modify(
                        request.exchange(),
                        properties.database(),
                        properties.name(),
                        Document.of(VALIDATOR, validator));
    }

    private static void modify(
            Exchange exchange, Database database, String collection, Document changes) {
        exchange.asLongOperation(
                database.name() + "." + collection,
                "collMod",
                changes,
                () -> database.modifyCollection(collection, changes));
    }

    /** What a change of properties makes of {@code jsonSchema}; empty if it leaves that. */
    static Optional<Value> changed(Document update) {
        if (update.get("$unset") instanceof Document gone && gone.has(PROPERTY)) {
            return Optional.of(Missing.INSTANCE);
        }
        return update.get("$set") instanceof Document fields && fields.has(PROPERTY)
                ? Optional.of(fields.get(PROPERTY))
                : Optional.empty();
    }

    /** What properties say of it. */
    static Value property(Document properties) {
        return properties.get(PROPERTY);
    }

    // ---- The store

    /** Whether a request is about schemas. */
    static boolean isStore(RestheartExchange request) {
        return request.exchange().path("collection").equals(Kind.SCHEMAS);
    }

    /** A document as it is told: a schema as it was given. */
    static Document shown(RestheartExchange request, Document document) {
        return isStore(request) ? SchemaStore.shown(document) : document;
    }

    /** Refuses what would write a schema without looking at it. */
    static void refuseStore(RestheartExchange request) {
        if (isStore(request)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE, "Schemas are written whole, one at a time")
                    .withHint("PUT, POST or DELETE one");
        }
    }

    /** Stores a schema; the collections that use it have it from then on. */
    static void put(RestheartExchange request, Value id, Document body, WriteMode byDefault) {
        Document schema = Change.withId(body, id);
        SchemaStore store = new SchemaStore(request.database()).with(id, Optional.of(schema));
        List<Use> uses = prepare(request, store);
        store.validator(id);
        RestheartWrites.replace(request, id, SchemaStore.stored(schema), byDefault);
        apply(request, uses);
    }

    /** Whether collections cannot do without a schema, which is answered then. */
    static boolean isUsed(RestheartExchange request) {
        SchemaStore store = new SchemaStore(request.database());
        try {
            prepare(request, store.with(request.id(), Optional.empty()));
            return false;
        } catch (SmilodonException failure) {
            if (!failure.code().equals(ErrorCode.NO_SUCH_KEY)) {
                throw failure;
            }
            String hint = "take it out of the jsonSchema of collections, and of other schemas";
            request.exchange().answer(Problem.ofHttp(409, "The schema is in use", hint));
            return true;
        }
    }

    /** The collections whose schemas change, which can have them as they are to be. */
    private static List<Use> prepare(RestheartExchange request, SchemaStore store) {
        requireWhole(request.exchange().permit().needs());
        SchemaStore now = new SchemaStore(request.database());
        List<Use> uses = uses(request).stream().filter(use -> use.isChanged(now, store)).toList();
        for (Use use : uses) {
            use.validation(store);
            use.require(request.exchange());
        }
        return uses;
    }

    /** Has them check what is stored now. */
    private static void apply(RestheartExchange request, List<Use> uses) {
        SchemaStore store = new SchemaStore(request.database());
        for (Use use : uses) {
            modify(request.exchange(), use.database(), use.collection(), use.validation(store));
        }
    }

    private static List<Use> uses(RestheartExchange request) {
        String own = request.databaseName();
        List<Use> uses = new ArrayList<>();
        Exchange exchange = request.exchange();
        for (String name : exchange.smilodon().databaseNames()) {
            Database database = exchange.database(name);
            Document named =
                    Document.of(PROPERTY + "." + SCHEMA_ID, Document.of("$exists", Value.of(true)));
            try (DocumentCursor found = database.collection(Properties.COLLECTION).find(named)) {
                found.forEachRemaining(each -> use(database, each, own).ifPresent(uses::add));
            }
        }
        return uses;
    }

    /** Whoever may write properties may name any schema there, and any collection. */
    private static boolean isValidated(Database database, String collection) {
        return database.listings().stream()
                .filter(each -> each.name().equals(collection))
                .anyMatch(
                        each ->
                                each.options().get(VALIDATOR) instanceof Document validator
                                        && validator.has("$jsonSchema"));
    }

    private static Optional<Use> use(Database database, Document properties, String store) {
        if (!(properties.get(PROPERTY) instanceof Document named)) {
            return Optional.empty(); // an array of them, which a driver has written
        }
        String used = named.get(STORE) instanceof StringValue name ? name.value() : database.name();
        return used.equals(store) && properties.get("_id") instanceof StringValue id
                ? Properties.collectionOf(id.value())
                        .filter(each -> isValidated(database, each))
                        .map(each -> new Use(database, each, named.get(SCHEMA_ID)))
                : Optional.empty();
    }
}
