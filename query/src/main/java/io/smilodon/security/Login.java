package io.smilodon.security;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.security.scram.ScramConversation;
import io.smilodon.security.scram.ScramMechanism;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who has logged in over a connection, and the conversation by which somebody does. One user at a
 * time: who was somebody else has to log out before. Owned by the thread of its connection.
 */
public final class Login {

    private static final ErrorCode PROTOCOL_ERROR = new ErrorCode(17, "ProtocolError");
    private static final ErrorCode MECHANISM_UNAVAILABLE =
            new ErrorCode(334, "MechanismUnavailable");
    private static final ErrorCode OTHER_USER = ErrorCode.location(5626701);
    private static final ErrorCode OTHER_DATABASE = ErrorCode.location(5626702);

    private static final int SHOWN_LENGTH_MAX = 100;

    private final Logins logins;
    private final InetAddress client;
    private final Origin origin;
    private final boolean isRequired;
    private Caller entered = Caller.NOBODY;
    private Optional<Talk> talk = Optional.empty();

    /**
     * A conversation.
     *
     * @param database that the user belongs to
     */
    private record Talk(ScramConversation conversation, ScramMechanism mechanism, String database) {

        UserName user() {
            return new UserName(conversation.user(), database);
        }
    }

    /**
     * An answer to somebody who logs in.
     *
     * @param isDone whether that is all: then the user has logged in
     */
    public record Reply(byte[] payload, boolean isDone) {}

    /**
     * Nobody has logged in yet.
     *
     * @param client from where the connection comes
     * @param server by which address
     * @param isRequired whether who has not logged in may do nothing, instead of everything
     */
    public Login(Logins logins, InetAddress client, InetAddress server, boolean isRequired) {
        this.logins = logins;
        this.client = client;
        this.origin = Origin.of(client, server);
        this.isRequired = isRequired;
    }

    /** Who sends what comes over the connection. */
    public Caller caller() {
        return isRequired ? entered : Caller.UNRESTRICTED;
    }

    /** By which mechanisms a user can log in, the best first; whether it exists does not show. */
    public List<ScramMechanism> mechanisms(UserName name) {
        return logins.mechanisms(name);
    }

    /**
     * Begins to log in; what was begun before is over.
     *
     * @param mechanism the name of one
     * @param database that the user belongs to
     * @param skipsEmptyExchange whether the client leaves out its last message, which is empty
     * @param payload the client's first message
     * @throws SmilodonException {@code MechanismUnavailable} (334), or 18
     */
    public Reply start(
            String mechanism, String database, boolean skipsEmptyExchange, byte[] payload) {
        abandon();
        ScramMechanism known =
                ScramMechanism.named(mechanism)
                        .orElseThrow(
                                () ->
                                        new SmilodonException(
                                                MECHANISM_UNAVAILABLE,
                                                "Received authentication for mechanism "
                                                        + mechanism
                                                        + " which is unknown or not enabled"));
        return step(
                new Talk(logins.conversation(known, database, skipsEmptyExchange), known, database),
                payload);
    }

    /**
     * Goes on with what was begun.
     *
     * @param payload the client's next message
     * @throws SmilodonException {@code ProtocolError} (17) if nothing was begun, 18 if the login
     *     fails, 5626701 or 5626702 if another user has logged in already
     */
    public Reply resume(byte[] payload) {
        Talk begun =
                talk.orElseThrow(
                        () -> new SmilodonException(PROTOCOL_ERROR, "No SASL session state found"));
        abandon();
        return step(begun, payload);
    }

    /** What was begun is over. */
    public void abandon() {
        talk = Optional.empty();
    }

    private Reply step(Talk now, byte[] payload) {
        ScramConversation conversation = now.conversation;
        byte[] answer =
                conversation.awaitsProof() ? proven(now, payload) : conversation.answer(payload);
        if (conversation.isDone()) {
            enter(now.user());
            logins.users().audit().entered(now.user(), now.mechanism.label(), origin);
        } else {
            talk = Optional.of(now);
        }
        return new Reply(answer, conversation.isDone());
    }

    /** Looks at a proof, if the user and the address may still try. */
    private byte[] proven(Talk now, byte[] payload) {
        UserName claimed = now.user();
        if (!logins.failed().mayTry(claimed, client)) {
            throw ScramConversation.failure()
                    .withHint("too many logins have failed: the next may be tried in a minute");
        }
        try {
            return now.conversation.answer(payload);
        } catch (SmilodonException failure) {
            logins.failed().failed(claimed, client);
            tellFailure(now);
            throw failure;
        }
    }

    /** As often as logins are looked at: nobody fills the log by it. */
    private void tellFailure(Talk failed) {
        String name = failed.user().toString();
        logins.users().audit().refused(failed.user(), failed.mechanism.label(), origin);
        String shown = name.substring(0, Math.min(name.length(), SHOWN_LENGTH_MAX));
        System.getLogger(Login.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        "a login as {0} from {1} has failed",
                        shown.replaceAll("\\p{C}", "?"),
                        origin.client());
    }

    private void enter(UserName name) {
        checkAlone(name);
        entered = logins.users().login(name, origin);
        logins.failed().succeeded(name, client);
    }

    /** Who has been dropped meanwhile is nobody. */
    private void checkAlone(UserName name) {
        Optional<UserName> before = entered.user().filter(user -> !user.equals(name));
        if (before.isPresent()) {
            boolean isSameDatabase = before.get().database().equals(name.database());
            throw new SmilodonException(
                    isSameDatabase ? OTHER_USER : OTHER_DATABASE,
                    "Each client connection may only be authenticated once",
                    Map.of("user", before.get().toString()));
        }
    }

    /** The user of a database logs out; what another one has begun is over too. */
    public void logOut(String database) {
        abandon();
        if (entered.user().filter(user -> user.database().equals(database)).isPresent()) {
            entered = Caller.NOBODY;
        }
    }
}
