package io.smilodon.database.command;

import io.smilodon.database.DocumentCursor;
import io.smilodon.database.FindRequest;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.security.Action;
import io.smilodon.security.DumpedUsers;
import io.smilodon.security.Resource;
import io.smilodon.security.UserStore.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The command by which mongorestore has users and roles taken over that it has put into collections
 * of its own before.
 */
final class DumpedUserCommands {

    private static final String USERS = "tempUsersCollection";
    private static final String ROLES = "tempRolesCollection";
    private static final String DROP = "drop";

    static final Command MERGE =
            Command.on(Target.ADMIN, Permission.ADMINISTER, DumpedUserCommands::need)
                    .optional(FieldKind.STRING, USERS, ROLES, "db")
                    .optional(FieldKind.BOOLEAN_OR_NUMBER, DROP)
                    .writeConcern()
                    .by(DumpedUserCommands::merge);

    private DumpedUserCommands() {}

    private static void need(Asked asked) {
        asked.need(Action.CREATE_USER, Resource.EVERY_DATABASE);
        asked.need(Action.CREATE_ROLE, Resource.EVERY_DATABASE);
        asked.need(Action.GRANT_ROLE, Resource.EVERY_DATABASE);
        asked.need(Action.REVOKE_ROLE, Resource.EVERY_DATABASE);
        if (asked.flag(DROP)) {
            asked.need(Action.DROP_USER, Resource.EVERY_DATABASE);
            asked.need(Action.DROP_ROLE, Resource.EVERY_DATABASE);
        }
        for (String field : List.of(USERS, ROLES)) {
            if (asked.command().get(field) instanceof StringValue name && !name.value().isEmpty()) {
                asked.need(Action.FIND, Asked.namespace(name.value()));
            }
        }
    }

    private static Document merge(Invocation invocation) {
        Body body = invocation.body();
        WriteConcern.options(body);
        boolean isAny =
                !body.text(USERS).orElse("").isEmpty() || !body.text(ROLES).orElse("").isEmpty();
        if (!isAny) {
            throw UserCommands.refused(
                    "Must provide at least one of \"tempUsersCollection\" and"
                            + " \"tempRolesCollection\"");
        }
        take(invocation, ROLES, Kind.ROLES);
        take(invocation, USERS, Kind.USERS);
        return Document.EMPTY;
    }

    private static void take(Invocation invocation, String field, Kind kind) {
        Body body = invocation.body();
        String name = body.text(field).orElse("");
        if (name.isEmpty()) {
            return;
        }
        List<Document> dumped = new ArrayList<>();
        try (DocumentCursor cursor =
                Namespaces.collection(invocation.context(), name)
                        .find(FindRequest.of(Document.EMPTY))) {
            cursor.forEachRemaining(dumped::add);
        }
        String database = body.text("db").orElse("");
        Predicate<String> wanted = each -> database.isEmpty() || database.equals(each);
        DumpedUsers users = invocation.context().smilodon().users().dumped();
        users.take(kind, dumped, wanted, body.flag(DROP, false));
    }
}
