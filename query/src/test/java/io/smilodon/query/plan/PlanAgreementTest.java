package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import io.smilodon.query.Dialect;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** A slice of what {@code ./torture --suite Q1} goes on with. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanAgreementTest {

    private static final Dialect LACKING = Dialect.PLAIN.whereElementsLackFields(true);

    @RepeatedTest(16)
    void every_plan_gives_what_a_scan_gives() {
        assertTrue(new PlanAgreement(Seeds.next()).comparePlans() > 0);
    }

    /** The indexes were made in the plain language, as are those that are stored. */
    @RepeatedTest(8)
    void every_plan_gives_what_a_scan_gives_where_elements_lack_fields() {
        PlanAgreement agreement = new PlanAgreement(Seeds.next());
        assertTrue(LACKING.within(agreement::comparePlans) > 0);
    }

    @RepeatedTest(8)
    void every_plan_of_an_expression_gives_what_a_scan_gives() {
        assertTrue(new PlanAgreement(Seeds.next()).compareExpressions() > 0);
    }

    @RepeatedTest(12)
    void a_filter_and_its_negation_share_the_documents_out() {
        assertTrue(new PlanAgreement(Seeds.next()).comparePartitions() > 0);
    }

    @RepeatedTest(20)
    void plans_read_nothing_but_the_indexes_that_are_allowed() {
        assertTrue(new PlanAgreement(Seeds.next()).compareAllowed() > 0);
    }

    @RepeatedTest(8)
    void the_nearest_are_those_that_lie_nearest() {
        assertTrue(PlanAgreement.ofPlaces(Seeds.next()).compareNearest() > 0);
    }

    @RepeatedTest(8)
    void between_min_and_max_is_what_has_a_key_there() {
        assertTrue(new PlanAgreement(Seeds.next()).compareSpans() > 0);
    }
}
