package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.ConditionalWriteResult.Outcome;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConditionalWritesTest {

    private static final Value ID = Value.of(1);

    private Smilodon smilodon;
    private DocumentCollection films;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        films = smilodon.database("cinema").collection("films");
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private long version() {
        return films.findById(ID).orElseThrow().version();
    }

    @Test
    void a_replacement_creates_then_replaces_then_finds_nothing_to_do() {
        assertEquals(
                Outcome.CREATED,
                films.replaceById(ID, doc("{'a': 1}"), Precondition.NONE).outcome());
        assertEquals(
                Outcome.REPLACED,
                films.replaceById(ID, doc("{'a': 2}"), Precondition.NONE).outcome());
        long version = version();
        ConditionalWriteResult same = films.replaceById(ID, doc("{'a': 2}"), Precondition.NONE);

        assertEquals(Outcome.UNCHANGED, same.outcome());
        assertEquals(version, same.document().orElseThrow().version());
        assertEquals(version, version());
        assertEquals(doc("{'_id': 1, 'a': 2}"), films.findById(ID).orElseThrow().document());
    }

    @Test
    void the_version_of_a_write_is_that_of_the_next_read() {
        long created =
                films.replaceById(ID, doc("{'a': 1}"), Precondition.NONE)
                        .document()
                        .orElseThrow()
                        .version();
        assertEquals(created, version());

        ConditionalWriteResult updated =
                films.updateById(ID, doc("{'$inc': {'a': 1}}"), Precondition.version(created));

        assertEquals(Outcome.REPLACED, updated.outcome());
        assertEquals(version(), updated.document().orElseThrow().version());
        assertTrue(version() > created);
    }

    @Test
    void another_version_than_expected_writes_nothing() {
        films.replaceById(ID, doc("{'a': 1}"), Precondition.NONE);
        long old = version();
        films.replaceById(ID, doc("{'a': 2}"), Precondition.NONE);

        assertEquals(
                Outcome.PRECONDITION_FAILED,
                films.replaceById(ID, doc("{'a': 3}"), Precondition.version(old)).outcome());
        assertEquals(
                Outcome.PRECONDITION_FAILED,
                films.updateById(ID, doc("{'$set': {'a': 3}}"), Precondition.version(old))
                        .outcome());
        assertEquals(
                Outcome.PRECONDITION_FAILED,
                films.deleteById(ID, Precondition.version(old)).outcome());
        assertEquals(doc("{'_id': 1, 'a': 2}"), films.findById(ID).orElseThrow().document());
    }

    @Test
    void create_only_refuses_what_exists_and_replace_only_what_does_not() {
        assertEquals(
                Outcome.PRECONDITION_FAILED,
                films.replaceById(ID, doc("{'a': 1}"), Precondition.PRESENT).outcome());
        assertFalse(films.exists());
        assertEquals(
                Outcome.CREATED,
                films.replaceById(ID, doc("{'a': 1}"), Precondition.ABSENT).outcome());
        assertEquals(
                Outcome.PRECONDITION_FAILED,
                films.replaceById(ID, doc("{'a': 2}"), Precondition.ABSENT).outcome());
        assertEquals(
                Outcome.REPLACED,
                films.replaceById(ID, doc("{'a': 2}"), Precondition.PRESENT).outcome());
    }

    @Test
    void what_is_not_there_is_not_found() {
        assertEquals(Outcome.NOT_FOUND, films.deleteById(ID, Precondition.NONE).outcome());
        assertFalse(films.exists());
        films.replaceById(Value.of(2), doc("{}"), Precondition.NONE);
        assertEquals(
                Outcome.NOT_FOUND,
                films.updateById(ID, doc("{'$set': {'a': 1}}"), Precondition.NONE).outcome());
        assertEquals(Outcome.NOT_FOUND, films.deleteById(ID, Precondition.NONE).outcome());
        assertEquals(
                Outcome.DELETED, films.deleteById(Value.of(2), Precondition.PRESENT).outcome());
        assertEquals(0, films.estimatedCount());
    }

    @Test
    void the_document_may_not_name_another_id() {
        assertCode(66, () -> films.replaceById(ID, doc("{'_id': 2, 'a': 1}"), Precondition.NONE));
        assertCode(53, () -> films.replaceById(Json.value("[1]"), doc("{}"), Precondition.NONE));
    }
}
