package io.smilodon.database;

/**
 * What the removal of expired documents has done since opening.
 *
 * @param passes finished passes over all TTL indexes
 * @param subPasses turns that the indexes had
 * @param deletedDocuments documents removed
 */
public record TtlStatistics(long passes, long subPasses, long deletedDocuments) {

    static final TtlStatistics NONE = new TtlStatistics(0, 0, 0);

    TtlStatistics afterTurn(long deleted) {
        return new TtlStatistics(passes, subPasses + 1, deletedDocuments + deleted);
    }

    TtlStatistics afterPass() {
        return new TtlStatistics(passes + 1, subPasses, deletedDocuments);
    }
}
