package io.smilodon.wire;

import io.smilodon.engine.value.Document;

/**
 * A command out of a message.
 *
 * @param command with the documents of its sections as arrays
 * @param isAnswered whether its sender waits for an answer
 */
record Request(Document command, boolean isAnswered) {}
