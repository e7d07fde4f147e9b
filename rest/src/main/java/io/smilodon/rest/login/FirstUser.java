package io.smilodon.rest.login;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import io.smilodon.security.Users;
import io.smilodon.security.scram.ScramCredentials;
import io.smilodon.security.scram.ScramMechanism;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How the first user is made, who makes the others: by a token out of a file that only the owner of
 * the data directory can read. While there is a user there is no such token. Thread-safe.
 */
final class FirstUser {

    private static final int TOKEN_BYTES = 32;
    private static final FileAttribute<?> OWNERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    static final RoleName ROLE = new RoleName("root", "admin");

    private final Users users;
    private final Path file;

    /** Guarded by this; empty once it is used. */
    private Optional<byte[]> token;

    private FirstUser(Users users, Path file, Optional<byte[]> token) {
        this.users = users;
        this.file = file;
        this.token = token;
    }

    /**
     * Writes the token, if there is no user yet.
     *
     * @throws IllegalArgumentException if the file cannot be written
     */
    static FirstUser of(Users users, Path file) {
        try {
            Files.deleteIfExists(file);
            return new FirstUser(
                    users, file, users.isEmpty() ? Optional.of(written(file)) : Optional.empty());
        } catch (IOException failure) {
            throw new IllegalArgumentException(
                    "the token for the first user cannot be written: " + failure, failure);
        }
    }

    private static byte[] written(Path file) throws IOException {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.createFile(file, OWNERS);
        Files.writeString(file, text + "\n");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Makes the user, once. */
    synchronized void make(String given, UserName name, String password, Door.Visit visit) {
        UserName nobody = new UserName("", name.database());
        boolean mayTry = users.logins().failed().mayTry(nobody, visit.client());
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        if (!mayTry || token.isEmpty() || !MessageDigest.isEqual(token.get(), bytes)) {
            users.logins().failed().failed(nobody, visit.client());
            throw refused();
        }
        if (!users.isEmpty()) {
            forget();
            throw refused();
        }
        users.create(name, credentials(name, password), List.of(ROLE));
        forget();
    }

    private static Document credentials(UserName name, String password) {
        ScramMechanism mechanism = ScramMechanism.SHA_256;
        return Document.of(
                mechanism.label(),
                ScramCredentials.of(
                                mechanism,
                                mechanism.prepared(name.user(), password),
                                ScramCredentials.ITERATIONS_DEFAULT)
                        .toDocument());
    }

    private void forget() {
        token = Optional.empty();
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            return; // it opens nothing any more
        }
    }

    static SmilodonException refused() {
        return new SmilodonException(ErrorCode.AUTHENTICATION_FAILED, "Authentication failed.");
    }
}
