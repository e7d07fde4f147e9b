package io.smilodon.database.command;

import io.smilodon.database.CollectionSearchIndexes;
import io.smilodon.database.action.FieldKind;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.security.Action;
import java.util.List;

/**
 * The commands that create, change and drop search indexes; {@code $listSearchIndexes} lists them.
 */
final class SearchIndexCommands {

    private static final String INDEXES = "indexes";
    private static final String NAME = "name";
    private static final String ID = "id";
    private static final String DEFINITION = "definition";

    static final Command CREATE =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.CREATE_SEARCH_INDEXES))
                    .required(FieldKind.ARRAY, INDEXES)
                    .by(SearchIndexCommands::create);

    static final Command UPDATE =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.UPDATE_SEARCH_INDEX))
                    .required(FieldKind.OBJECT, DEFINITION)
                    .optional(FieldKind.STRING, NAME)
                    .optional(FieldKind.STRING, ID)
                    .by(SearchIndexCommands::update);

    static final Command DROP =
            Command.on(
                            Target.COLLECTION,
                            Permission.ADMINISTER,
                            Requirement.onCollection(Action.DROP_SEARCH_INDEX))
                    .optional(FieldKind.STRING, NAME)
                    .optional(FieldKind.STRING, ID)
                    .by(SearchIndexCommands::drop);

    private SearchIndexCommands() {}

    private static CollectionSearchIndexes indexes(Invocation invocation) {
        return invocation.collection().searchIndexes();
    }

    private static Document create(Invocation invocation) {
        List<Document> specifications = invocation.body().documents(INDEXES);
        Location place = Location.ROOT.child(INDEXES);
        if (specifications.isEmpty()) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE, "Must specify at least one index to create")
                    .at(place);
        }
        List<Document> created = indexes(invocation).createAll(specifications, place);
        return Document.of("indexesCreated", ArrayValue.of(created));
    }

    private static Document update(Invocation invocation) {
        Document definition = (Document) invocation.body().value(DEFINITION);
        indexes(invocation).update(nameOrId(invocation), definition);
        return Document.EMPTY;
    }

    private static Document drop(Invocation invocation) {
        indexes(invocation).drop(nameOrId(invocation));
        return Document.EMPTY;
    }

    private static String nameOrId(Invocation invocation) {
        boolean hasName = invocation.body().value(NAME) instanceof StringValue;
        boolean hasId = invocation.body().value(ID) instanceof StringValue;
        if (hasName == hasId) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "A search index is named by either its name or its id")
                    .at(Location.ROOT.child(NAME));
        }
        return ((StringValue) invocation.body().value(hasName ? NAME : ID)).value();
    }
}
