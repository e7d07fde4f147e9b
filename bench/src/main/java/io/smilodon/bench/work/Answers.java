package io.smilodon.bench.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smilodon.bench.corpus.Person;
import io.smilodon.bench.corpus.SplitMix;
import io.smilodon.bench.peer.Peer;
import io.smilodon.bench.peer.PersonJson;

/** Whether a peer answers what the documents say. Stateless. */
public final class Answers {

    private static final int ASKED = 200;
    private static final int SCANNED = 50;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Answers() {}

    /**
     * Asks for documents, for scores, for runs of scores and for what is not there.
     *
     * @throws AssertionError at the first wrong answer
     */
    public static void check(Session session, Peer peer) throws Exception {
        SplitMix random = new SplitMix(1);
        for (int asked = 0; asked < ASKED; asked++) {
            int id = random.nextInt(session.documents());
            Person person = session.people().at(id);
            same(id, MAPPER.readTree(PersonJson.text(person)), MAPPER.readTree(peer.json(id)));
            require(peer.score(id) == person.score(), "score of " + id);
            long sum = 0;
            for (int next = id; next < id + SCANNED && next < session.documents(); next++) {
                sum += session.people().at(next).score();
            }
            require(peer.scores(id, SCANNED) == sum, "scores from " + id);
        }
        require(peer.score(Integer.MAX_VALUE) == Peer.ABSENT, "a document that is not there");
    }

    private static void same(int id, JsonNode expected, JsonNode actual) {
        require(
                expected.equals(Answers::compare, actual),
                "document " + id + ": " + expected + " and not " + actual);
    }

    /** Numbers are the same if they have the same value. */
    private static int compare(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return left.equals(right) ? 0 : 1;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("wrong answer: " + what);
        }
    }
}
