package io.smilodon.engine.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One action on a store and on its model.
 *
 * @param kind what
 * @param seed from which its keys, values and sizes follow
 */
record ModelAction(Kind kind, long seed) {

    /** What can be done. */
    enum Kind {
        BATCH,
        COMMIT,
        ABANDON,
        /** Two transactions that write one key: the second is refused. */
        CONFLICT,
        /** A serializable transaction that read what another one changed since: refused. */
        SKEW,
        /** The same transaction twice, under one idempotency key. */
        REPEAT,
        RETIRE,
        OPEN_SNAPSHOT,
        CLOSE_SNAPSHOT,
        AS_OF,
        CHECKPOINT,
        COMPACT,
        BACKUP,
        REOPEN,
        /** The process dies. */
        KILL,
        /** The machine stops, where that loses nothing that was acknowledged. */
        POWER_LOSS
    }

    private static final Kind[] FREQUENT = {
        Kind.BATCH, Kind.COMMIT, Kind.OPEN_SNAPSHOT, Kind.CLOSE_SNAPSHOT, Kind.AS_OF
    };

    static List<ModelAction> random(Random random, int count) {
        List<ModelAction> actions = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Kind[] kinds = random.nextBoolean() ? FREQUENT : Kind.values();
            actions.add(new ModelAction(kinds[random.nextInt(kinds.length)], random.nextInt()));
        }
        return actions;
    }
}
