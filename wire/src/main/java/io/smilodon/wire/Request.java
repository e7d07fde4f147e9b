package io.smilodon.wire;

import io.smilodon.engine.value.Document;

/**
 * A command out of a message.
 *
 * @param command with the documents of its sections as arrays
 * @param isAnswered whether its sender waits for an answer
 * @param mayStream whether its sender takes further answers without asking for each
 */
record Request(Document command, boolean isAnswered, boolean mayStream) {}
