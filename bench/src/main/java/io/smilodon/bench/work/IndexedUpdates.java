package io.smilodon.bench.work;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** W13i: as W13, on a database that got its secondary indexes before the first round. */
final class IndexedUpdates implements Workload {

    private final Workload updates;
    private final Set<Session> indexed = ConcurrentHashMap.newKeySet();

    IndexedUpdates(Operation operation) {
        this.updates = new TimedOperations(operation);
    }

    @Override
    public Measured run(Session session, long millis) throws Exception {
        if (!indexed.contains(session)) {
            if (!session.loaded().createIndexes()) {
                throw new UnsupportedOperationException("it has no secondary indexes");
            }
            indexed.add(session);
        }
        return updates.run(session, millis);
    }
}
