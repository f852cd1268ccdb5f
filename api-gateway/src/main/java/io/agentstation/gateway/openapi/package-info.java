/** The API's own description: the OpenAPI document, written by hand and held to the truth by tests, and a page to read it. */
@NullMarked
package io.agentstation.gateway.openapi;

import org.jspecify.annotations.NullMarked;
