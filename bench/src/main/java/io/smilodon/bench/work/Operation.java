package io.smilodon.bench.work;

import io.smilodon.bench.peer.Peer;

/** One operation of a workload. */
@FunctionalInterface
interface Operation {
    void run(Session session, Peer peer) throws Exception;
}
