package io.agentstation.gateway.openapi;

import java.util.function.Supplier;

/**
 * Something that is the same for everybody.
 *
 * @param contentType of it
 * @param lasting     whether a browser may keep it for a day
 * @param content     made when it is first asked for
 */
record Page(String contentType, boolean lasting, Supplier<byte[]> content) {}
