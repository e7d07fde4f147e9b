package io.smilodon.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.Metrics;
import org.springframework.data.geo.Point;
import org.springframework.data.mongodb.MongoTransactionManager;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.geo.GeoJsonPoint;
import org.springframework.data.mongodb.core.index.GeoSpatialIndexType;
import org.springframework.data.mongodb.core.index.GeospatialIndex;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.TextIndexDefinition;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.TextCriteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.data.mongodb.repository.Aggregation;
import org.springframework.data.mongodb.repository.MongoRepository;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** A repository of Spring Data MongoDB, as applications have it, without Spring Boot around it. */
class RepositoryTest {

    private static final String DATABASE = "compat_spring";
    private static final MongoClient CLIENT = MongoClients.create(System.getProperty("smilodon.uri"));

    private final SimpleMongoClientDatabaseFactory databases =
            new SimpleMongoClientDatabaseFactory(CLIENT, DATABASE);
    private final MongoTemplate template = new MongoTemplate(databases);
    private final Inventors inventors =
            new MongoRepositoryFactory(template).getRepository(Inventors.class);

    record Inventor(@Id String id, String name, int born, Instant seen, GeoJsonPoint home) {}

    interface Inventors extends MongoRepository<Inventor, String> {
        List<Inventor> findByBornBetweenOrderByNameDesc(int from, int to);

        Optional<Inventor> findByName(String name);

        List<Inventor> findByHomeNear(Point place, Distance distance);

        List<Inventor> findAllBy(TextCriteria words);

        @Aggregation({"{$group: {_id: null, n: {$sum: '$born'}}}", "{$project: {_id: 0, n: 1}}"})
        long sumOfBirths();
    }

    private static Inventor inventor(String name, int born, double longitude) {
        return new Inventor(null, name, born, Instant.ofEpochMilli(born), new GeoJsonPoint(longitude, 50));
    }

    @BeforeEach
    void fill() {
        CLIENT.getDatabase(DATABASE).drop();
        inventors.saveAll(
                List.of(inventor("Ada", 1815, 0), inventor("Grace", 1906, 1), inventor("Konrad", 1910, 13)));
    }

    @AfterAll
    static void close() {
        CLIENT.getDatabase(DATABASE).drop();
        CLIENT.close();
    }

    @Test
    void repositorySavesFindsCountsAndDeletes() {
        Inventor ada = inventors.findByName("Ada").orElseThrow();
        assertEquals(Optional.of(ada), inventors.findById(ada.id()));
        assertEquals(3, inventors.count());
        inventors.delete(ada);
        assertEquals(Optional.empty(), inventors.findByName("Ada"));
    }

    @Test
    void repositoryDerivesQueriesPagesAndAggregates() {
        List<Inventor> found = inventors.findByBornBetweenOrderByNameDesc(1900, 2000);
        assertEquals(List.of("Konrad", "Grace"), found.stream().map(Inventor::name).toList());
        assertEquals(2, inventors.findAll(PageRequest.of(0, 2, Sort.by("born"))).getTotalPages());
        assertEquals(1815 + 1906 + 1910, inventors.sumOfBirths());
    }

    @Test
    void templateUpdatesAndRefusesDuplicates() {
        template.indexOps(Inventor.class).createIndex(new Index("name", Sort.Direction.ASC).unique());
        assertThrows(DuplicateKeyException.class, () -> inventors.insert(inventor("Ada", 1, 0)));
        Query ada = Query.query(Criteria.where("name").is("Ada"));
        assertEquals(1, template.updateFirst(ada, new Update().inc("born", 1), Inventor.class).getModifiedCount());
        assertEquals(1816, template.findOne(ada, Inventor.class).born());
    }

    @Test
    void placesAndWordsAreFoundByTheirIndexes() {
        template.indexOps(Inventor.class)
                .createIndex(new GeospatialIndex("home").typed(GeoSpatialIndexType.GEO_2DSPHERE));
        template.indexOps(Inventor.class).createIndex(TextIndexDefinition.forAllFields());
        List<Inventor> near =
                inventors.findByHomeNear(new GeoJsonPoint(0, 50), new Distance(100, Metrics.KILOMETERS));
        assertEquals(List.of("Ada", "Grace"), near.stream().map(Inventor::name).toList());
        assertEquals(1, inventors.findAllBy(TextCriteria.forDefaultLanguage().matching("konrad")).size());
    }

    @Test
    void transactionsCommitAndRollBack() {
        TransactionTemplate transaction = new TransactionTemplate(new MongoTransactionManager(databases));
        transaction.executeWithoutResult(status -> inventors.save(inventor("Kept", 1, 0)));
        transaction.executeWithoutResult(
                status -> {
                    inventors.save(inventor("Lost", 1, 0));
                    status.setRollbackOnly();
                });
        assertTrue(inventors.findByName("Kept").isPresent());
        assertTrue(inventors.findByName("Lost").isEmpty());
    }
}
