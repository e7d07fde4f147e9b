package io.smilodon.database.command;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Action;
import java.util.concurrent.TimeUnit;

/**
 * The commands that say how a replica set is: of one member, which has been its primary since the
 * server started. Who comes by no set, by REST for instance, is answered as by a server that stands
 * alone.
 */
final class ReplicaSetCommands {

    private static final ErrorCode ALREADY_INITIALIZED = new ErrorCode(23, "AlreadyInitialized");
    private static final ErrorCode NO_REPLICATION = new ErrorCode(76, "NoReplicationEnabled");
    private static final int PRIMARY = 1;
    private static final long TERM = 1;
    private static final long HEARTBEAT_MILLIS = 2_000;

    static final Command STATUS =
            Command.on(
                            Target.ADMIN,
                            Permission.MONITOR,
                            Requirement.onServer(Action.REPL_SET_GET_STATUS))
                    .takingAnyField() // how much is told of heartbeats: there are none
                    .by(ReplicaSetCommands::status);

    static final Command CONFIGURATION =
            Command.on(
                            Target.ADMIN,
                            Permission.MONITOR,
                            Requirement.onServer(Action.REPL_SET_GET_CONFIG))
                    .takingAnyField()
                    .by(ReplicaSetCommands::configuration);

    /** Programs call it when they set a server up, and count on either answer. */
    static final Command INITIATE =
            Command.on(
                            Target.ADMIN,
                            Permission.ADMINISTER,
                            Requirement.onServer(Action.REPL_SET_CONFIGURE))
                    .by(
                            invocation -> {
                                membership(invocation);
                                throw new SmilodonException(
                                        ALREADY_INITIALIZED, "already initialized");
                            });

    private ReplicaSetCommands() {}

    private static Membership membership(Invocation invocation) {
        return invocation
                .context()
                .membership()
                .orElseThrow(
                        () ->
                                new SmilodonException(NO_REPLICATION, "not running with --replSet")
                                        .withHint(
                                                "MongoDB's drivers find the set that serve"
                                                        + " --replica-set names"));
    }

    /** What {@code serverStatus} tells of the set. */
    static Document summary(Membership membership) {
        return Document.builder()
                .put("hosts", ArrayValue.of(Value.of(membership.address())))
                .put("setName", membership.set())
                .put("setVersion", 1)
                .put("isWritablePrimary", true)
                .put("ismaster", true) // by which mongostat knows a primary
                .put("secondary", false)
                .put("primary", membership.address())
                .put("me", membership.address())
                .build();
    }

    private static Document status(Invocation invocation) {
        Membership membership = membership(invocation);
        DateValue now = new DateValue(System.currentTimeMillis());
        Document time = time(membership.clock().get());
        return Document.builder()
                .put("set", membership.set())
                .put("date", now)
                .put("myState", PRIMARY)
                .put("term", TERM)
                .put("syncSourceHost", "")
                .put("syncSourceId", -1)
                .put("heartbeatIntervalMillis", HEARTBEAT_MILLIS)
                .put("majorityVoteCount", 1)
                .put("writeMajorityCount", 1)
                .put("votingMembersCount", 1)
                .put("writableVotingMembersCount", 1)
                .put("optimes", times(time, now))
                .put("members", ArrayValue.of(member(invocation, time, now)))
                .build();
    }

    private static Document time(TimestampValue stamp) {
        return Document.builder().put("ts", stamp).put("t", TERM).build();
    }

    /** What is committed is durable and seen by all: it is all the same time. */
    private static Document times(Document time, DateValue now) {
        return Document.builder()
                .put("lastCommittedOpTime", time)
                .put("lastCommittedWallTime", now)
                .put("readConcernMajorityOpTime", time)
                .put("appliedOpTime", time)
                .put("durableOpTime", time)
                .put("writtenOpTime", time)
                .put("lastAppliedWallTime", now)
                .put("lastDurableWallTime", now)
                .put("lastWrittenWallTime", now)
                .build();
    }

    private static Document member(Invocation invocation, Document time, DateValue now) {
        long upMillis = invocation.context().smilodon().statistics().uptimeMillis();
        long elected = TimeUnit.MILLISECONDS.toSeconds(now.epochMillis() - upMillis);
        return Document.builder()
                .put("_id", 0)
                .put("name", membership(invocation).address())
                .put("health", 1.0)
                .put("state", PRIMARY)
                .put("stateStr", "PRIMARY")
                .put("uptime", (int) TimeUnit.MILLISECONDS.toSeconds(upMillis))
                .put("optime", time)
                .put("optimeDate", now)
                .put("syncSourceHost", "")
                .put("syncSourceId", -1)
                .put("infoMessage", "")
                .put("electionTime", new TimestampValue((int) elected, 1))
                .put("electionDate", new DateValue(TimeUnit.SECONDS.toMillis(elected)))
                .put("configVersion", 1)
                .put("configTerm", 1)
                .put("self", true)
                .put("lastHeartbeatMessage", "")
                .build();
    }

    private static Document configuration(Invocation invocation) {
        Membership membership = membership(invocation);
        Document member =
                Document.builder()
                        .put("_id", 0)
                        .put("host", membership.address())
                        .put("arbiterOnly", false)
                        .put("buildIndexes", true)
                        .put("hidden", false)
                        .put("priority", 1.0)
                        .put("tags", Document.EMPTY)
                        .put("secondaryDelaySecs", 0L)
                        .put("votes", 1)
                        .build();
        return Document.of(
                "config",
                Document.builder()
                        .put("_id", membership.set())
                        .put("version", 1)
                        .put("term", TERM)
                        .put("members", ArrayValue.of(member))
                        .put("protocolVersion", 1L)
                        .put("writeConcernMajorityJournalDefault", true)
                        .put("settings", settings())
                        .build());
    }

    private static Document settings() {
        return Document.builder()
                .put("chainingAllowed", true)
                .put("heartbeatIntervalMillis", (int) HEARTBEAT_MILLIS)
                .put("getLastErrorModes", Document.EMPTY)
                .put(
                        "getLastErrorDefaults",
                        Document.builder().put("w", Value.of(1)).put("wtimeout", 0).build())
                .build();
    }
}
