package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Caller;
import io.smilodon.security.RoleName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuthorizationTest {

    private static final String PIPELINE = "{'aggregate': 'films', 'cursor': {}, 'pipeline': [%s]}";

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        server.insertFilms();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private LoggedIn user(String... roles) {
        return LoggedIn.create(server, "ann", roles);
    }

    @Test
    void who_has_not_logged_in_may_only_greet() {
        CommandContext nobody = server.context("cinema").withCaller(Caller.NOBODY);
        Document refused = Commands.run(nobody, Json.doc("{'find': 'films'}"));
        assertCode(13, refused);
        assertEquals(
                "'Commandfindrequiresauthentication'",
                Json.text(refused.get("errmsg")),
                "as MongoDB puts it");
        for (String open : new String[] {"hello", "ping", "buildInfo", "connectionStatus"}) {
            CommandServer.withoutOk(Commands.run(nobody, Json.doc("{'" + open + "': 1}")));
        }
        assertCode(13, Commands.run(nobody, Json.doc("{'find': 'films', 'help': true}")));
        assertCode(59, Commands.run(nobody, Json.doc("{'fnid': 1}")));
    }

    @Test
    void what_no_role_allows_is_refused_without_telling_what_was_asked() {
        LoggedIn reader = user("read@cinema");
        Document refused = reader.run("{'insert': 'films', 'documents': [{'secret': 7}]}");
        assertCode(13, refused);
        assertEquals(
                "'notauthorizedoncinematoexecutecommand{insert:\\'films\\'}'",
                Json.text(refused.get("errmsg")));
        assertTrue(reader.isDenied("other", "{'find': 'films'}"));
        assertEquals("{'n':3}", Json.text(reader.ok("{'count': 'films'}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$lookup': {'from': 'other', 'localField': 'a', 'foreignField': 'a', 'as': 'x'}}",
                "{'$lookup': {'from': 'other', 'pipeline': [], 'as': 'x'}}",
                "{'$lookup': {'from': 'films', 'pipeline': [{'$unionWith': 'other'}], 'as': 'x'}}",
                "{'$graphLookup': {'from': 'other', 'startWith': '$a', 'connectFromField': 'a',"
                        + " 'connectToField': 'b', 'as': 'x'}}",
                "{'$unionWith': 'other'}",
                "{'$unionWith': {'coll': 'other', 'pipeline': []}}",
                "{'$unionWith': {'coll': 'films', 'pipeline': [{'$facet': {'a': [{'$lookup':"
                        + " {'from': 'other', 'pipeline': [], 'as': 'x'}}]}}]}}",
                "{'$facet': {'a': [{'$unionWith': 'other'}]}}",
                "{'$rankFusion': {'input': {'pipelines': {'a': [{'$sort': {'a': 1}},"
                        + " {'$unionWith': 'other'}]}}}}",
                "{'$out': 'other'}",
                "{'$out': {'db': 'more', 'coll': 'other'}}",
                "{'$merge': 'other'}",
                "{'$merge': {'into': 'other'}}",
                "{'$merge': {'into': {'db': 'more', 'coll': 'other'}}}",
            })
    void a_pipeline_needs_every_collection_that_it_touches(String stage) {
        server.ok(
                "{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'year_1'}]}");
        LoggedIn reader = user(role("films", "'find'"));
        String command = PIPELINE.formatted(stage);

        assertFalse(reader.isDenied(PIPELINE.formatted("")));
        assertTrue(reader.isDenied(command), command);
        assertTrue(
                reader.isDenied("{'explain': " + command + ", 'verbosity': 'queryPlanner'}"),
                command);
    }

    /** A role that allows these actions on a collection. */
    private String role(String collection, String actions) {
        server.ok(
                "{'createRole': 'r', 'roles': [], 'privileges': [{'resource': {'db': 'cinema',"
                        + " 'collection': '"
                        + collection
                        + "'}, 'actions': ["
                        + actions
                        + "]}]}");
        return new RoleName("r", "cinema").toString();
    }
}
