package io.smilodon.rest;

import io.javalin.http.Context;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.rest.login.Door;
import io.smilodon.security.Caller;
import io.smilodon.security.LoginTerm;
import io.smilodon.security.Need;
import io.smilodon.security.Permit;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who sends a request, and whether that caller may have it carried out. Where nobody has
 * to log in, everybody may do everything. Thread-safe.
 */
final class Gate {

    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";

    private final Optional<Door> door;

    private Gate(Optional<Door> door) {
        this.door = door;
    }

    static Gate of(Smilodon smilodon, RestOptions options) {
        return new Gate(options.login().map(login -> new Door(smilodon.users(), login)));
    }

    /** Where users log in; empty if nobody has to. */
    Optional<Door> door() {
        return door;
    }

    /**
     * Lets a request in.
     *
     * @return why not, where its sender has to log in
     * @throws SmilodonException {@code Unauthorized} (13) if its sender may not do that, {@code
     *     AuthenticationFailed} (18) if it has not proved to be who it says
     */
    Optional<Problem> admit(Route route, Exchange exchange) {
        if (door.isEmpty()) {
            exchange.allow(Permit.UNRESTRICTED);
            return Optional.empty();
        }
        if (route.demand() == Demand.NOTHING) {
            return Optional.empty();
        }
        Optional<Door.Visitor> visitor = visitor(door.get(), exchange);
        if (visitor.isEmpty() || !visitor.get().caller().isAuthenticated()) {
            return Optional.of(Problem.strangers());
        }
        Caller caller = visitor.get().caller();
        exchange.allow(Permit.of(caller));
        List<Need> needs = route.demand().check(exchange);
        if (!route.isLimitable() && needs.stream().anyMatch(Need::isLimited)) {
            throw new SmilodonException(ErrorCode.UNAUTHORIZED, "not authorized");
        }
        exchange.allow(new Permit(caller, needs, visitor.get().term()));
        return Optional.empty();
    }

    /** The token that a request brings along. */
    static Optional<String> bearer(Exchange exchange) {
        return exchange.header("Authorization")
                .filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(text -> text.substring(BEARER.length()).strip());
    }

    private static Optional<Door.Visitor> visitor(Door door, Exchange exchange) {
        String text = exchange.header("Authorization").orElse("");
        if (text.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            String[] named = named(text.substring(BASIC.length()).strip());
            Caller caller = door.enter(named[0], named[1], exchange.visit());
            return Optional.of(new Door.Visitor(caller, LoginTerm.ENDLESS));
        }
        return bearer(exchange).flatMap(token -> door.find(token, exchange.visit()));
    }

    /** The name and the password. */
    private static String[] named(String encoded) {
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
            if (parts.length == 2) {
                return parts;
            }
        } catch (IllegalArgumentException broken) {
            throw new SmilodonException(ErrorCode.AUTHENTICATION_FAILED, "Authentication failed.");
        }
        throw new SmilodonException(ErrorCode.AUTHENTICATION_FAILED, "Authentication failed.");
    }

    /** From where somebody comes, and by which address. */
    static Door.Visit visit(Context context) {
        return new Door.Visit(
                address(context.req().getRemoteAddr()), address(context.req().getLocalAddr()));
    }

    private static InetAddress address(String digits) {
        try {
            return InetAddress.getByName(digits);
        } catch (UnknownHostException name) {
            throw new AssertionError(name); // digits are not looked up
        }
    }
}
