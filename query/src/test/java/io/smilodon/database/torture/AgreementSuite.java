package io.smilodon.database.torture;

import io.smilodon.engine.torture.Round;
import io.smilodon.engine.torture.Suite;
import io.smilodon.query.Dialect;
import io.smilodon.query.plan.PlanAgreement;

/**
 * Q1: random documents, which change, under random sets of indexes of every kind. What any plan of
 * a random query gives, looking at every document gives too; a filter and its negation share the
 * documents out; every index has the entries of its documents and no others; and plans read nothing
 * but the indexes that are allowed. The same holds of filters that are expressions, of the dialect
 * in which elements of arrays lack fields, of the nearest documents, and of those with keys between
 * two others.
 */
public final class AgreementSuite implements Suite {

    private static final Facts FACTS =
            new Facts("Q1", "Every plan against a scan", "comparisons", 300_000, 6);

    private static final Dialect LACKING = Dialect.PLAIN.whereElementsLackFields(true);

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) {
        long seed = round.seed();
        round.count("collections", 7);
        count(round, "plans and entries", new PlanAgreement(seed).comparePlans());
        count(
                round,
                "filters and their negations",
                new PlanAgreement(seed + 1).comparePartitions());
        count(round, "plans of allowed indexes", new PlanAgreement(seed + 2).compareAllowed());
        count(round, "plans of expressions", new PlanAgreement(seed + 3).compareExpressions());
        PlanAgreement lacking = new PlanAgreement(seed + 4);
        count(round, "plans where elements lack fields", LACKING.within(lacking::comparePlans));
        count(round, "plans of the nearest", PlanAgreement.ofPlaces(seed + 5).compareNearest());
        count(round, "parts of indexes", new PlanAgreement(seed + 6).compareSpans());
    }

    private static void count(Round round, String what, long comparisons) {
        round.count(what, comparisons);
        round.count(comparisons);
    }
}
