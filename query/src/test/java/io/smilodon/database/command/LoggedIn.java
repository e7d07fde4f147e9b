package io.smilodon.database.command;

import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Caller;
import io.smilodon.security.Origin;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import java.util.ArrayList;
import java.util.List;

/** A user who has logged in, for tests. */
record LoggedIn(Smilodon smilodon, UserName name, Caller caller) {

    private static final int UNAUTHORIZED = 13;

    /** Creates the user with these roles, each as {@code role@database}, and logs in. */
    static LoggedIn create(CommandServer server, String user, String... roles) {
        List<RoleName> granted = new ArrayList<>();
        for (String role : roles) {
            int at = role.indexOf('@');
            granted.add(new RoleName(role.substring(0, at), role.substring(at + 1)));
        }
        UserName name = new UserName(user, "admin");
        server.smilodon().users().create(name, Document.EMPTY, granted);
        return of(server.smilodon(), name);
    }

    static LoggedIn of(Smilodon smilodon, UserName name) {
        return new LoggedIn(smilodon, name, smilodon.users().login(name, Origin.UNKNOWN));
    }

    Document run(String database, Document command) {
        return Commands.run(CommandContext.of(smilodon, database).withCaller(caller), command);
    }

    Document run(String database, String command) {
        return run(database, Json.doc(command));
    }

    /** Runs a command on the database {@code cinema}. */
    Document run(String command) {
        return run("cinema", command);
    }

    Document ok(String command) {
        return CommandServer.withoutOk(run(command));
    }

    boolean isDenied(String database, String command) {
        return CommandServer.number(run(database, command), "code") == UNAUTHORIZED;
    }

    boolean isDenied(String command) {
        return isDenied("cinema", command);
    }
}
