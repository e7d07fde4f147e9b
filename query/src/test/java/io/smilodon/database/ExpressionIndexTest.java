package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Documents found by an index because of an expression; which bounds that gives tells bounds.txt.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpressionIndexTest {

    private static final int ORDERS = 300;

    private Smilodon smilodon;
    private DocumentCollection orders;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        orders = smilodon.database("shop").collection("orders");
        List<Document> all = new ArrayList<>();
        for (int number = 0; number < ORDERS; number++) {
            all.add(
                    Document.builder()
                            .put("_id", number)
                            .put("customer", number % 100)
                            .put("sum", number)
                            .build());
        }
        orders.insertMany(all, true);
        orders.createIndex(doc("{'key': {'customer': 1}}"));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private String found(String filter) {
        try (DocumentCursor cursor = orders.find(FindRequest.of(doc(filter)))) {
            return cursor.planSummary() + " " + text(cursor);
        }
    }

    @Test
    void each_constant_has_its_own_bounds_though_the_plan_is_remembered() {
        for (int customer = 0; customer < 100; customer += 9) {
            int second = customer + 100;
            int third = customer + 200;
            assertEquals(
                    "IXSCAN customer_1 "
                            + text(order(customer))
                            + text(order(second))
                            + text(order(third)),
                    found("{'$expr': {'$eq': ['$customer', %d]}}".formatted(customer)));
        }
    }

    private static Document order(int number) {
        return doc(
                "{'_id': %d, 'customer': %d, 'sum': %d}".formatted(number, number % 100, number));
    }

    @Test
    void an_array_that_comes_later_ends_that() {
        String filter = "{'$expr': {'$gte': ['$customer', 99]}}";
        String plain = text(order(99)) + text(order(199)) + text(order(299));
        assertEquals("IXSCAN customer_1 " + plain, found(filter));

        orders.insertOne(doc("{'_id': 300, 'customer': [1]}"));

        assertEquals("COLLSCAN " + plain + "{'_id':300,'customer':[1]}", found(filter));
    }

    @Test
    void a_join_reads_the_index_for_the_values_of_its_variables() {
        DocumentCollection customers = smilodon.database("shop").collection("customers");
        customers.insertMany(
                docs(
                        "{'_id': 1, 'key': 1}",
                        "{'_id': 2, 'key': 7}",
                        "{'_id': 3, 'key': [7]}",
                        "{'_id': 4}"),
                true);

        String joined =
                text(
                        customers.aggregate(
                                docs(
                                        "{'$lookup': {'from': 'orders', 'let': {'wanted': '$key'},"
                                                + " 'pipeline': [{'$match': {'$expr': {'$and': ["
                                                + " {'$eq': ['$customer', '$$wanted']},"
                                                + " {'$gt': ['$sum', 150]}]}}}],"
                                                + " 'as': 'orders'}}",
                                        "{'$project': {'orders': '$orders._id'}}")));

        assertEquals(
                "{'_id':1,'orders':[201]}{'_id':2,'orders':[207]}"
                        + "{'_id':3,'orders':[]}{'_id':4,'orders':[]}",
                joined);
        assertEquals(Value.of(4L), uses());
    }

    @Test
    void a_join_reads_the_index_for_a_list_of_its_variables() {
        DocumentCollection lists = smilodon.database("shop").collection("lists");
        lists.insertMany(
                docs(
                        "{'_id': 1, 'keys': [1, 7]}",
                        "{'_id': 2, 'keys': []}",
                        "{'_id': 3, 'keys': [[7], 'x']}"),
                true);

        String joined =
                text(
                        lists.aggregate(
                                docs(
                                        "{'$lookup': {'from': 'orders', 'let': {'wanted': '$keys'},"
                                                + " 'pipeline': [{'$match': {'$expr': {'$in':"
                                                + " ['$customer', '$$wanted']}}},"
                                                + " {'$sort': {'_id': 1}}], 'as': 'orders'}}",
                                        "{'$project': {'orders': '$orders._id'}}")));

        assertEquals(
                "{'_id':1,'orders':[1,7,101,107,201,207]}"
                        + "{'_id':2,'orders':[]}{'_id':3,'orders':[]}",
                joined);
        assertEquals(Value.of(2L), uses());
    }

    @Test
    void a_list_that_is_none_fails_as_it_does_without_the_index() {
        String filter = "{'$expr': {'$in': ['$customer', {'$add': [1, 1]}]}}";
        assertCode(40081, () -> found(filter));
    }

    @Test
    void an_array_that_comes_later_ends_a_union() {
        orders.createIndex(doc("{'key': {'sum': 1}}"));
        String filter =
                "{'$expr': {'$or': [{'$in': ['$customer', [98, [1]]]}, {'$eq': ['$sum', 5]}]}}";
        String plain = text(order(5)) + text(order(98)) + text(order(198)) + text(order(298));
        assertEquals("IXSCAN customer_1, IXSCAN sum_1", found(filter).split(" \\{")[0]);

        orders.insertOne(doc("{'_id': 300, 'customer': [1]}"));

        assertEquals("COLLSCAN " + plain + "{'_id':300,'customer':[1]}", found(filter));
    }

    @Test
    void thousands_of_branches_are_planned_at_once() {
        orders.createIndex(doc("{'key': {'sum': 1}}"));
        StringBuilder branches = new StringBuilder("{'$eq': ['$sum', 5]}");
        for (int branch = 0; branch < 9_000; branch++) {
            branches.append(", {'$eq': ['$customer', %d]}".formatted(-1 - branch));
        }
        String filter = "{'$expr': {'$or': [" + branches + "]}}";
        String found = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> found(filter));
        assertTrue(found.endsWith(" " + text(order(5))), found);
    }

    private Value uses() {
        try (DocumentCursor indexes =
                orders.aggregate(
                        docs("{'$indexStats': {}}", "{'$match': {'name': 'customer_1'}}"))) {
            return ((Document) indexes.next().get("accesses")).get("ops");
        }
    }
}
