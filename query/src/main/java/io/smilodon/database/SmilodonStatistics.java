package io.smilodon.database;

import io.smilodon.engine.store.StoreStatistics;
import io.smilodon.query.exec.OperationBudget;

/**
 * What the whole database is made of at one moment.
 *
 * @param store the byte store below
 * @param openCursorCount cursors that wait for their next batch
 * @param uptimeMillis time since opening
 * @param scrub what reading all data again has found
 * @param held what all operations hold
 * @param ttl what the removal of expired documents has done
 */
public record SmilodonStatistics(
        StoreStatistics store,
        int openCursorCount,
        long uptimeMillis,
        ScrubStatistics scrub,
        OperationBudget.Held held,
        TtlStatistics ttl) {}
