package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Caller;
import io.smilodon.security.Origin;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two users who call their sessions by the same name have two sessions. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionsOfUsersTest {

    private static final String ID =
            "{'id': {'$binary': {'base64': 'AAAAAAAAAAAAAAAAAAAAAA==', 'subType': '04'}}}";

    private static final String STATEMENT =
            "'lsid': " + ID + ", 'txnNumber': {'$numberLong': '1'}, 'autocommit': false";

    private Smilodon smilodon;
    private Caller ann;
    private Caller bob;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        ann = user("ann");
        bob = user("bob");
        run(ann, "{'create': 't'}");
    }

    /** Both may do everything but be each other. */
    private Caller user(String name) {
        UserName user = new UserName(name, "admin");
        smilodon.users().create(user, Document.EMPTY, List.of(new RoleName("root", "admin")));
        return smilodon.users().login(user, Origin.UNKNOWN);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private Document answer(Caller caller, String database, String command) {
        CommandContext context = CommandContext.of(smilodon, database).withCaller(caller);
        return Commands.run(context, Json.doc(command));
    }

    private Document run(Caller caller, String command) {
        Document answer = answer(caller, "d", command);
        assertEquals(Value.of(1.0), answer.get("ok"), () -> Json.text(answer));
        return answer;
    }

    private void fails(int code, Caller caller, String database, String command) {
        assertEquals(Value.of(code), answer(caller, database, command).get("code"), command);
    }

    private void begin() {
        run(ann, "{'insert': 't', 'documents': [{}], " + STATEMENT + ", 'startTransaction': true}");
    }

    private long count() {
        return smilodon.database("d").collection("t").count(Document.EMPTY);
    }

    @Test
    void a_transaction_is_gone_on_with_and_ended_by_who_began_it() {
        begin();

        fails(251, bob, "d", "{'find': 't', " + STATEMENT + "}");
        fails(251, bob, "admin", "{'abortTransaction': 1, " + STATEMENT + "}");
        fails(251, bob, "admin", "{'commitTransaction': 1, " + STATEMENT + "}");
        fails(13, Caller.NOBODY, "d", "{'find': 't', " + STATEMENT + "}");
        assertEquals(
                Value.of(1.0),
                answer(ann, "admin", "{'commitTransaction': 1, " + STATEMENT + "}").get("ok"));
        assertEquals(1, count());
    }

    @Test
    void who_ends_its_own_sessions_ends_those_of_no_other() {
        begin();

        run(bob, "{'endSessions': [" + ID + "]}");
        run(bob, "{'killSessions': [" + ID + "]}");
        fails(13, Caller.NOBODY, "d", "{'endSessions': [" + ID + "]}");
        run(ann, "{'insert': 't', 'documents': [{}], " + STATEMENT + "}");
        run(ann, "{'endSessions': [" + ID + "]}");
        fails(251, ann, "d", "{'find': 't', " + STATEMENT + "}");
        assertEquals(0, count());
    }

    /** What one has written is not taken for what the other writes. */
    @Test
    void numbers_of_writes_are_of_a_user() {
        String insert =
                "{'insert': 't', 'documents': [{}], 'lsid': "
                        + ID
                        + ", 'txnNumber': {'$numberLong': '1'}}";

        run(ann, insert);
        run(ann, insert);
        run(bob, insert);

        assertEquals(2, count());
    }
}
