package io.smilodon.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smilodon.bench.corpus.Person;
import io.smilodon.bench.peer.Peer;
import io.smilodon.bench.peer.PeerTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeersTest {

    private static final int DOCUMENTS = 500;

    @TempDir private Path directory;

    static List<String> peers() {
        return PeerTable.names();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void every_peer_gives_the_same_answers(String name) throws Exception {
        boolean needsServer = name.equals("postgresql");
        assumeTrue(
                !needsServer || Files.exists(Path.of("/usr/lib/postgresql/15/bin/postgres")),
                "no PostgreSQL here");
        Path base = needsServer ? Files.createTempDirectory("smilodon-peers") : directory;
        // The server runs as another user.
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
        SessionSettings settings = new SessionSettings(name, base, base, DOCUMENTS, 16);
        try (Session session = new Session(settings)) {
            Peer peer = session.loaded();
            Answers.check(session, peer);
            answers_follow_writes(session, peer);
            if (name.equals(PeerTable.OURS) || PeerTable.DATABASES.contains(name)) {
                queries_find_what_the_documents_say(session, name);
            } else if (name.equals("lucene")) {
                check(session, name, "W11");
            }
        } finally {
            if (needsServer) {
                Directories.delete(base);
            }
        }
    }

    private static void answers_follow_writes(Session session, Peer peer) throws Exception {
        Person newcomer = session.newcomer();
        peer.insert(newcomer);
        assertEquals(newcomer.score(), peer.score(newcomer.id()));
        peer.setVisits(7, 123_456);
        assertEquals(123_456, new ObjectMapper().readTree(peer.json(7)).get("visits").asInt());
        assertEquals(session.people().at(7).score(), peer.score(7));
        peer.replace(newcomer.renumbered(8));
        assertEquals(newcomer.score(), peer.score(8));
    }

    private static void queries_find_what_the_documents_say(Session session, String name)
            throws Exception {
        if (!name.equals("arcadedb")) { // it leaves documents out
            check(session, name, "W6");
        }
        for (String workload : List.of("W5", "W7", "W8", "W9", "W10", "W11")) {
            check(session, name, workload);
        }
        check(session, name, "W12a");
        check(session, name, "W12b");
    }

    private static void check(Session session, String name, String workload) throws Exception {
        try {
            WorkloadTable.workload(workload).check(session);
        } catch (UnsupportedOperationException refusal) {
            assertEquals("arcadedb", name, refusal::toString);
        }
    }
}
