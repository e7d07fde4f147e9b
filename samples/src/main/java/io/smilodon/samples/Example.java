package io.smilodon.samples;

/**
 * A query worth trying on a dataset.
 *
 * @param title what it finds out, as a question
 * @param collection the collection it runs on
 * @param action the action, such as {@code find} or {@code aggregate}
 * @param body the action's body as Extended JSON
 */
public record Example(String title, String collection, String action, String body) {}
