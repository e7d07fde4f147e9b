package io.smilodon.security.scram;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * The server's side of a conversation by which a client proves that it knows a password, and the
 * server that it knows the client.
 *
 * <pre>
 * client: n,,n=USER,r=NONCE               server: r=NONCE+OWN,s=SALT,i=ITERATIONS
 * client: c=biws,r=NONCE+OWN,p=PROOF      server: v=SIGNATURE
 * client: nothing, unless it leaves this out
 * </pre>
 *
 * <p>Whatever is wrong is the same error {@code AuthenticationFailed}. Owned by the thread of its
 * connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802">RFC 5802</a>
 */
public final class ScramConversation {

    /** Names and nonces are short: who sends more means no login. */
    static final int PAYLOAD_BYTES_MAX = 4_096;

    private static final int NONCE_BYTES = 24;
    private static final int CLIENT_NONCE_LENGTH_MIN = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ScramMechanism mechanism;
    private final Function<String, ScramCredentials> credentialsOf;
    private final boolean skipsEmptyExchange;
    private Step step = Step.FIRST;
    private String user = "";
    private ScramCredentials credentials;

    /** What precedes the client's first message, which its second one repeats. */
    private String header = "";

    private String nonce = "";

    /** What both sides sign. */
    private String said = "";

    private enum Step {
        FIRST,
        PROOF,
        EMPTY,
        DONE,
        FAILED
    }

    /**
     * A conversation that has not begun.
     *
     * @param credentialsOf those of a user's name; of a name that nobody has, too
     * @param skipsEmptyExchange whether the client leaves out its last message, which is empty
     */
    public ScramConversation(
            ScramMechanism mechanism,
            Function<String, ScramCredentials> credentialsOf,
            boolean skipsEmptyExchange) {
        this.mechanism = mechanism;
        this.credentialsOf = credentialsOf;
        this.skipsEmptyExchange = skipsEmptyExchange;
    }

    /** The error of every login that fails, whatever the reason. */
    public static SmilodonException failure() {
        return new SmilodonException(ErrorCode.AUTHENTICATION_FAILED, "Authentication failed.");
    }

    /** The name that the client has given; empty before it has. */
    public String user() {
        return user;
    }

    public ScramMechanism mechanism() {
        return mechanism;
    }

    /** Whether the next message is the proof. */
    public boolean awaitsProof() {
        return step == Step.PROOF;
    }

    /** Whether the client has proven that it is the user, and heard so. */
    public boolean isDone() {
        return step == Step.DONE;
    }

    /**
     * The answer to what the client says next.
     *
     * @throws SmilodonException {@code AuthenticationFailed}; the conversation is over then
     */
    public byte[] answer(byte[] payload) {
        Step now = step;
        step = Step.FAILED;
        String text = text(payload);
        String answer =
                switch (now) {
                    case FIRST -> challenge(text);
                    case PROOF -> signature(text);
                    case EMPTY -> "";
                    case DONE, FAILED -> throw failure();
                };
        step = next(now);
        return answer.getBytes(StandardCharsets.UTF_8);
    }

    private Step next(Step now) {
        return switch (now) {
            case FIRST -> Step.PROOF;
            case PROOF -> skipsEmptyExchange ? Step.DONE : Step.EMPTY;
            case EMPTY -> Step.DONE;
            case DONE, FAILED -> Step.FAILED;
        };
    }

    private static String text(byte[] payload) {
        if (payload.length > PAYLOAD_BYTES_MAX) {
            throw failure();
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException broken) {
            throw failure();
        }
    }

    private String challenge(String text) {
        int flagEnd = text.indexOf(',');
        int headerEnd = text.indexOf(',', flagEnd + 1) + 1;
        if (flagEnd < 0 || headerEnd == 0) {
            throw failure();
        }
        header = text.substring(0, headerEnd);
        String bare = text.substring(headerEnd);
        List<String> fields = List.of(bare.split(",", -1)); // what else there may be means nothing
        if (fields.size() < 2) {
            throw failure();
        }
        user = name(value(fields.get(0), "n="));
        checkHeader(text.substring(0, flagEnd), text.substring(flagEnd + 1, headerEnd - 1));
        String clientNonce = value(fields.get(1), "r=");
        if (clientNonce.length() < CLIENT_NONCE_LENGTH_MIN) {
            throw failure();
        }
        credentials = credentialsOf.apply(user);
        nonce = clientNonce + ownNonce();
        String challenge = "r=" + nonce + "," + credentials.challenge();
        said = bare + "," + challenge;
        return challenge;
    }

    /** Binding to a channel is for TLS; acting for somebody else for nobody. */
    private void checkHeader(String flag, String actsFor) {
        boolean isUnbound = flag.equals("n") || flag.equals("y");
        boolean isForItself = actsFor.isEmpty() || name(value(actsFor, "a=")).equals(user);
        if (!isUnbound || !isForItself) {
            throw failure();
        }
    }

    private static String ownNonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private String signature(String text) {
        int proofStart = text.lastIndexOf(',');
        if (proofStart < 0) {
            throw failure();
        }
        String unproven = text.substring(0, proofStart);
        List<String> fields = List.of(unproven.split(",", -1));
        if (fields.size() < 2) {
            throw failure();
        }
        byte[] repeated = decoded(value(fields.get(0), "c="));
        boolean isSameTalk =
                MessageDigest.isEqual(repeated, header.getBytes(StandardCharsets.UTF_8))
                        && value(fields.get(1), "r=").equals(nonce);
        byte[] proof = decoded(value(text.substring(proofStart + 1), "p="));
        said = said + "," + unproven;
        if (!isSameTalk || !credentials.isProvenBy(proof, said)) {
            throw failure();
        }
        return "v=" + credentials.signature(said);
    }

    private static String value(String field, String name) {
        if (!field.startsWith(name) || field.length() == name.length()) {
            throw failure();
        }
        return field.substring(name.length());
    }

    /** A name may hold what otherwise ends it, in disguise. */
    private static String name(String written) {
        StringBuilder name = new StringBuilder();
        int at = 0;
        while (at < written.length()) {
            if (written.startsWith("=2C", at)) {
                name.append(',');
                at += 3;
            } else if (written.startsWith("=3D", at)) {
                name.append('=');
                at += 3;
            } else if (written.charAt(at) == '=') {
                throw failure();
            } else {
                name.append(written.charAt(at));
                at++;
            }
        }
        return name.toString();
    }

    /** Bytes are written in one way only: with what fills the last four characters up. */
    private static byte[] decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException broken) {
            throw failure();
        }
        throw failure();
    }
}
