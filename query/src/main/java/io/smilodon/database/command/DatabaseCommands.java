package io.smilodon.database.command;

import io.smilodon.database.DatabaseSummary;
import io.smilodon.database.Smilodon;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Resource;
import java.util.List;

/** The commands that list and drop databases. */
final class DatabaseCommands {

    private static final String ONLY_AUTHORIZED = "authorizedDatabases";

    static final Command DROP =
            Command.on(
                            Target.DATABASE,
                            Permission.ADMINISTER,
                            Requirement.onDatabase(Action.DROP_DATABASE))
                    .writeConcern()
                    .by(DatabaseCommands::drop);

    static final Command LIST =
            Command.on(Target.ADMIN, Permission.READ, DatabaseCommands::needList)
                    .optional(FieldKind.OBJECT, "filter")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, "nameOnly", ONLY_AUTHORIZED)
                    .by(DatabaseCommands::list);

    private static final int BYTES_PER_MEGABYTE = 1 << 20;

    private DatabaseCommands() {}

    private static Document drop(Invocation invocation) {
        WriteConcern.options(invocation.body());
        checkDropped(invocation.argument());
        String name = invocation.context().databaseName();
        if (name.equals("admin")) {
            throw new SmilodonException(
                    ErrorCode.ILLEGAL_OPERATION, "Dropping the 'admin' database is prohibited.");
        }
        boolean existed = invocation.context().smilodon().dropDatabase(name);
        DocumentBuilder answer = Document.builder();
        return existed ? answer.put("dropped", name).build() : answer.build();
    }

    private static void checkDropped(Value argument) {
        if (!(argument instanceof NumberValue number)) {
            throw BodyRules.wrongType("dropDatabase.dropDatabase", FieldKind.NUMBER, argument)
                    .at(Location.ROOT.child("dropDatabase"));
        }
        if (number.toLong() != 1) {
            throw new SmilodonException(
                            ErrorCode.location(5255100), "Have to pass 1 as 'drop' parameter")
                    .at(Location.ROOT.child("dropDatabase"));
        }
    }

    /** Who may not list all sees those that he may do something with, unless he asks for all. */
    private static void needList(Asked asked) {
        if (asked.command().has(ONLY_AUTHORIZED) && !asked.flag(ONLY_AUTHORIZED)) {
            asked.need(Action.LIST_DATABASES, Resource.CLUSTER);
        }
    }

    private static boolean isListed(Invocation invocation, String database) {
        Caller caller = invocation.context().caller();
        boolean isOfAll =
                !invocation.body().flag(ONLY_AUTHORIZED, false)
                        && caller.may(Action.LIST_DATABASES, Resource.CLUSTER);
        return isOfAll || caller.mayTouch(database);
    }

    private static Document list(Invocation invocation) {
        Body body = invocation.body();
        Predicate filter =
                PredicateParser.parse(body.document("filter"), Location.ROOT.child("filter"));
        boolean isNameOnly = body.flag("nameOnly", false);
        Smilodon smilodon = invocation.context().smilodon();
        if (isNameOnly) {
            List<Document> names =
                    smilodon.databaseNames().stream()
                            .filter(name -> isListed(invocation, name))
                            .map(name -> Document.of("name", Value.of(name)))
                            .filter(filter::matches)
                            .toList();
            return Document.of("databases", ArrayValue.of(names));
        }
        List<Document> listed =
                smilodon.databases().stream()
                        .filter(database -> isListed(invocation, database.name()))
                        .map(DatabaseCommands::listed)
                        .filter(filter::matches)
                        .toList();
        long bytes = listed.stream().mapToLong(DatabaseCommands::bytes).sum();
        return Document.builder()
                .put("databases", ArrayValue.of(listed))
                .put("totalSize", bytes)
                .put("totalSizeMb", bytes / BYTES_PER_MEGABYTE)
                .build();
    }

    private static Document listed(DatabaseSummary summary) {
        return Document.builder()
                .put("name", summary.name())
                .put("sizeOnDisk", summary.sizeBytes())
                .put("empty", summary.collectionCount() == 0)
                .build();
    }

    private static long bytes(Document listed) {
        return listed.get("sizeOnDisk") instanceof NumberValue bytes ? bytes.toLong() : 0;
    }
}
