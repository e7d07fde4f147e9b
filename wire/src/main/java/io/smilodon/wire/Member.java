package io.smilodon.wire;

import io.smilodon.database.command.Membership;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the server says of itself: a server that stands alone, or the only member of a replica set
 * and so its primary. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/server-discovery-and-monitoring/server-discovery-and-monitoring.md">Server
 *     discovery and monitoring</a>
 */
final class Member {

    /** There has been one election; clients take a lower one for a primary of the past. */
    private static final ObjectId ELECTION = ObjectId.ofHex("7fffffff0000000000000001");

    static final String VERSION = "topologyVersion";

    /** What there is to know of a set of one does not change while the server runs. */
    static final long CHANGES = 0;

    private static final int SIGNATURE_BYTES = 20;
    private static final long TERM = 1;

    private final Optional<String> replicaSet;
    private final Optional<String> advertised;
    private final Supplier<TimestampValue> clock;
    private final Document version =
            Document.builder().put("processId", ObjectId.next()).put("counter", CHANGES).build();

    /**
     * A member.
     *
     * @param clock the time of the newest commit
     */
    Member(WireOptions options, Supplier<TimestampValue> clock) {
        this.clock = clock;
        this.replicaSet = options.replicaSet();
        this.advertised = options.advertised();
    }

    /** Which process this is, and how often what it says of itself has changed. */
    Document version() {
        return version;
    }

    /**
     * Completes the answer to a greeting.
     *
     * @param reached the {@code host:port} by which the client has come
     */
    Document introduced(Document greeting, String reached) {
        Document known = greeting.with(VERSION, version);
        if (replicaSet.isEmpty()) {
            return known;
        }
        String me = advertised.orElse(reached);
        return Document.builder()
                .putAll(known)
                .put("setName", replicaSet.get())
                .put("setVersion", 1)
                .put("secondary", false)
                .put("hosts", ArrayValue.of(Value.of(me)))
                .put("primary", me)
                .put("me", me)
                .put("electionId", ELECTION)
                .put("lastWrite", lastWrite())
                .build();
    }

    /**
     * The set, for commands that ask for it; empty without one.
     *
     * @param reached the {@code host:port} by which the client has come
     */
    Optional<Membership> membership(String reached) {
        return replicaSet.map(set -> new Membership(set, advertised.orElse(reached), clock));
    }

    private Document lastWrite() {
        Document time = Document.builder().put("ts", clock.get()).put("t", Value.of(TERM)).build();
        DateValue now = new DateValue(System.currentTimeMillis());
        return Document.builder()
                .put("opTime", time)
                .put("lastWriteDate", now)
                .put("majorityOpTime", time)
                .put("majorityWriteDate", now)
                .build();
    }

    /** An answer with the time by which clients order what they see; as it is without a set. */
    Document stamped(Document answer) {
        if (replicaSet.isEmpty()) {
            return answer;
        }
        TimestampValue time = clock.get();
        Document signature =
                Document.builder()
                        .put("hash", new BinaryValue((byte) 0, new byte[SIGNATURE_BYTES]))
                        .put("keyId", 0L)
                        .build();
        DocumentBuilder stamped = Document.builder().putAll(answer);
        stamped.put(
                "$clusterTime",
                Document.builder().put("clusterTime", time).put("signature", signature).build());
        return stamped.put("operationTime", time).build();
    }
}
