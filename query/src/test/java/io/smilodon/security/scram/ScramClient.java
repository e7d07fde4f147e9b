package io.smilodon.security.scram;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A driver's side of a conversation, as the RFC tells it. */
public final class ScramClient {

    private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";

    private final ScramMechanism mechanism;
    private final String user;
    private final String password;
    private final String header;
    private String challenge = "";
    private String unproven = "";
    private byte[] stretched = {};

    public ScramClient(ScramMechanism mechanism, String user, String password) {
        this(mechanism, user, password, "n,,");
    }

    /** One that begins with another header. */
    ScramClient(ScramMechanism mechanism, String user, String password, String header) {
        this.mechanism = mechanism;
        this.user = user;
        this.password = mechanism.prepared(user, password);
        this.header = header;
    }

    private String bare() {
        return "n=" + user.replace("=", "=3D").replace(",", "=2C") + ",r=" + NONCE;
    }

    /** The first message. */
    public byte[] first() {
        return (header + bare()).getBytes(StandardCharsets.UTF_8);
    }

    /** The answer to a challenge. */
    public byte[] proof(byte[] heard) {
        challenge = new String(heard, StandardCharsets.UTF_8);
        String[] fields = challenge.split(",");
        byte[] salt = Base64.getDecoder().decode(fields[1].substring(2));
        stretched = mechanism.stretched(password, salt, Integer.parseInt(fields[2].substring(2)));
        unproven = "c=" + base64(header.getBytes(StandardCharsets.UTF_8)) + "," + fields[0];
        byte[] key = mechanism.hmac(stretched, "Client Key");
        byte[] signature = mechanism.hmac(mechanism.hash(key), said());
        for (int at = 0; at < key.length; at++) {
            key[at] ^= signature[at];
        }
        return (unproven + ",p=" + base64(key)).getBytes(StandardCharsets.UTF_8);
    }

    private String said() {
        return bare() + "," + challenge + "," + unproven;
    }

    /** Whether the server has shown that it knows the user. */
    public boolean trusts(byte[] heard) {
        byte[] key = mechanism.hmac(stretched, "Server Key");
        String expected = "v=" + base64(mechanism.hmac(key, said()));
        return expected.equals(new String(heard, StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
