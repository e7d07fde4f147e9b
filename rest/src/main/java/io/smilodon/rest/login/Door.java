package io.smilodon.rest.login;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.security.AuditTrail;
import io.smilodon.security.Caller;
import io.smilodon.security.LoginTerm;
import io.smilodon.security.Origin;
import io.smilodon.security.User;
import io.smilodon.security.UserName;
import io.smilodon.security.Users;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Where users come in over HTTP: by a password with each request, by a password once and a token
 * from then on, or by a token that another server has signed. Thread-safe.
 */
public final class Door {

    private static final String DATABASE = "admin";

    /** A token that is not to be believed does not say whose it is. */
    private static final UserName STRANGER = new UserName("", JwtOptions.DATABASE);

    private final Users users;
    private final Sessions sessions;
    private final Optional<SignedTokens> signed;
    private final Optional<FirstUser> first;

    /**
     * @throws IllegalArgumentException if the keys or the file cannot be used
     */
    public Door(Users users, LoginOptions options) {
        this.users = users;
        this.sessions = new Sessions(users);
        this.signed = options.jwt().map(jwt -> SignedTokens.of(jwt, users.clock()));
        this.first = options.firstTokenFile().map(file -> FirstUser.of(users, file));
    }

    /** From where somebody comes, and by which address. */
    public record Visit(InetAddress client, InetAddress server) {

        Origin origin() {
            return Origin.of(client, server);
        }
    }

    /**
     * Who has this password, of the users of {@code admin}.
     *
     * @throws SmilodonException {@code AuthenticationFailed} (18), 462 where that has failed too
     *     often
     */
    public Caller enter(String user, String password, Visit visit) {
        return enter(new UserName(user, DATABASE), password, visit);
    }

    /** One that has just logged in is not written down again, as it comes with each request. */
    private Caller enter(UserName name, String password, Visit visit) {
        boolean isKnown = users.logins().isKnown(name, password);
        Caller caller = loggedIn(name, password, visit);
        if (!isKnown) {
            users.audit().entered(name, AuditTrail.PASSWORD, visit.origin());
        }
        return caller;
    }

    private Caller loggedIn(UserName name, String password, Visit visit) {
        try {
            return users.logins().login(name, password, visit.client, visit.server);
        } catch (SmilodonException failure) {
            users.audit().refused(name, AuditTrail.PASSWORD, visit.origin());
            throw failure;
        }
    }

    /**
     * The same, with a token to come back with.
     *
     * @return the token
     */
    public String begin(UserName name, String password, Visit visit) {
        Caller caller = loggedIn(name, password, visit);
        users.audit().entered(name, AuditTrail.PASSWORD, visit.origin());
        User user =
                users.find(name)
                        .orElseThrow(
                                () ->
                                        new SmilodonException(
                                                ErrorCode.AUTHENTICATION_FAILED,
                                                "Authentication failed."));
        return sessions.begin(user, caller);
    }

    /** Somebody who has come in, and for how long. */
    public record Visitor(Caller caller, LoginTerm term) {}

    /** Who holds a token; empty if it is nobody's. */
    public Optional<Visitor> find(String token, Visit visit) {
        return SignedTokens.isOne(token)
                ? signed.flatMap(known -> verified(known, token, visit))
                        .map(holder -> new Visitor(recognised(holder, visit), holder.term()))
                : sessions.find(token)
                        .map(caller -> new Visitor(caller, () -> sessions.find(token).isPresent()));
    }

    private Optional<SignedTokens.Holder> verified(SignedTokens known, String token, Visit visit) {
        Optional<SignedTokens.Holder> holder = known.verify(token);
        if (holder.isEmpty()) {
            users.audit().refused(STRANGER, AuditTrail.SIGNED_TOKEN, visit.origin());
        }
        return holder;
    }

    private Caller recognised(SignedTokens.Holder holder, Visit visit) {
        return users.recognised(holder.user(), holder.roles(), visit.origin());
    }

    /** Ends what a token began; false if that is over. */
    public boolean end(String token) {
        return sessions.end(token);
    }

    /**
     * Makes the first user, who may do everything.
     *
     * @param token out of the file
     * @throws SmilodonException {@code AuthenticationFailed} (18) for another token, and if there
     *     is a user by now
     */
    public void makeFirst(String token, UserName name, String password, Visit visit) {
        first.orElseThrow(FirstUser::refused).make(token, name, password, visit);
        Document done =
                Document.builder()
                        .put("createUser", name.user())
                        .put("roles", ArrayValue.of(FirstUser.ROLE.toDocument()))
                        .build();
        AuditTrail.Sender nobody =
                new AuditTrail.Sender(Caller.NOBODY, visit.client.getHostAddress() + ":0");
        users.audit().command(nobody, name.database(), done, 0);
    }
}
