package io.smilodon.database.torture;

import io.smilodon.engine.torture.Round;
import io.smilodon.engine.torture.Suite;
import io.smilodon.query.plan.PlanAgreement;

/**
 * Q1: random documents, which change, under random sets of indexes of every kind. What any plan of
 * a random query gives, looking at every document gives too; a filter and its negation share the
 * documents out; every index has the entries of its documents and no others; and plans read nothing
 * but the indexes that are allowed.
 */
public final class AgreementSuite implements Suite {

    private static final Facts FACTS =
            new Facts("Q1", "Every plan against a scan", "comparisons", 300_000, 6);

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) {
        round.count(new PlanAgreement(round.seed()).comparePlans());
        round.count("collections", 1);
        long partitions = new PlanAgreement(round.seed() + 1).comparePartitions();
        round.count("filters and their negations", partitions);
        round.count(partitions);
        long allowed = new PlanAgreement(round.seed() + 2).compareAllowed();
        round.count("plans of allowed indexes", allowed);
        round.count(allowed);
    }
}
