package io.smilodon.engine.value;

/** A name and its value, as they stand in a document. */
public record Field(String name, Value value) {}
