package io.smilodon.rest;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.login.Door;
import io.smilodon.rest.login.Sessions;
import io.smilodon.security.Caller;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import java.util.List;
import java.util.Map;

/** Logging in and out. */
final class LoginRoutes {

    private static final String AUTH = "/api/v1/auth";
    private static final String ADMIN = "admin";

    /** Whoever sends them is not known yet: drivers may send as much before they log in. */
    private static final int BODY_BYTES_MAX = 16 << 10;

    private final Gate gate;

    LoginRoutes(Gate gate) {
        this.gate = gate;
    }

    List<Route> routes() {
        return List.of(
                Route.post(AUTH + "/login", Permission.NONE)
                        .demanding(Demand.NOTHING)
                        .summary("Log in")
                        .body("user, password, and db, the database of the user: admin unless told")
                        .answer(200, "A token, for the header Authorization: Bearer TOKEN")
                        .answer(401, "The user or the password is wrong")
                        .answer(413, "The body is too large")
                        .answer(429, "Too many logins have failed")
                        .by(this::logIn),
                Route.post(AUTH + "/logout", Permission.NONE)
                        .demanding(Demand.NOTHING)
                        .summary("Log out: the token of the request means nothing any more")
                        .answer(204, "It means nothing")
                        .by(this::logOut),
                Route.get(AUTH + "/me", Permission.NONE)
                        .demanding(Demand.LOGIN)
                        .summary("Tell who has logged in")
                        .answer(200, "The user and the roles; no user where nobody has to log in")
                        .by(LoginRoutes::tell),
                Route.post(AUTH + "/first", Permission.NONE)
                        .demanding(Demand.NOTHING)
                        .summary("Make the first user, who may do everything")
                        .body("token, out of the file that the server names; user, password")
                        .answer(201, "It can log in")
                        .answer(401, "The token is wrong, or there is a user already")
                        .answer(413, "The body is too large")
                        .by(this::makeFirst));
    }

    private Door door() {
        return gate.door()
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                                ErrorCode.BAD_VALUE,
                                                "Nobody has to log in to this server")
                                        .withHint("start it with --auth"));
    }

    private void logIn(Exchange exchange) {
        Document body = body(exchange);
        String database = body.has("db") ? text(body, "db") : ADMIN;
        UserName name = new UserName(text(body, "user"), database);
        String token = door().begin(name, text(body, "password"), exchange.visit());
        exchange.headerOut("Cache-Control", "no-store")
                .answer(
                        200,
                        Document.builder()
                                .put("token", token)
                                .put("type", "Bearer")
                                .put("idleSecondsMax", Sessions.IDLE_MAX.toSeconds())
                                .put("ageSecondsMax", Sessions.AGE_MAX.toSeconds())
                                .build());
    }

    private void logOut(Exchange exchange) {
        Gate.bearer(exchange).ifPresent(token -> gate.door().ifPresent(door -> door.end(token)));
        exchange.answer(204);
    }

    private static void tell(Exchange exchange) {
        Caller caller = exchange.permit().caller();
        DocumentBuilder told = Document.builder();
        caller.user().ifPresent(name -> told.put("user", name.user()).put("db", name.database()));
        List<Document> roles = caller.roles().stream().map(RoleName::toDocument).toList();
        exchange.answer(200, told.put("roles", ArrayValue.of(roles)).build());
    }

    private void makeFirst(Exchange exchange) {
        Document body = body(exchange);
        UserName name = new UserName(text(body, "user"), ADMIN);
        door().makeFirst(text(body, "token"), name, text(body, "password"), exchange.visit());
        exchange.answer(
                201,
                Document.builder().put("user", name.user()).put("db", name.database()).build());
    }

    private static Document body(Exchange exchange) {
        return exchange.bodyBytes(BODY_BYTES_MAX)
                .map(exchange.bodyNotation()::document)
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.OBJECT_TOO_LARGE,
                                        "The body is too large for a login",
                                        Map.of("maximum", BODY_BYTES_MAX)));
    }

    private static String text(Document body, String field) {
        Value value = body.get(field);
        if (value instanceof StringValue text && !text.value().isEmpty()) {
            return text.value();
        }
        throw new SmilodonException(
                        ErrorCode.location(40414),
                        "A required field is missing or not a string",
                        Map.of("field", field))
                .at(Location.ROOT.child(field));
    }
}
