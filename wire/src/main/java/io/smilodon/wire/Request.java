package io.smilodon.wire;

import io.smilodon.engine.value.Document;

/**
 * A command out of a message.
 *
 * @param command with the documents of its sections as arrays
 * @param isAnswered whether its sender waits for an answer
 * @param isLegacy whether it came as OP_QUERY, and is answered by OP_REPLY
 */
record Request(Document command, boolean isAnswered, boolean isLegacy) {}
