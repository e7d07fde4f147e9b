package io.smilodon.wire;

import io.smilodon.engine.testing.QuickPasswords;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import io.smilodon.security.scram.ScramCredentials;
import io.smilodon.security.scram.ScramMechanism;
import java.util.List;

/** Makes users whose passwords take little time to check. */
final class ScramUsers {

    private ScramUsers() {}

    /** Passwords of who is made later are hashed as seldom as they may be, too. */
    static void root(Served at, String user, String password) {
        for (ScramMechanism mechanism : ScramMechanism.values()) {
            at.smilodon()
                    .users()
                    .logins()
                    .setIterations(mechanism, ScramCredentials.ITERATIONS_MIN);
        }
        create(at, new UserName(user, "admin"), password, ScramMechanism.values());
    }

    /** A user who may do everything. */
    static void create(Served at, UserName name, String password, ScramMechanism... mechanisms) {
        at.smilodon()
                .users()
                .create(
                        name,
                        credentials(name.user(), password, mechanisms),
                        List.of(new RoleName("root", "admin")));
    }

    static Document credentials(String user, String password, ScramMechanism... mechanisms) {
        DocumentBuilder credentials = Document.builder();
        for (ScramMechanism mechanism : mechanisms) {
            String prepared = mechanism.prepared(user, password);
            credentials.put(mechanism.label(), QuickPasswords.stored(mechanism.label(), prepared));
        }
        return credentials.build();
    }
}
